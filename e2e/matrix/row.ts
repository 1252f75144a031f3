import { rmSync } from "node:fs";
import { join } from "node:path";
import { readTruth, type Truth } from "@/lab/index";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { Accounts } from "../support/accounts";
import { type Dashboard, type DashboardOptions, makeDashboard, RESULTS } from "../support/dashboard";
import type { StreamRecorder } from "../support/stream-recorder";
import { until } from "../support/until";
import type { Cast } from "./cast";
import type { Fault, Repair } from "./fault";
import { type Judgement, judge, matcher } from "./judge";
import { openScene, recover, type Scene } from "./scene";

const SHOW_WITHIN_MS = 45_000;
const CLEAR_WITHIN_MS = 60_000;
const CALM_WITHIN_MS = 60_000;
/** Once all that was wanted has shown, so many more ms are watched: what is false may be late. */
const WATCHED_ON_MS = 4_000;

export type Row = {
  readonly name: string;
  readonly what: string;
  readonly cast: Cast | null;
  /** Findings of the settled lab, which count for nothing in this row. */
  readonly before: readonly string[];
  readonly judgement: Judgement | null;
  /** The verdict's sentence and the hosts' own word when the findings had shown. */
  readonly sentence: string | null;
  readonly truth: TruthInShort | null;
  /** Why it could not be carried through; null when it was. */
  readonly error: string | null;
  readonly seconds: number;
};

export type TruthInShort = Pick<Truth, "leaderKey" | "writable" | "vipHolders"> & { readonly down: readonly string[] };

/** Carries one fault through: a settled lab, a dashboard of its own, the fault, its findings, its repair, their going. */
export async function carryThrough(fault: Fault, accounts: Accounts): Promise<Row> {
  const started = Date.now();
  const row = { name: fault.name, what: fault.what, before: [], judgement: null, sentence: null, truth: null };
  let scene: Scene | undefined;
  try {
    scene = await openScene();
    const told = await observed(fault, scene, accounts);
    return { ...row, ...told, error: null, seconds: since(started) };
  } catch (error) {
    const cast = scene ? castOf(scene) : null;
    return { ...row, cast, error: error instanceof Error ? error.message : String(error), seconds: since(started) };
  } finally {
    await scene?.end();
    await fault.afterwards?.();
    await recover();
  }
}

/** The repair of the fault that is in the lab now. */
let underway: Repair | null = null;

/** Puts the lab right when a run is broken off in the middle of a row. */
export async function breakOff(): Promise<void> {
  await underway?.().catch(() => undefined);
  await recover();
}

const since = (ms: number): number => Math.round((Date.now() - ms) / 1_000);
const castOf = ({ leader, replica, other }: Scene): Cast => ({ leader, replica, other });

async function observed(fault: Fault, scene: Scene, accounts: Accounts) {
  const dashboard = await dashboardFor(fault, scene, accounts);
  await dashboard.start();
  await dashboard.ready();
  let recorder = dashboard.record();
  try {
    const before = await calm(recorder, fault, scene);
    if (fault.looksAfter) {
      recorder.stop();
      await dashboard.stop();
    }
    const beganAt = Date.now();
    underway = await fault.inject(scene);
    if (fault.looksAfter) {
      await dashboard.start();
      recorder = dashboard.record();
    }
    const from = scene.beganAt() ?? beganAt;
    const showing = await shown(recorder, fault, scene, from);
    const truth = inShort(await readTruth());
    const repairedAt = Date.now();
    await underway();
    underway = null;
    await scene.end();
    await recover();
    await cleared(recorder, fault, scene, before);
    const course = { beganAt: from, repairedAt, endedAt: Date.now(), before };
    const seen = recorder.frames.map(({ arrivedAt, snapshot }) => ({ at: arrivedAt, findings: snapshot.findings }));
    const judgement = judge(seen, course, {
      wanted: fault.expect,
      allowed: fault.allow ?? [],
      lingering: fault.lingers ?? [],
      cast: castOf(scene),
    });
    return {
      cast: castOf(scene),
      before: [...before],
      judgement,
      sentence: showing?.writePath.sentence ?? null,
      truth,
    };
  } finally {
    await underway?.().catch(() => undefined);
    underway = null;
    recorder.stop();
    await dashboard.stop();
  }
}

