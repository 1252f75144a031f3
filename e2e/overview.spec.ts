import type { Page } from "@playwright/test";
import { readTruth, runLoad, settle, unsettled } from "@/lab/index";
import { expectPageAgrees } from "./pages/agreement-on-page";
import { ClusterPage } from "./pages/cluster-page";
import { ConsoleHeader } from "./pages/console-header";
import { SignInPage } from "./pages/sign-in-page";
import { expect, NOBODY, test } from "./support/fixtures";
import { observe } from "./support/observing";
import { expectReadable, expectReadableByAnybody } from "./support/readable";
import { word } from "./support/words";

test.beforeAll(async () => {
  await settle();
  // A PgBouncer that nobody has come through yet knows of no database, and has nothing to tell.
  await runLoad({ seconds: 1, clients: 1, rate: 10 });
});

async function open(page: Page, path: string): Promise<ClusterPage> {
  const { leaderKey } = await readTruth();
  await page.goto(path);
  const cluster = new ClusterPage(page);
  await cluster.showsHealthy(leaderKey ?? "", 15_000);
  return cluster;
}

test("a healthy cluster: the page says what the hosts say", async ({ page, dashboard }) => {
  const observing = await observe(dashboard);
  try {
    const cluster = await open(page, dashboard.clusterPath);
    const truth = await observing.agree({
      deadlineMs: 15_000,
      what: "page and hosts to agree",
      when: (now) => unsettled(now) === null,
    });
    await expect(cluster.members.getByRole("rowheader")).toHaveCount(3);
    await expectPageAgrees(cluster, truth);
    for (const layer of ["dcs", "patroni", "postgres", "haproxy", "pgbouncer", "vip", "client"]) {
      await expect(cluster.witness(layer)).toHaveAttribute("data-verdict", "agree");
    }
    await observing.assertHonest("a healthy cluster");
  } finally {
    observing.stop();
  }
});

test("the fleet leads to the cluster", async ({ page, dashboard }) => {
  await page.goto("/");
  await page
    .getByRole("main")
    .getByRole("link", { name: /Lab, three hosts/ })
    .click();
  await expect(page).toHaveURL(new RegExp(`${dashboard.clusterPath}$`));
  await expect(new ClusterPage(page).sentence).toBeVisible();
});

const looks = [
  { name: "light", scheme: "light", locale: "en", width: 1440, height: 900 },
  { name: "dark", scheme: "dark", locale: "en", width: 1440, height: 900 },
  { name: "ru", scheme: "light", locale: "ru", width: 1440, height: 900 },
  { name: "1366", scheme: "dark", locale: "en", width: 1366, height: 768 },
  { name: "1920", scheme: "light", locale: "en", width: 1920, height: 1080 },
  { name: "phone", scheme: "light", locale: "ru", width: 390, height: 844 },
] as const;

test("it can be read by anybody", async ({ page, dashboard }) => {
  const show = async () => void (await open(page, dashboard.clusterPath));
  await expectReadableByAnybody(page, dashboard.baseUrl, [{ name: "overview", show }], looks);
});

test("the sign-in page can be read by anybody too", async ({ browser, dashboard }) => {
  const context = await browser.newContext({ baseURL: dashboard.baseUrl, locale: "en-GB", storageState: NOBODY });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await expect(new SignInPage(page).submit).toBeVisible();
  await expectReadable(page, "sign-in");
  await context.close();
});

test("the palette goes anywhere by keyboard", async ({ page, dashboard }) => {
  await page.goto("/");
  const header = new ConsoleHeader(page);
  await expect(header.paletteButton).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(header.paletteInput).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("node2");
  await expect(header.palette.getByRole("option", { selected: true })).toContainText("node2");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(dashboard.clusterPath));
  await expect(header.palette).toBeHidden();
  await expect(new ClusterPage(page).member("node2")).toBeInViewport();
});

test("each claim leads to the raw answer behind it, and Escape leads back", async ({ page, dashboard }) => {
  const cluster = await open(page, dashboard.clusterPath);
  const { leaderKey } = await readTruth();
  await cluster.witness("dcs").getByRole("button").click();
  await expect(cluster.drawer).toBeVisible();
  await expect(cluster.drawer.locator("pre")).toContainText(leaderKey ?? "");
  await page.keyboard.press("Escape");
  await expect(cluster.drawer).toBeHidden();
  await cluster
    .source("patroni", leaderKey ?? "")
    .getByRole("button")
    .press("Enter");
  await expect(cluster.drawer.locator("pre")).toContainText("timeline");
});

test("language and theme are kept over a reload", async ({ page, dashboard }) => {
  await open(page, dashboard.clusterPath);
  await new ConsoleHeader(page).chooseLanguage("Русский");
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await expect(new ClusterPage(page, "ru").members).toBeVisible();
  await new ConsoleHeader(page, "ru").chooseTheme("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(new ClusterPage(page, "ru").sources).toBeVisible();
  await expect(page.getByText(word("sources.title", "ru"), { exact: true })).toBeVisible();
});
