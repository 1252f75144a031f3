import { NETWORK, PORTS, runLoad, service, settle, unsettled } from "@/lab/index";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ClusterPage } from "./pages/cluster-page";
import { makeDashboard } from "./support/dashboard";
import { expect, test } from "./support/fixtures";
import { leaderNow } from "./support/leader";
import { observe } from "./support/observing";
import { type MeasuredGap, startWriteProbe, type WriteProbe } from "./support/write-probe";

/**
 * What a client would have felt, measured twice: by the dashboard's own eye, and by a client of the test's that writes each
 * 50 ms and shares no code with it.
 */
test.describe.configure({ timeout: 240_000 });

/** How far the two measures may lie apart, in ms. */
const APART_MS_MAX = 300;
const LOAD_RATE = 50;

test.beforeEach(() => settle());
test.afterEach(() => settle().then(() => undefined));

const lastGap = (snapshot: Snapshot) => snapshot.clientEye?.lastGap ?? null;

test("a leader killed under load: the gap on the page is the gap that a client measured", async ({
  page,
  dashboard,
}) => {
  const observing = await observe(dashboard);
  const load = new AbortController();
  const loading = runLoad({ seconds: 120, clients: 2, rate: LOAD_RATE, signal: load.signal });
  let probe: WriteProbe | undefined;
  try {
    await page.goto(dashboard.clusterPath);
    const cluster = new ClusterPage(page);
    const old = await leaderNow();
    await cluster.showsHealthy(old, 15_000);
    await expect(cluster.witness("client")).toHaveAttribute("data-verdict", "agree");
    probe = await startWriteProbe();

    const killedAt = Date.now();
    await service("kill", old, "all");
    await expect(cluster.clientEye.locator('[data-gap="lasting"]')).toBeVisible({ timeout: 10_000 });
    await expect(cluster.main).not.toHaveAttribute("data-state", "ok");
    const measured = await probe.gapAfter(killedAt, { deadlineMs: 90_000 });
    const frame = await observing.recorder.waitFor(
      (snapshot) => Date.parse(lastGap(snapshot)?.endedAt ?? "") > killedAt && snapshot.clientEye?.currentGap === null,
      { deadlineMs: 10_000, what: "the client's eye to have ended its gap" },
    );
    const seen = lastGap(frame.snapshot);
    report(measured, seen);
    expect(seen).not.toBeNull();
    expect(Math.abs((seen?.lengthMs ?? 0) - measured.lengthMs)).toBeLessThan(APART_MS_MAX);
    expect(Math.abs(Date.parse(seen?.startedAt ?? "") - measured.startedAt)).toBeLessThan(APART_MS_MAX);
    expect(Math.abs(Date.parse(seen?.endedAt ?? "") - measured.endedAt)).toBeLessThan(APART_MS_MAX);
    await expect(cluster.clientEye.locator('[data-gap="last"]')).toHaveAttribute(
      "data-length-ms",
      String(seen?.lengthMs),
    );

    load.abort();
    await probe.stop();
    await settle();
    const truth = await observing.agree({
      deadlineMs: 30_000,
      what: "page and hosts to agree after the repair",
      when: (now) => unsettled(now) === null,
    });
    await expect(cluster.clientEye.locator("[data-client-eye]")).toHaveAttribute("data-member", truth.leaderKey ?? "");
    await observing.assertHonest("power loss of the leader, as a client feels it");
  } finally {
    load.abort();
    observing.stop();
    await probe?.stop();
    await loading;
  }
});

function report(measured: MeasuredGap, seen: ReturnType<typeof lastGap>): void {
  const eye = seen ? `${seen.lengthMs} ms` : "none";
  const starts = Date.parse(seen?.startedAt ?? "") - measured.startedAt;
  const ends = Date.parse(seen?.endedAt ?? "") - measured.endedAt;
  console.log(
    `write gap: measured ${measured.lengthMs} ms, client's eye ${eye} (begins ${starts} ms, ends ${ends} ms apart); ` +
      `${measured.failed} of its own writes failed`,
  );
}

test("a write port that leads to replicas: the page does not say that all is well", async ({ accounts }) => {
  const misled = await makeDashboard({
    name: "misled-eye",
    accounts,
    cluster: { vip: { address: NETWORK.vip, follows: "leader", writePort: PORTS.read } },
  });
  try {
    await misled.start();
    await misled.ready();
    const recorder = misled.record();
    const frame = await recorder.waitFor((snapshot) => snapshot.clientEye?.confirmed === true, {
      deadlineMs: 15_000,
      what: "the client's eye to have met a server twice",
    });
    recorder.stop();
    expect(frame.snapshot.clientEye?.state).toBe("read-only");
    expect(frame.snapshot.writePath).toMatchObject({ state: "broken", code: "misrouted" });
  } finally {
    await misled.stop();
  }
});
