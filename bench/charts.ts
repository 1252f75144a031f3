import { type CDPSession, chromium, type Page } from "@playwright/test";
import { SignInPage } from "@/e2e/pages/sign-in-page";
import { makeAccounts } from "@/e2e/support/accounts";
import { launchOptions } from "@/e2e/support/browser";
import { makeDashboard } from "@/e2e/support/dashboard";
import { ensureUp } from "@/lab/index";
import { numberArgument } from "./arguments";
import { madeEvents, madeGaps, madeSeries } from "./chart-data";
import { figure, percentile } from "./statistics";

/**
 * How smooth the charts are at 6 members × 24 h: the crosshair is moved over every chart of the page, then all that is on the screen
 * is read anew. Data is made up and answered at once, so that only the browser's own work is measured.
 */
const WANTED_LONG_TASK_MS = 50;
const WANTED_REFRESH_SCRIPT_MS = 100;
const MOVES = 60;
const REFRESHES = 5;
const SETTLE_MS = 1_500;

type Measured = {
  readonly frames: readonly number[];
  readonly longTasks: readonly number[];
  readonly scriptMs: number;
};

async function main(): Promise<void> {
  const count = numberArgument("members", 6);
  const members = Array.from({ length: count }, (_, index) => `node${index + 1}`);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  const dashboard = await makeDashboard({ name: "bench-charts", accounts: await makeAccounts() });
  await dashboard.start();
  await dashboard.ready();
  const browser = await chromium.launch(launchOptions);
  try {
    const context = await browser.newContext({
      baseURL: dashboard.baseUrl,
      viewport: { width: 1920, height: 1080 },
      locale: "en-GB",
    });
    const page = await context.newPage();
    await new SignInPage(page).signInFor(dashboard.clusterPath, dashboard.accounts.users.viewer);
    await answerFromHere(page, members);
    await page.goto(`${dashboard.clusterPath}/replication?range=24h`);
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable");
    report(count, await hoverAll(page, session), await refreshes(page, session));
  } finally {
    await browser.close();
    await dashboard.stop();
  }
}

async function answerFromHere(page: Page, members: readonly string[]): Promise<void> {
  const answers = {
    series: (url: URL) => madeSeries(url, members),
    events: (url: URL) => madeEvents(url),
    gaps: (url: URL) => madeGaps(url),
  };
  for (const [name, answer] of Object.entries(answers)) {
    await page.route(
      (url) => url.pathname.endsWith(`/${name}`) && url.searchParams.has("from"),
      (route) => route.fulfill({ json: answer(new URL(route.request().url())) }),
    );
  }
}

// A text: a function that is compiled here would call helpers of the compiler that the page does not have.
const START_RECORD = `{
  const record = { frames: [], longTasks: [], on: true };
  globalThis.record = record;
  new PerformanceObserver((list) => record.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
  let last = performance.now();
  const frame = (now) => {
    record.frames.push(now - last);
    last = now;
    if (record.on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}`;

/** Frames and long tasks of the page while `work` goes on, and how long its scripts ran. */
async function measure(page: Page, session: CDPSession, work: () => Promise<void>): Promise<Measured> {
  await page.evaluate(START_RECORD);
  const before = await scriptMs(session);
  await work();
  const after = await scriptMs(session);
  const { frames, longTasks } = await page.evaluate(() => {
    const { record } = globalThis as unknown as { record: { frames: number[]; longTasks: number[]; on: boolean } };
    record.on = false;
    return record;
  });
  return { frames, longTasks, scriptMs: after - before };
}

async function scriptMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0) * 1_000;
}

/** Over each chart from end to end, one after the other. */
async function hoverAll(page: Page, session: CDPSession): Promise<Measured> {
  const all: Measured[] = [];
  const ids = await page
    .locator("[data-chart]")
    .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-chart")));
  for (const id of ids) {
    const plot = page.locator(`[data-chart="${id}"]`).getByRole("slider").first();
    await page.locator(`[data-chart="${id}"]`).scrollIntoViewIfNeeded();
    await plot.waitFor();
    await plot.scrollIntoViewIfNeeded();
    await page.waitForTimeout(SETTLE_MS);
    const box = await plot.boundingBox();
    if (!box) throw new Error(`the chart ${id} has no place on the page`);
    all.push(
      await measure(page, session, async () => {
        for (let move = 0; move < MOVES; move += 1) {
          await page.mouse.move(box.x + (box.width * (move + 0.5)) / MOVES, box.y + box.height / 2);
        }
      }),
    );
    await page.mouse.move(0, 0);
  }
  return join(all);
}

/** What is on the screen is read anew, as when a hidden tab is shown again. */
async function refreshes(page: Page, session: CDPSession): Promise<readonly Measured[]> {
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(SETTLE_MS);
  const all: Measured[] = [];
  for (let round = 0; round < REFRESHES; round += 1) {
    all.push(
      await measure(page, session, async () => {
        await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
        await page.waitForTimeout(SETTLE_MS);
      }),
    );
  }
  return all;
}

const join = (all: readonly Measured[]): Measured => ({
  frames: all.flatMap(({ frames }) => frames),
  longTasks: all.flatMap(({ longTasks }) => longTasks),
  scriptMs: all.reduce((sum, one) => sum + one.scriptMs, 0),
});

function report(members: number, hover: Measured, refreshed: readonly Measured[]): void {
  const frame = (p: number) => figure(percentile(hover.frames, p), 1);
  const longest = (tasks: readonly number[]) => Math.max(0, ...tasks);
  const scripts = refreshed.map((one) => one.scriptMs);
  const refreshTasks = refreshed.flatMap(({ longTasks }) => longTasks);
  console.log(`\n${members} members, 24 h, 1920 × 1080`);
  console.log(
    `hovering   frames p50 ${frame(0.5)} ms, p95 ${frame(0.95)} ms, p99 ${frame(0.99)} ms (${hover.frames.length})`,
  );
  console.log(
    `           tasks over 50 ms: ${hover.longTasks.length}, longest ${figure(longest(hover.longTasks))} ms; wanted none`,
  );
  console.log(
    `refresh    scripting p50 ${figure(percentile(scripts, 0.5))} ms, most ${figure(Math.max(...scripts))} ms; wanted under ${WANTED_REFRESH_SCRIPT_MS} ms; longest task ${figure(longest(refreshTasks))} ms`,
  );
  const good = longest(hover.longTasks) <= WANTED_LONG_TASK_MS && Math.max(...scripts) < WANTED_REFRESH_SCRIPT_MS;
  if (!good) process.exitCode = 1;
}

await main();
