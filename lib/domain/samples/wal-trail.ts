import type { ClusterState } from "../cluster-state";
import type { PostgresFacts } from "../facts";
import type { EpochMs, MemberName } from "../ids";
import { parseLsn } from "../lsn";
import { know } from "../observation";

/** From `at` until `until`, at least, the leader's WAL stood at `position`. */
type Point = { readonly at: EpochMs; readonly until: EpochMs; readonly position: bigint };

/** Where the leader's WAL stood when, oldest first: it tells how old a position is that a replica has come to. */
export type WalTrail = { readonly member: MemberName; readonly timeline: number; readonly points: readonly Point[] };

/** What of the past the samples need: the leader's trail, and the timeline that each member was last known to be on. */
export type WalMemory = { readonly trail: WalTrail | null; readonly timelines: Readonly<Record<string, number>> };

export const NO_WAL_MEMORY: WalMemory = { trail: null, timelines: {} };

/** Points closer than this, in ms, tell nothing more. */
const POINT_EVERY_MS = 1_000;
/** About an hour at full resolution; then every second of the older half goes, so that the beginning is kept. */
const POINTS_MAX = 4_096;

/** The holder of the leader key as it answers now; null when it does not, or when nobody is known to lead. */
export function headOf(
  state: ClusterState,
  now: EpochMs,
): { name: MemberName; at: EpochMs; facts: PostgresFacts } | null {
  const name = state.dcs.good?.value.leader?.name;
  if (name === undefined) return null;
  const known = know(state.postgres[name], now);
  return known.state === "fresh" ? { name, at: known.at, facts: known.value } : null;
}

/** Remembers where the leader's WAL stands. Another leader or another timeline begins another trail. */
export function followWal(memory: WalMemory, state: ClusterState, now: EpochMs): WalMemory {
  const timelines = withTimelines(memory.timelines, state);
  const head = headOf(state, now);
  const position = head && parseLsn(head.facts.lsn);
  if (!head || position === null || head.facts.timeline === null) return { ...memory, timelines };
  const { timeline } = head.facts;
  const same = memory.trail?.member === head.name && memory.trail.timeline === timeline;
  const points = same ? (memory.trail?.points ?? []) : [];
  return { trail: { member: head.name, timeline, points: extended(points, head.at, position) }, timelines };
}

function extended(points: WalTrail["points"], at: EpochMs, position: bigint): WalTrail["points"] {
  const last = points.at(-1);
  if (!last) return [{ at, until: at, position }];
  if (at <= last.until || position < last.position) return points;
  if (position === last.position) return [...points.slice(0, -1), { ...last, until: at }];
  return at - last.at < POINT_EVERY_MS ? points : thinned([...points, { at, until: at, position }]);
}

function withTimelines(known: WalMemory["timelines"], state: ClusterState): WalMemory["timelines"] {
  const told = Object.entries(state.postgres).flatMap(([name, look]) => {
    const timeline = look.good?.value.timeline ?? state.patroni[name]?.good?.value.timeline ?? null;
    return timeline === null || timeline === known[name] ? [] : [[name, timeline] as const];
  });
  return told.length === 0 ? known : { ...known, ...Object.fromEntries(told) };
}

function thinned(points: WalTrail["points"]): WalTrail["points"] {
  if (points.length <= POINTS_MAX) return points;
  const older = points.slice(0, POINTS_MAX / 2).filter((_, index) => index % 2 === 0);
  return [...older, ...points.slice(POINTS_MAX / 2)];
}

/**
 * How long before `at` the leader went beyond a position, in seconds: how long a replica that came to it trails. 0 when the leader
 * is not beyond it, or went there with its latest look; null when that was before the trail began. Between two looks
 * the WAL is taken to have grown evenly, so the error is less than a beat.
 */
export function secondsBehind(trail: WalTrail | null, position: bigint, at: EpochMs): number | null {
  const points = trail?.points ?? [];
  const index = firstBeyond(points, position);
  const beyond = points[index];
  if (!beyond) return points.length > 0 ? 0 : null;
  const before = points[index - 1];
  if (!before) return null;
  if (beyond.at >= at) return 0;
  const share = Number(position - before.position) / Number(beyond.position - before.position);
  return (at - (before.until + (beyond.at - before.until) * share)) / 1_000;
}

function firstBeyond(points: WalTrail["points"], position: bigint): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.position ?? 0n) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
