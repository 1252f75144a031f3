import { settle } from "@/lab/index";
import { FindingsPage } from "./pages/findings-page";
import { expect, test } from "./support/fixtures";
import { expectReadableByAnybody } from "./support/readable";

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

test("findings and the next failure can be read by anybody", async ({ page, dashboard }) => {
  await expectReadableByAnybody(page, dashboard.baseUrl, [
    {
      name: "findings",
      show: async (locale) => {
        const findings = new FindingsPage(page, locale);
        await findings.open(dashboard.clusterPath);
        await expect(findings.main).toHaveAttribute("data-stale", "false");
      },
    },
    {
      name: "next-failure",
      goesOn: true,
      show: async (locale) => {
        const findings = new FindingsPage(page, locale);
        await findings.nextFailure.click();
        await expect(findings.failures.first()).toBeVisible();
      },
    },
  ]);
});