async function dashboardFor(fault: Fault, scene: Scene, accounts: Accounts): Promise<Dashboard> {
  const name = `fault-${fault.name}`;
  // Each row begins with an empty record: what an earlier run saw is not its past.
  rmSync(join(RESULTS, "dashboards", name), { recursive: true, force: true });
  const storeUrl = await fault.store?.(scene);
  const options: DashboardOptions = {
    name,
    accounts,
    cluster: { ...fault.cluster, ...(fault.limits ? { findings: fault.limits } : {}) },
    ...(storeUrl === undefined ? {} : { storeUrl }),
  };
  return await makeDashboard(options);
}

const QUIET_MS = 3_000;
const idsOf = (snapshot: Snapshot): string[] => snapshot.findings.map(({ id }) => id);

/** Waits until nothing is found but remarks, unchanged for a while; gives these. */
async function calm(recorder: StreamRecorder, fault: Fault, scene: Scene): Promise<ReadonlySet<string>> {
  const latest = () => recorder.latest()?.snapshot;
  const isSo = (fault.isSoAlready ? fault.expect : []).map((wanted) => matcher(wanted, castOf(scene)));
  const other = ({ id }: { readonly id: string }) => !isSo.some((fits) => fits(id));
  return await until(
    () => {
      const recent = recorder.frames.filter(({ arrivedAt }) => arrivedAt > Date.now() - QUIET_MS);
      const last = latest();
      if (!last || recent.length < 2 || Date.now() - (recorder.frames[0]?.arrivedAt ?? Date.now()) < QUIET_MS)
        return undefined;
      const loud = recent.some(({ snapshot }) =>
        snapshot.findings.filter(other).some(({ severity }) => severity !== "info"),
      );
      const same = recent.every(({ snapshot }) => idsOf(snapshot).join() === idsOf(last).join());
      return !loud && same && last.writePath.state === "ok"
        ? new Set(last.findings.filter(other).map(({ id }) => id))
        : undefined;
    },
    {
      deadlineMs: CALM_WITHIN_MS,
      what: "a settled lab without findings",
      seen: () => latest()?.findings.map(({ id, severity, text }) => ({ id, severity, text })),
    },
  );
}

/** Waits until each wanted finding has shown, and a little on; a row that waited in vain is judged all the same. */
async function shown(recorder: StreamRecorder, fault: Fault, scene: Scene, from: number): Promise<Snapshot | null> {
  const fits = fault.expect.map((wanted) => matcher(wanted, castOf(scene)));
  const met = () => {
    const since = recorder.frames.filter(({ arrivedAt }) => arrivedAt >= from);
    return fits.every((fit) => since.some(({ snapshot }) => idsOf(snapshot).some(fit))) ? true : undefined;
  };
  const deadlineMs = fault.showWithinMs ?? SHOW_WITHIN_MS;
  await until(met, { deadlineMs, what: "the findings", everyMs: 100 }).catch(() => undefined);
  const end = Date.now() + WATCHED_ON_MS;
  await until(() => (Date.now() >= end ? true : undefined), { deadlineMs: 2 * WATCHED_ON_MS, what: "a little on" });
  return recorder.latest()?.snapshot ?? null;
}

async function cleared(
  recorder: StreamRecorder,
  fault: Fault,
  scene: Scene,
  before: ReadonlySet<string>,
): Promise<void> {
  const stays = (fault.lingers ?? []).map((one) => matcher(one, castOf(scene)));
  const none = () => {
    const last = recorder.latest()?.snapshot;
    return last && idsOf(last).every((id) => before.has(id) || stays.some((fits) => fits(id))) ? true : undefined;
  };
  const deadlineMs = fault.clearWithinMs ?? CLEAR_WITHIN_MS;
  await until(none, { deadlineMs, what: "the findings to go", everyMs: 100 }).catch(() => undefined);
}

function inShort({ leaderKey, writable, vipHolders, hosts }: Truth): TruthInShort {
  const down = Object.entries(hosts).flatMap(([name, host]) => [
    ...(host.reachable ? [] : [`${name}: cut`]),
    ...Object.entries(host.services).flatMap(([service, state]) =>
      state === "running" ? [] : [`${name}: ${service} ${state}`],
    ),
  ]);
  return { leaderKey, writable, vipHolders, down };
}
