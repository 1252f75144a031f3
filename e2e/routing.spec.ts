import { HOSTS, readTruth, settle } from "@/lab/index";
import { RoutingPage } from "./pages/routing-page";
import { SignInPage } from "./pages/sign-in-page";
import { takesTraffic } from "./support/agreement";
import { expect, NOBODY, test } from "./support/fixtures";
import { expectReadableByAnybody } from "./support/readable";
import { type Locale, word } from "./support/words";

test.beforeAll(() => settle());

test("every pool of every HAProxy is shown as that HAProxy has it", async ({ page, dashboard }) => {
  await page.goto(`${dashboard.clusterPath}/routing`);
  const routing = new RoutingPage(page);
  await expect(routing.dcs).toBeVisible();
  const truth = await readTruth();
  for (const [column, host] of HOSTS.entries()) {
    for (const [pool, servers] of [
      ["postgres_master", truth.hosts[host]?.haproxy?.write],
      ["postgres_replicas", truth.hosts[host]?.haproxy?.read],
    ] as const) {
      for (const [server, raw] of Object.entries(servers ?? {})) {
        const says = word(`haproxy.status.${takesTraffic(raw) ? "up" : "down"}`);
        await expect(routing.cell(pool, server, column)).toContainText(says);
      }
    }
  }
  const leads = HOSTS.find((host) => truth.hosts[host]?.etcd?.isLeader);
  const row = routing.dcs.getByRole("row", { name: new RegExp(`^${leads}`) });
  await expect(row).toContainText(word("routingPage.dcs.leads"));
  await expect(routing.dcs).toContainText(word("routingPage.dcs.quorum"));
});

test("an operator reads the keys of the scope as they are stored", async ({ page, dashboard }) => {
  await page.goto(`${dashboard.clusterPath}/routing`);
  const routing = new RoutingPage(page);
  await routing.readTree.click();
  const { leaderKey, leaderKeyRevision } = await readTruth();
  const leader = routing.tree.getByRole("listitem").filter({ hasText: /^leader/ });
  await expect(leader).toContainText(leaderKey ?? "");
  await expect(leader).toContainText(leaderKeyRevision ?? "");
});

test("a viewer is told that the keys are not for viewers", async ({ browser, dashboard }) => {
  const context = await browser.newContext({ baseURL: dashboard.baseUrl, locale: "en-GB", storageState: NOBODY });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await new SignInPage(page).signIn(dashboard.accounts.users.viewer);
  await page.goto(`${dashboard.clusterPath}/routing`);
  const routing = new RoutingPage(page);
  await routing.readTree.click();
  await expect(routing.tree).toContainText(word("routingPage.tree.forbidden"));
  const answer = await page.request.get(`/api/v1${dashboard.clusterPath}/dcs-tree`);
  expect(answer.status()).toBe(403);
  await context.close();
});

test("the routing page can be read by anybody", async ({ page, dashboard }) => {
  const show = async (locale: Locale) => {
    await page.goto(`${dashboard.clusterPath}/routing`);
    const routing = new RoutingPage(page, locale);
    await routing.readTree.click();
    await expect(routing.tree.getByRole("listitem").first()).toBeVisible();
  };
  await expectReadableByAnybody(page, dashboard.baseUrl, [{ name: "routing", show }]);
});
