import { settle } from "@/lab/index";
import { FindingsPage } from "./pages/findings-page";
import { expect, test } from "./support/fixtures";
import { expectReadable, LOOKS, wear } from "./support/readable";

test.beforeAll(async () => {
  await settle();
});

test("every host and every layer of the cluster is foretold, what stops writes first", async ({ page, dashboard }) => {
  const findings = new FindingsPage(page);
  await findings.open(dashboard.clusterPath);
  await findings.nextFailure.click();
  await expect(page).toHaveURL(/view=next-failure/);
  await expect(findings.failures.first()).toBeVisible();
  const told = await findings.failures.evaluateAll((rows) =>
    rows.map((row) => [row.getAttribute("data-failure") ?? "", row.getAttribute("data-writes") ?? ""] as const),
  );
  const layers = new Set(told.map(([what]) => what.split(" ")[0]));
  expect([...layers].sort()).toEqual(["dcs", "haproxy", "host", "patroni", "pgbouncer", "postgres", "vip"]);
  expect(told.filter(([what]) => what.startsWith("host "))).toHaveLength(3);
  const rank = ["lost", "unknown", "served"];
  const ranks = told.map(([, writes]) => rank.indexOf(writes));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
});

for (const look of LOOKS) {
  test(`findings and the next failure can be read by anybody: ${look.name}`, async ({ page, dashboard }) => {
    await wear(page, look, dashboard.baseUrl);
    const findings = new FindingsPage(page, look.locale);
    await findings.open(dashboard.clusterPath);
    await expect(findings.main).toHaveAttribute("data-stale", "false");
    await expectReadable(page, `findings-${look.name}`);
    await findings.nextFailure.click();
    await expect(findings.failures.first()).toBeVisible();
    await expectReadable(page, `next-failure-${look.name}`);
  });
}
