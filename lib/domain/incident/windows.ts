import type { ClusterEvent, WriteGap } from "../events/event";
import { type EpochMs, type Instant, instant } from "../ids";

/** A stretch of the record that is worth a report. */
export type IncidentWindow = {
  readonly from: Instant;
  readonly to: Instant;
  /** When it began; `from` lies before it, so that the report shows what was before. */
  readonly startedAt: Instant;
  /** What made it one, worst first. */
  readonly reasons: readonly ("write-gap" | "leader" | "verdict")[];
  /** The longest time without writes that the client's eye saw in it; null when it saw none. */
  readonly gapMs: number | null;
  /** Who led after it, where the leader changed. */
  readonly leader: string | null;
};

type Seed = {
  from: EpochMs;
  to: EpochMs;
  reasons: Set<IncidentWindow["reasons"][number]>;
  gapMs: number | null;
  leader: string | null;
};

/** What lies closer together than this, in ms, is one incident. */
export const MERGE_MS = 30_000;
/** How much of the time around is shown with it, in ms. */
const LEAD_MS = 15_000;
const TRAIL_MS = 30_000;

/**
 * Windows around changes of leader, write gaps and broken verdicts, newest first. `events` oldest first; what is broken and was
 * not followed by a better verdict lasts until `now`.
 */
export function incidentWindows(
  events: readonly ClusterEvent[],
  gaps: readonly WriteGap[],
  now: EpochMs,
): IncidentWindow[] {
  const seeds = [...ofGaps(gaps, now), ...ofLeaders(events), ...ofVerdicts(events, now)].sort(
    (a, b) => a.from - b.from,
  );
  const merged: Seed[] = [];
  for (const seed of seeds) {
    const last = merged.at(-1);
    if (!last || seed.from - last.to > MERGE_MS) merged.push(seed);
    else join(last, seed);
  }
  return merged.reverse().map(({ from, to, reasons, gapMs, leader }) => ({
    from: instant(from - LEAD_MS),
    to: instant(Math.min(now, to + TRAIL_MS)),
    startedAt: instant(from),
    reasons: (["write-gap", "leader", "verdict"] as const).filter((reason) => reasons.has(reason)),
    gapMs,
    leader,
  }));
}

function join(into: Seed, seed: Seed): void {
  into.to = Math.max(into.to, seed.to);
  for (const reason of seed.reasons) into.reasons.add(reason);
  into.gapMs = seed.gapMs === null ? into.gapMs : Math.max(into.gapMs ?? 0, seed.gapMs);
  into.leader = seed.leader ?? into.leader;
}

const ofGaps = (gaps: readonly WriteGap[], now: EpochMs): Seed[] =>
  gaps.map(({ startedAt, endedAt }) => {
    const from = Date.parse(startedAt);
    const to = endedAt ? Date.parse(endedAt) : now;
    return { from, to, reasons: new Set(["write-gap"] as const), gapMs: to - from, leader: null };
  });

function ofLeaders(events: readonly ClusterEvent[]): Seed[] {
  return events.flatMap((event) => {
    if (event.kind !== "leader" && event.kind !== "history") return [];
    const at = Date.parse(event.at);
    const to = event.kind === "history" ? event.data.newLeader : event.data.to;
    return [
      {
        from: at,
        to: at,
        reasons: new Set(["leader"] as const),
        gapMs: null,
        leader: typeof to === "string" ? to : null,
      },
    ];
  });
}

function ofVerdicts(events: readonly ClusterEvent[], now: EpochMs): Seed[] {
  const seeds: Seed[] = [];
  let from: EpochMs | null = null;
  const close = (to: EpochMs) => {
    if (from !== null) seeds.push({ from, to, reasons: new Set(["verdict"]), gapMs: null, leader: null });
    from = null;
  };
  for (const event of events) {
    if (event.kind !== "verdict") continue;
    const bad = event.data.state === "broken" || event.data.state === "split";
    if (bad) from ??= Date.parse(event.at);
    else close(Date.parse(event.at));
  }
  close(now);
  return seeds;
}
