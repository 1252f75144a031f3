import type { Page } from "@playwright/test";
import { HOSTS, type HostName, readTruth, settle, switchover } from "@/lab/index";
import { HistoryPage } from "./pages/history-page";
import { PastPage } from "./pages/past-page";
import type { Dashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";
import { expectReadableByAnybody, expectReadableNow, type View } from "./support/readable";
import type { StreamRecorder } from "./support/stream-recorder";
import { until } from "./support/until";
import { word } from "./support/words";

/** A real switchover, and what the pages of the record make of it. The tests stand on one change, in order. */
test.describe.configure({ mode: "serial", timeout: 180_000 });

const QUIET_MS = 40_000;

type Change = { readonly old: HostName; readonly candidate: HostName; readonly recorder: StreamRecorder };
let change: Change | undefined;
const changed = (): Change => {
  if (!change) throw new Error("no switchover was made");
  return change;
};

test.afterAll(async () => {
  change?.recorder.stop();
  await settle();
});

const leaderRow = (page: Page) =>
  new HistoryPage(page).row("leader", `${changed().candidate} leads (was ${changed().old})`).first();

async function openHistory(page: Page, dashboard: Dashboard): Promise<HistoryPage> {
  await page.goto(`${dashboard.clusterPath}/history`);
  const history = new HistoryPage(page);
  await expect(history.rows.first()).toBeVisible();
  return history;
}

test("a switchover is told on the timeline while one watches, and moves nothing until it is asked for", async ({
  page,
  dashboard,
}) => {
  await settle();
  const { leaderKey } = await readTruth();
  const old = HOSTS.find((host) => host === leaderKey);
  const candidate = HOSTS.find((host) => host !== leaderKey);
  if (!old || !candidate) throw new Error("the settled lab has no leader");
  change = { old, candidate, recorder: dashboard.record() };
  // What lies closer together is one incident: the test before this one must have no part in ours.
  await change.recorder.waitFor(({ at, writePath }) => Date.parse(at) - Date.parse(writePath.since) > QUIET_MS, {
    deadlineMs: 2 * QUIET_MS,
    what: "a quiet time before the switchover",
  });
  const history = await openHistory(page, dashboard);
  const shown = await history.rows.count();

  const answer = await switchover(candidate);
  expect(answer.status, answer.text).toBe(200);
  await change.recorder.waitFor(
    ({ leader, writePath }) => leader?.name === candidate && writePath.state === "ok" && writePath.writer === candidate,
    { deadlineMs: 30_000, what: `pictures in which ${candidate} takes writes`, after: Date.now() - 1 },
  );
  await expect(history.fresh).toBeVisible();
  expect(await history.rows.count(), "the list stays as it was").toBe(shown);
  await expect(async () => {
    if (await history.fresh.isVisible()) await history.fresh.click();
    await expect(leaderRow(page)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await expectReadableNow(page, "the history");
});

test("the filters are in the address, and hold over a reload", async ({ page, dashboard }) => {
  const history = await openHistory(page, dashboard);
  await history.group(word("historyPage.group.routing")).click();
  await expect(page).toHaveURL(/group=routing/);
  await expect(history.row("vip", changed().candidate).first()).toBeVisible();
  await expect(history.main.locator('li[data-kind="leader"]')).toHaveCount(0);
  await page.reload();
  await expect(history.row("vip", changed().candidate).first()).toBeVisible();
  await expect(history.main.locator('li[data-kind="leader"]')).toHaveCount(0);
  await history.search.fill("no-such-word-anywhere");
  await expect(page.getByText(word("historyPage.noneMatch"))).toBeVisible();
});

test("an event leads to the picture before it, whose ages stand still; one steps on to what came", async ({
  page,
  dashboard,
}) => {
  const { old, candidate, recorder } = changed();
  await openHistory(page, dashboard);
  await leaderRow(page)
    .getByRole("link", { name: word("historyPage.picture") })
    .click();
  const past = new PastPage(page);
  await expect(past.title).toBeVisible();
  await expect(past.main).toHaveAttribute("data-picture", /./);
  expect(await past.main.getAttribute("data-leader"), "nobody but the old leader led before").not.toBe(candidate);

  const times = await past.times();
  expect(times.length).toBeGreaterThan(10);
  const seen = recorder.frames.length;
  await until(() => recorder.frames[seen + 3], { deadlineMs: 15_000, what: "the live picture to go on" });
  expect(await past.times(), "ages of a past picture do not tick").toEqual(times);

  await expect(async () => {
    await past.previous.click();
    await expect(past.main).toHaveAttribute("data-leader", old, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(async () => {
    await past.next.click();
    await expect(past.main).toHaveAttribute("data-leader", candidate, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expectReadableNow(page, "the history");
  await past.backToLive.click();
  await expect(page).toHaveURL(new RegExp(`${dashboard.clusterPath}$`));
  await expect(page.locator("main[data-past]")).toHaveCount(0);
});

test("a moment of which nothing was recorded is shown as that", async ({ page, dashboard }) => {
  await page.goto(`${dashboard.clusterPath}?at=2020-01-01T00:00:00Z`);
  await expect(page.getByRole("heading", { name: word("replay.nothingHere") })).toBeVisible();
  await expect(page.getByRole("rowheader")).toHaveCount(0);
});

test("the incident's phases sum up to its outage, and played fast it says what was streamed", async ({
  page,
  dashboard,
}) => {
  const { old, candidate, recorder } = changed();
  await openHistory(page, dashboard);
  await leaderRow(page)
    .getByRole("link", { name: word("historyPage.incident"), exact: true })
    .click();
  const report = page.locator("[data-incident]");
  await expect(report).toHaveAttribute("data-incident", "switchover");
  await expect(report).toContainText(`${old} → ${candidate}`);
  const lengths = await report
    .locator("tr[data-phase]")
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("data-length"))));
  const outage = Number(await report.locator("[data-outage]").getAttribute("data-outage"));
  expect(lengths.length).toBeGreaterThan(1);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(outage);
  await expectReadableNow(page, "the history");

  const address = new URL(page.url()).searchParams;
  const [from, to] = [address.get("from") ?? "", address.get("to") ?? ""];
  const within = recorder.frames.map(({ snapshot }) => snapshot).filter(({ at }) => at >= from && at <= to);
  const streamed = within
    .map(({ writePath }) => writePath.sentence)
    .filter((sentence, i, all) => sentence !== all[i - 1]);
  expect(new Set(streamed).size, "the switchover said something").toBeGreaterThan(2);

  // The window may begin before the dashboard did: then there is nothing to replay there.
  await page.goto(`${dashboard.clusterPath}?at=${encodeURIComponent(within[0]?.at ?? from)}`);
  const past = new PastPage(page);
  await expect(past.sentence).toBeVisible();
  const said = await past.collectSentences();
  await past.speed(60).click();
  await past.play.click();
  await expect
    .poll(async () => ((await past.main.getAttribute("data-past")) ?? "") >= to || !(await past.pause.isVisible()), {
      timeout: 60_000,
    })
    .toBe(true);
  const played = await said();
  console.log(`replayed at 60×: ${played.length} sentences, streamed: ${streamed.length}`);
  expect(played.slice(0, streamed.length)).toEqual(streamed);
});

test("the history, the past and an incident can be read by anybody, its lengths on a phone too", async ({
  page,
  dashboard,
}) => {
  await openHistory(page, dashboard);
  const link = leaderRow(page).getByRole("link", { name: word("historyPage.incident"), exact: true });
  const address = (await link.getAttribute("href")) ?? "";
  const from = new URL(address, dashboard.baseUrl).searchParams.get("from") ?? "";
  const views: View[] = [
    {
      name: "history",
      show: async (locale) => {
        await page.goto(`${dashboard.clusterPath}/history`);
        await expect(new HistoryPage(page, locale).incidents.getByRole("link").first()).toBeVisible();
      },
    },
    {
      name: "past",
      show: async () => {
        await page.goto(`${dashboard.clusterPath}?at=${from}`);
        await expect(new PastPage(page).main).toHaveAttribute("data-picture", /./);
      },
    },
    {
      name: "incident",
      show: async () => {
        await page.goto(address);
        await expect(page.locator("tr[data-phase]").first()).toBeVisible();
      },
    },
  ];
  await expectReadableByAnybody(page, dashboard.baseUrl, views);

  const width = page.viewportSize()?.width ?? 0;
  expect(width, "the last look is a phone's").toBeLessThan(600);
  const phases = await page.locator("tr[data-phase]").all();
  expect(phases.length).toBeGreaterThan(1);
  for (const phase of phases) {
    const [row, length] = [await phase.boundingBox(), await phase.getByRole("cell").nth(1).boundingBox()];
    expect((length?.x ?? width) + (length?.width ?? 0), "the length stands on the screen").toBeLessThanOrEqual(width);
    expect(row?.height, "a phase is a few lines").toBeLessThan(160);
  }
});
