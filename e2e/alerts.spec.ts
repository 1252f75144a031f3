import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HOSTS, type HostName, SCOPE, service, settle } from "@/lab/index";
import { AlertsPage } from "./pages/alerts-page";
import { FindingsPage } from "./pages/findings-page";
import { SignInPage } from "./pages/sign-in-page";
import { type Dashboard, makeDashboard } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { expectReadableByAnybody } from "./support/readable";
import { word } from "./support/words";

/** A HAProxy that is stopped beside a replica, from the finding to the message that it is over; told after a second, to save time. */
test.describe.configure({ timeout: 120_000, mode: "serial" });
test.use({ storageState: NOBODY });

const SOON = { timeout: 20_000 };
/** A source that is silent is called so once it stays so. */
const FOUND = { timeout: 45_000 };
let dashboard: Dashboard;
let receiver: Server;
let replica: HostName;

/** How the alert names what it is about. */
const silent = () => `${word("sources.kind.haproxy")} ${replica}`;

test.beforeAll(async ({ accounts }) => {
  const { leaderKey } = await settle();
  replica = HOSTS.find((host) => host !== leaderKey) as HostName;
  receiver = createServer((request, response) => request.resume().on("end", () => response.writeHead(204).end()));
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const { port } = receiver.address() as AddressInfo;
  dashboard = await makeDashboard({
    name: "alerts",
    accounts,
    alerts: {
      hold: "1s",
      resolveAfter: "2s",
      batch: "100ms",
      notifiers: [{ name: "hook", kind: "webhook", url: `http://127.0.0.1:${port}/` }],
    },
  });
  await dashboard.start();
  await dashboard.ready();
});
test.afterAll(async () => {
  await service("start", replica, "haproxy");
  receiver.close();
  await dashboard.stop();
});

test("an alert is told, taken on, and told to be over; a window keeps the cluster quiet until it is ended", async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: dashboard.baseUrl, locale: "en-GB" });
  await new SignInPage(page).signInFor(dashboard.clusterPath, dashboard.accounts.users.admin);
  const alerts = new AlertsPage(page);
  const findings = new FindingsPage(page);
  const id = `source-silent:haproxy:${replica}`;
  await service("stop", replica, "haproxy");
  await findings.open(dashboard.clusterPath);
  await expect(findings.finding(id)).toBeVisible(FOUND);
  await findings.unfold(id);
  await expect(findings.finding(id).locator(`[data-evidence="haproxy:${replica}"]`).first()).toBeVisible();

  await alerts.open(dashboard.baseUrl);
  await expect(alerts.alert("firing", silent())).toBeVisible(SOON);
  await expect(alerts.deliveries.locator('[data-delivery="delivered"]').first()).toBeVisible(SOON);
  await alerts
    .alert("firing", silent())
    .getByRole("button", { name: word("alertsPage.acknowledge").replace("…", "") })
    .click();
  await alerts.fill(word("alertsPage.note"), "e2e is on it", word("alertsPage.acknowledgeDeed"));
  await expect(alerts.alert("acknowledged", silent())).toContainText("e2e is on it", SOON);

  await alerts.button(word("maintenance.begin")).click();
  await alerts.fill(
    word("alertsPage.reason"),
    "e2e works here",
    word("maintenance.deed"),
    word("alertsPage.untilPreset.hour1"),
  );
  await expect(alerts.silences).toContainText("e2e works here", SOON);
  await page.goto(dashboard.clusterPath);
  const line = page.locator("[data-maintenance]");
  await expect(line).toContainText("e2e works here");
  await line.getByRole("button").click();
  await expect(line).toHaveCount(0, SOON);

  await service("start", replica, "haproxy");
  await alerts.open(dashboard.baseUrl);
  await expect(alerts.alert("resolved", silent())).toBeVisible(SOON);
  await expect(alerts.alert("acknowledged", silent())).toHaveCount(0, SOON);
  await page.close();
});

test("a viewer sees all of it and may change nothing", async ({ browser }) => {
  const page = await browser.newPage({ baseURL: dashboard.baseUrl, locale: "en-GB" });
  await new SignInPage(page).signInFor("/alerts", dashboard.accounts.users.viewer);
  const alerts = new AlertsPage(page);
  await expect(alerts.alert("resolved", silent())).toBeVisible(SOON);
  const window = alerts.button(word("maintenance.begin"));
  await window.press("Enter");
  await expect(alerts.sheet).toHaveCount(0);
  await expect(window).toHaveAttribute("aria-disabled", "true");
  const refused = await page.request.post(`${dashboard.baseUrl}/api/v1/silences`, {
    headers: { origin: dashboard.baseUrl },
    data: { kind: "maintenance", scope: SCOPE, reason: "e2e", until: new Date(Date.now() + 60_000).toISOString() },
  });
  expect(refused.status()).toBe(403);
  await page.close();
});

test("the alerts page can be read by anybody", async ({ page }) => {
  await page.goto(dashboard.baseUrl);
  await new SignInPage(page).signIn(dashboard.accounts.users.operator);
  const show = async () => {
    const alerts = new AlertsPage(page);
    await alerts.open(dashboard.baseUrl);
    await expect(alerts.alert("resolved", silent())).toBeVisible(SOON);
  };
  await expectReadableByAnybody(page, dashboard.baseUrl, [{ name: "alerts", show }]);
});
