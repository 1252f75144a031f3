import { readFileSync } from "node:fs";
import { execAsPostgres, HOSTS, type HostName, readTruth, runLoad, settle, unsettled, waitForTruth } from "@/lab/index";
import { type SeriesAnswer, seriesSchema } from "@/lib/contract/series";
import { ReplicationPage } from "./pages/replication-page";
import type { Dashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";
import { type LagSample, sampleLag } from "./support/lag-sampler";
import { expectReadableByAnybody } from "./support/readable";
import { thinnedAt } from "./support/sample-store";
import { until } from "./support/until";
import { freezeWalReceiver } from "./support/wal-receiver";
import { type Locale, word } from "./support/words";

test.describe.configure({ timeout: 150_000 });

const FROZEN_MS = 30_000;
/** The dashboard looks every 2 s, with jitter: the lag may have grown for so long since its last look. */
const LOOK_MS = 2_500;
/** With more than this of the height gained in one look, comparing heights would prove nothing. */
const LOOK_SHARE_MAX = 0.15;
/** Each side reads two positions one after the other, and under load WAL goes on between them. */
const HEIGHT_TOLERANCE = 0.1;
const METRIC = "receive-lag-bytes";

async function series(dashboard: Dashboard, from: number, to: number, points: number): Promise<SeriesAnswer> {
  const query = new URLSearchParams({
    metric: METRIC,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    points: String(points),
  });
  const answer = await fetch(`${dashboard.baseUrl}/api/v1${dashboard.clusterPath}/series?${query}`, {
    headers: { authorization: `Bearer ${dashboard.accounts.token}` },
  });
  expect(answer.status).toBe(200);
  return seriesSchema.parse(await answer.json());
}

const pointsOf = (answer: SeriesAnswer, member: string) =>
  answer.lines.find(({ subject }) => subject === member)?.points.filter(({ max }) => max !== null) ?? [];
const highestOf = (answer: SeriesAnswer, member: string): number =>
  Math.max(0, ...pointsOf(answer, member).map(({ max }) => max ?? 0));

/** The least and the most that the test's own samples say of the lag between two moments; null where it has none. */
function ownBetween(samples: readonly LagSample[], from: number, to: number): { least: number; most: number } | null {
  const seen = samples.filter(({ asked, answered }) => answered >= from && asked <= to).map((one) => one.flushBytes);
  return seen.length === 0 ? null : { least: Math.min(...seen), most: Math.max(...seen) };
}

async function roles(): Promise<{ leader: HostName; replica: HostName }> {
  const { leaderKey } = await readTruth();
  const leader = HOSTS.find((host) => host === leaderKey);
  const replica = HOSTS.findLast((host) => host !== leaderKey);
  if (!leader || !replica) throw new Error(`no leader and replica: ${leaderKey}`);
  return { leader, replica };
}

test("a frozen WAL receiver: the lag's rise and fall have their height, and outlive the thinning out", async ({
  page,
  dashboard,
}) => {
  await settle();
  const { leader, replica } = await roles();
  const began = Date.now();
  const sampler = sampleLag(leader, replica);
  const load = new AbortController();
  const loading = runLoad({ seconds: 90, clients: 2, rate: 200, signal: load.signal });
  loading.catch(() => undefined);
  let [frozeAt, thawed] = [0, 0];
  const charts = new ReplicationPage(page);
  try {
    await until(() => sampler.samples.find(({ flushBytes }) => flushBytes > 0), { deadlineMs: 20_000, what: "load" });
    // The rise can only be seen from a low that was recorded: a dashboard that has just started first has to look.
    const low = async () => {
      const answer = await series(dashboard, began, Date.now(), 300);
      return pointsOf(answer, replica).length > 0 ? true : undefined;
    };
    await until(low, { deadlineMs: 20_000, everyMs: 250, what: "a first recorded lag" });
    // Right after a checkpoint each page is written whole once; one in the last seconds would make the lag jump between two looks.
    await execAsPostgres(leader, ["psql", "-X", "-q", "-w", "-d", "postgres", "-c", "CHECKPOINT"]);
    const frozen = await freezeWalReceiver(replica);
    frozeAt = Date.now();
    try {
      await page.goto(`${dashboard.clusterPath}/replication?range=15m`);
      await expect(charts.drawing(METRIC)).toBeVisible();
      await page.waitForTimeout(FROZEN_MS);
    } finally {
      thawed = Date.now();
      await frozen.thaw();
    }
    const caughtUp = () => sampler.samples.at(-1)?.flushBytes ?? Number.POSITIVE_INFINITY;
    await until(() => (caughtUp() < 1_000_000 ? true : undefined), {
      deadlineMs: 30_000,
      what: "the replica to catch up",
    });
  } finally {
    load.abort();
    await loading.catch(() => undefined);
    await sampler.stop();
  }

  const own = Math.max(...sampler.samples.map(({ flushBytes }) => flushBytes));
  const peakAt = sampler.samples.find(({ flushBytes }) => flushBytes === own)?.answered ?? 0;
  const lastLook = ownBetween(sampler.samples, peakAt - LOOK_MS, peakAt);
  const step = own - (lastLook?.least ?? 0);
  expect(own, "the fault made a lag that is worth a chart").toBeGreaterThan(1_000_000);
  expect(step / own, "the lag grew evenly enough to be compared").toBeLessThan(LOOK_SHARE_MAX);

  // Every look since the thaw is stored within a few seconds; the fall is seen when a point after the highest is low again.
  const fallen = await until(
    async () => {
      const answer = await series(dashboard, began, Date.now(), 300);
      const points = pointsOf(answer, replica);
      const top = points.findIndex(({ max }) => max === highestOf(answer, replica));
      return points.slice(top + 1).some(({ max }) => (max ?? 0) < own / 10) ? answer : undefined;
    },
    { deadlineMs: 20_000, everyMs: 500, what: "the fall to be recorded" },
  );
  const recorded = highestOf(fallen, replica);
  console.log(`lag: test's own highest ${own} B, recorded ${recorded} B, growth in the last look ${step} B`);
  expect(Math.abs(recorded - own), "height of the rise").toBeLessThanOrEqual(own * HEIGHT_TOLERANCE + step);
  const points = pointsOf(fallen, replica);
  const top = points.findIndex(({ max }) => max === recorded);
  const before = points.slice(0, top).map(({ max }) => max ?? 0);
  expect(Math.min(...before), "it rises from a low").toBeLessThan(own / 10);

  const rising = points.filter(({ at }) => at > frozeAt + LOOK_MS && at < thawed - LOOK_MS);
  expect(rising.length, "points of the rise").toBeGreaterThan(FROZEN_MS / LOOK_MS / 2);
  for (const { at, max } of rising) {
    const then = ownBetween(sampler.samples, at - fallen.stepMs, at + fallen.stepMs);
    if (!then || max === null) throw new Error(`nothing to compare with at ${new Date(at).toISOString()}`);
    expect(max, "a point of the rise").toBeGreaterThanOrEqual(then.least * (1 - HEIGHT_TOLERANCE));
    expect(max, "a point of the rise").toBeLessThanOrEqual(then.most * (1 + HEIGHT_TOLERANCE));
  }

  // The spike's last seconds: of the mean little is left there once thinned out, of the highest everything.
  const spikeAt = points[top]?.at ?? 0;
  const thinned = await until(
    () => {
      const stored = thinnedAt(METRIC, replica, spikeAt);
      return stored.rows === 1 ? stored : undefined;
    },
    { deadlineMs: 40_000, everyMs: 500, what: "the spike to be thinned out" },
  );
  expect(thinned.highest, "the spike's height in the thinned-out table").toBe(recorded);
  expect(thinned.mean ?? 0, "which a mean would not have kept").toBeLessThan(recorded);
  const coarse = await series(dashboard, spikeAt - 1_800_000, spikeAt + 1_800_000, 300);
  expect(coarse.tier, "an hour is read from the thinned-out table").toBe("10s");
  const point = pointsOf(coarse, replica).find(({ at }) => Math.abs(at - spikeAt) <= coarse.stepMs / 2);
  expect(point?.max, "the spike's height in the chart of an hour").toBe(recorded);

  const window = new URLSearchParams({ from: new Date(began).toISOString(), to: new Date().toISOString() });
  await page.goto(`${dashboard.clusterPath}/replication?${window}`);
  await expect(charts.drawing(METRIC)).toBeVisible();
  const table = await charts.showTable(METRIC);
  await expect(async () => expect(await charts.highestInTable(table, replica)).toBe(recorded)).toPass({
    timeout: 15_000,
  });
});

test("the range is in the address, a stretch can be dragged or typed, and the way back leads to now", async ({
  page,
  dashboard,
}) => {
  const charts = new ReplicationPage(page);
  await page.goto(`${dashboard.clusterPath}/replication`);
  await expect(charts.drawing("replay-lag-bytes")).toBeVisible();
  await expect(charts.range).toHaveAttribute("data-live", "true");
  await charts.preset("6h").click();
  await expect(page).toHaveURL(/[?&]range=6h/);
  await expect(charts.chart("replay-lag-bytes"), "six hours are drawn").toHaveAttribute("data-waiting", "false");

  await charts.plot("replay-lag-bytes").scrollIntoViewIfNeeded();
  const box = await charts.plot("replay-lag-bytes").boundingBox();
  if (!box) throw new Error("the plot has no place");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(charts.range).toHaveAttribute("data-live", "false");
  const { searchParams } = new URL(page.url());
  const span = Date.parse(searchParams.get("to") ?? "") - Date.parse(searchParams.get("from") ?? "");
  expect(span / 3_600_000, "a quarter of six hours").toBeCloseTo(1.5, 1);

  await page.goBack();
  await expect(page).toHaveURL(/range=6h/);
  await page.goForward();
  await charts.backToLive.click();
  await expect(charts.range).toHaveAttribute("data-live", "true");
  await expect(charts.chart("replay-lag-bytes"), "six hours are drawn again").toHaveAttribute("data-waiting", "false");

  await charts.plot("replay-lag-bytes").focus();
  for (const key of ["Home", "Shift+PageUp", "Shift+PageUp", "Enter"]) await page.keyboard.press(key);
  await expect(page, "the keyboard selects too").toHaveURL(/from=.*to=/);
});

test("the file holds what the table holds", async ({ page, dashboard }) => {
  const charts = new ReplicationPage(page);
  await page.goto(`${dashboard.clusterPath}/replication?range=15m`);
  const csv = charts.chart("replay-lag-bytes").getByRole("button", { name: word("charts.csv") });
  await expect(csv).toBeEnabled();
  const [download] = await Promise.all([page.waitForEvent("download"), csv.click()]);
  expect(download.suggestedFilename()).toMatch(/_replay-lag-bytes_\d{8}T\d{6}Z_\d{8}T\d{6}Z\.csv$/);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines[0]).toMatch(/^time \(UTC\),.+ min \(bytes\),.+ mean \(bytes\),.+ max \(bytes\)/);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines.slice(1)) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z(,\d*\.?\d*)+$/);
});

test("the charts can be read by anybody", async ({ page, dashboard }) => {
  await waitForTruth((truth) => unsettled(truth) === null, { deadlineMs: 30_000, what: "a steady cluster" });
  const show = async (locale: Locale) => {
    await page.goto(`${dashboard.clusterPath}/replication?range=15m`);
    await expect(new ReplicationPage(page, locale).drawing("replay-lag-seconds")).toBeVisible();
  };
  await expectReadableByAnybody(page, dashboard.baseUrl, [{ name: "replication", show }]);
});
