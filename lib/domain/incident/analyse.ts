import type { WriteGap } from "../events/event";
import { type ClusterScope, type EpochMs, type Instant, instant } from "../ids";
import { message } from "../message";
import { deepEqual } from "../snapshot/share";
import type { Incident, IncidentKind, Milestone, Outage, Phase, Said } from "./incident";
import { type Leaders, milestonesOf } from "./milestones";
import type { Moment } from "./moment";
import { outageOf, type Window } from "./outage";

/** A handover is asked for, and a lock lost, this long before clients feel it. */
const PRELUDE_MS = 60_000;

/**
 * Tells an incident from the pictures of a window, oldest first, and the gaps that the client's eye saw. `recorded` are the times in
 * which somebody was looking, oldest first.
 */
export function analyse(
  scope: ClusterScope,
  window: Window,
  moments: readonly Moment[],
  gaps: readonly WriteGap[],
  recorded: readonly Window[] = [window],
): Incident {
  const outage = outageOf(moments, gaps, window);
  const leaders = leadersOf(moments, outage);
  const begin = outage ? Date.parse(outage.startedAt) - PRELUDE_MS : window.from;
  const milestones = milestonesOf(moments, leaders, begin);
  const started = outage ? Date.parse(outage.startedAt) : window.to;
  const ended = outage?.endedAt ? Date.parse(outage.endedAt) : window.to;
  const at = (milestone: Milestone) => Date.parse(milestone.at);
  return {
    scope,
    window: { from: instant(window.from), to: instant(window.to) },
    kind: kindOf(moments, leaders, outage),
    outage,
    phases: outage ? phasesOf(outage, milestones, started, ended) : [],
    prelude: milestones.filter((milestone) => at(milestone) < started),
    aftermath: outage?.endedAt ? milestones.filter((milestone) => at(milestone) > ended) : [],
    before: { leader: leaders.before, timeline: timelineAt(moments, leaders.before, "first") },
    after: { leader: leaders.after, timeline: timelineAt(moments, leaders.after, "last") },
    gaps,
    sentences: sentencesOf(moments),
    holes: holesOf(recorded, window),
  };
}

/** Cuts the outage at the milestones that lie in it: whatever their order, the phases are contiguous and sum up to it. */
function phasesOf(outage: Outage, milestones: readonly Milestone[], started: EpochMs, ended: EpochMs): Phase[] {
  const within = milestones.filter(({ at }) => Date.parse(at) >= started && Date.parse(at) <= ended);
  const last: Milestone[] = outage.endedAt
    ? [{ id: "first-write", at: outage.endedAt, text: message("incident.milestone.first-write") }]
    : [];
  let from = started;
  return [...within, ...last].map(({ id, at, text }) => {
    const to = Date.parse(at);
    const phase = { id, from: instant(from), to: instant(to), lengthMs: to - from, evidence: text };
    from = to;
    return phase;
  });
}

/** Who held the leader key before and after, by the last sight before the outage and the last of the window. */
function leadersOf(moments: readonly Moment[], outage: Outage | null): Leaders {
  const held = moments.filter(({ key }) => typeof key === "string");
  const started = outage ? Date.parse(outage.startedAt) : Number.POSITIVE_INFINITY;
  const changed = held.findIndex(({ key }) => key !== held[0]?.key);
  // The key may have moved before a client felt it: then the one before the move is the one before.
  const upTo = outage === null || changed < 0 ? started : Math.min(started, held[changed]?.at ?? started);
  const before = held.findLast(({ at }) => at < upTo) ?? held[0];
  return { before: before?.key ?? null, after: held.at(-1)?.key ?? null };
}

function timelineAt(moments: readonly Moment[], leader: string | null, which: "first" | "last"): number | null {
  const its = moments.filter(({ key, timeline }) => key === leader && leader !== null && timeline !== null);
  return (which === "first" ? its[0] : its.at(-1))?.timeline ?? null;
}

function kindOf(moments: readonly Moment[], { before, after }: Leaders, outage: Outage | null): IncidentKind {
  const asked = moments.find(({ handover }) => handover !== null);
  const changed = before !== null && after !== null && before !== after;
  if (asked && changed) {
    // Only the sentence still tells a switchover from a failover that someone asked for by hand.
    const said = moments.find(({ code, message: text }) => code === "handover" && text.params.kind === "failover");
    return said ? "manual-failover" : "switchover";
  }
  if (changed) return "failover";
  return outage ? "outage" : "none";
}

function sentencesOf(moments: readonly Moment[]): Said[] {
  const said: Said[] = [];
  for (const { at, state, message: text, sentence } of moments) {
    const last = said.at(-1);
    if (last && last.state === state && deepEqual(last.message, text)) continue;
    said.push({ at: instant(at), state, message: text, sentence });
  }
  return said;
}

/** The rest of the window. */
function holesOf(recorded: readonly Window[], { from, to }: Window): Incident["holes"] {
  const holes: { from: Instant; to: Instant }[] = [];
  let seen = from;
  for (const span of recorded) {
    if (span.from > seen) holes.push({ from: instant(seen), to: instant(span.from) });
    seen = Math.max(seen, span.to);
  }
  return seen < to ? [...holes, { from: instant(seen), to: instant(to) }] : holes;
}
