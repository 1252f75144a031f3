import { runLoad, service, settle } from "@/lab/index";
import type { IncidentReport } from "@/lib/contract/incident";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ClusterPage } from "./pages/cluster-page";
import type { Dashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";
import { inTurn, iso, listed, readable, replayed, reportOf, tell, toldAsEvents } from "./support/incident-record";
import { leaderNow } from "./support/leader";
import { agreeAfterRepair, agreeOnSuccessor, finish, isWell, noticed } from "./support/leader-change";
import { type Observing, observe } from "./support/observing";
import { recordPage } from "./support/page-recorder";
import { until } from "./support/until";
import { type MeasuredGap, startWriteProbe, type WriteProbe } from "./support/write-probe";

/**
 * The leader's host loses power under load. What a client would have felt is measured twice: by the dashboard's own eye, and by a client
 * of the test's that writes each 50 ms and shares no code with it. Page and hosts agree, the page never said what was not so, and the
 * record tells it second by second: how long nobody could write, in which phases, and in the sentences that the live stream said.
 */
test.describe.configure({ timeout: 240_000 });

/** How far two measures may lie apart, in ms. */
const APART_MS_MAX = 300;
const LOAD_RATE = 50;
/** What was shown before the kill and after the repair belongs to the story, in ms. */
const LEAD_MS = 5_000;
const TRAIL_MS = 5_000;

test.beforeEach(() => settle());
test.afterEach(() => settle().then(() => undefined));

const lastGap = (snapshot: Snapshot) => snapshot.clientEye?.lastGap ?? null;

test("a leader's host loses power under load: page, client's eye and record tell what happened, and nothing else", async ({
  page,
  dashboard,
}) => {
  await recordPage(page);
  await page.goto(dashboard.clusterPath);
  const observing = await observe(dashboard);
  const load = new AbortController();
  let writing = false;
  const onLine = (line: string) => {
    writing ||= line.startsWith("progress:");
  };
  const loading = runLoad({ seconds: 150, clients: 2, rate: LOAD_RATE, signal: load.signal, onLine });
  let probe: WriteProbe | undefined;
  try {
    await observing.agree({ deadlineMs: 15_000, what: "page and hosts to agree before the kill", when: isWell });
    const cluster = new ClusterPage(page);
    const old = await leaderNow();
    await cluster.showsHealthy(old, 15_000);
    await expect(cluster.witness("client")).toHaveAttribute("data-verdict", "agree");
    probe = await startWriteProbe();
    // Tables are made first where no load was here before: a kill in the middle of that would be another test.
    await until(() => (writing ? true : undefined), { deadlineMs: 60_000, everyMs: 100, what: "the load to write" });

    const killedAt = Date.now();
    await service("kill", old, "all");
    await expect(cluster.clientEye.locator('[data-gap="lasting"]')).toBeVisible({ timeout: 10_000 });
    await expect(cluster.main).not.toHaveAttribute("data-state", "ok");
    await noticed(observing, killedAt, 10_000);
    const measured = await probe.gapAfter(killedAt, { deadlineMs: 90_000 });
    const seen = await gapSeen(observing, killedAt, measured);
    await expect(cluster.clientEye.locator('[data-gap="last"]')).toHaveAttribute("data-length-ms", String(seen));
    await agreeOnSuccessor(observing, old);

    load.abort();
    await probe.stop();
    await settle();
    await agreeAfterRepair(observing, page);
    await toldByRecord(dashboard, observing, { old, killedAt, measured });
    await finish(observing, page, "power loss of the leader");
  } finally {
    load.abort();
    observing.stop();
    await probe?.stop();
    await loading;
  }
});

/** The client's eye ended its gap, and measured what the test's own client did; returns its length in ms. */
async function gapSeen({ recorder }: Observing, killedAt: number, measured: MeasuredGap): Promise<number | undefined> {
  const frame = await recorder.waitFor(
    (snapshot) => Date.parse(lastGap(snapshot)?.endedAt ?? "") > killedAt && snapshot.clientEye?.currentGap === null,
    { deadlineMs: 10_000, what: "the client's eye to have ended its gap" },
  );
  const seen = lastGap(frame.snapshot);
  report(measured, seen);
  expect(seen).not.toBeNull();
  expect(Math.abs((seen?.lengthMs ?? 0) - measured.lengthMs)).toBeLessThan(APART_MS_MAX);
  expect(Math.abs(Date.parse(seen?.startedAt ?? "") - measured.startedAt)).toBeLessThan(APART_MS_MAX);
  expect(Math.abs(Date.parse(seen?.endedAt ?? "") - measured.endedAt)).toBeLessThan(APART_MS_MAX);
  return seen?.lengthMs;
}

type Kill = { readonly old: string; readonly killedAt: number; readonly measured: MeasuredGap };

async function toldByRecord(dashboard: Dashboard, { recorder }: Observing, { old, killedAt, measured }: Kill) {
  const well = await recorder.waitFor((snapshot) => snapshot.writePath.state === "ok", {
    deadlineMs: 30_000,
    what: "a good picture after the repair",
    after: Date.now(),
  });
  // What was shown before this test began to watch is not for it to compare.
  const began = Date.parse(recorder.frames[0]?.snapshot.at ?? "");
  const window = { from: Math.max(began, killedAt - LEAD_MS), to: well.arrivedAt + TRAIL_MS };
  await recorder.waitFor((snapshot) => Date.parse(snapshot.at) > window.to, {
    deadlineMs: 20_000,
    what: "the window's end",
  });
  const query = { from: iso(window.from), to: iso(window.to) };
  const live = recorder.frames.filter(({ snapshot }) => {
    const at = Date.parse(snapshot.at);
    return at >= window.from && at <= window.to;
  });

  const { incident } = await reportOf(dashboard, query, live);
  tell(incident, measured.lengthMs);
  expectPhases(incident, old, measured);
  const streamed = inTurn(live.map(({ snapshot }) => snapshot.writePath.sentence));
  expect(streamed.length).toBeGreaterThan(2);
  expect(inTurn(incident.sentences.map(({ sentence }) => sentence)).slice(-streamed.length)).toEqual(streamed);
  expect(inTurn(await replayed(dashboard, query))).toEqual(streamed);

  await toldAsEvents(dashboard, query, old, incident.after.leader ?? "");
  await listed(dashboard, killedAt);
  await readable(dashboard, query, incident);
}

function expectPhases(incident: IncidentReport["incident"], old: string, measured: MeasuredGap): void {
  expect(incident.kind).toBe("failover");
  expect(incident.before.leader).toBe(old);
  expect(incident.after.leader).not.toBe(old);
  expect(incident.outage?.basis).toBe("client-eye");
  expect(Math.abs((incident.outage?.lengthMs ?? 0) - measured.lengthMs)).toBeLessThan(APART_MS_MAX);
  expect(incident.phases.reduce((sum, phase) => sum + phase.lengthMs, 0)).toBe(incident.outage?.lengthMs);
  expect(incident.phases.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["lock-lost", "leader-key", "promoted", "first-write"]),
  );
  const milestones = [...incident.prelude, ...incident.phases, ...incident.aftermath].map(({ id }) => id);
  expect(milestones).toEqual(expect.arrayContaining(["haproxy-switched", "vip-moved"]));
}

function report(measured: MeasuredGap, seen: ReturnType<typeof lastGap>): void {
  const eye = seen ? `${seen.lengthMs} ms` : "none";
  const starts = Date.parse(seen?.startedAt ?? "") - measured.startedAt;
  const ends = Date.parse(seen?.endedAt ?? "") - measured.endedAt;
  console.log(
    `write gap: measured ${measured.lengthMs} ms, client's eye ${eye} (begins ${starts} ms, ends ${ends} ms apart); ` +
      `${measured.failed} of its own writes failed`,
  );
}
