import type { WriteGap } from "../events/event";
import { type EpochMs, instant } from "../ids";
import type { Outage } from "./incident";
import type { Moment } from "./moment";

export type Window = { readonly from: EpochMs; readonly to: EpochMs };
type Span = { readonly from: EpochMs; readonly to: EpochMs | null };

/** The key changes hands this long before clients feel it, or is seen to have done so this long after, in ms. */
const NEAR_MS = 5_000;

/**
 * The time without writes that the window tells of: by the client's eye where it looked, else by the verdicts. Where the leader key
 * changed hands, the one in which it did; of several, or of none, the longest.
 */
export function outageOf(moments: readonly Moment[], gaps: readonly WriteGap[], window: Window): Outage | null {
  const seen = gaps.map((gap) => ({ from: Date.parse(gap.startedAt), to: gap.endedAt && Date.parse(gap.endedAt) }));
  const turns = turnsOf(moments);
  const byEye = worst(seen as Span[], window, turns);
  if (byEye) return outage(byEye, window, "client-eye");
  const byPictures = worst(unwritable(moments), window, turns);
  return byPictures && outage(byPictures, window, "pictures");
}

/** When another member was first seen to hold the leader key. */
function turnsOf(moments: readonly Moment[]): EpochMs[] {
  const held = moments.filter(({ key }) => typeof key === "string");
  return held.filter(({ key }, i) => i > 0 && key !== held[i - 1]?.key).map(({ at }) => at);
}

function worst(spans: readonly Span[], window: Window, turns: readonly EpochMs[]): Span | null {
  const near = ({ from, to }: Span) => turns.some((at) => at >= from - NEAR_MS && at <= (to ?? window.to) + NEAR_MS);
  return longest(spans.filter(near), window) ?? longest(spans, window);
}

const lengthOf = ({ from, to }: Span, window: Window): number => (to ?? window.to) - from;

function longest(spans: readonly Span[], window: Window): Span | null {
  const within = spans.filter((span) => span.from <= window.to && (span.to ?? window.to) >= window.from);
  return within.reduce<Span | null>(
    (best, span) => (best === null || lengthOf(span, window) > lengthOf(best, window) ? span : best),
    null,
  );
}

function outage(span: Span, window: Window, basis: Outage["basis"]): Outage {
  return {
    startedAt: instant(span.from),
    endedAt: span.to === null ? null : instant(span.to),
    lengthMs: Math.max(0, lengthOf(span, window)),
    basis,
  };
}

/** A writer is named and the way to it is not broken. */
const writable = ({ state, writer }: Moment): boolean => writer !== null && (state === "ok" || state === "degraded");
/** Not to be told either way: nothing is called an outage because we could not see. */
const untold = ({ state, code }: Moment): boolean => state === "unknown" || code === "starting";

/** Times from a picture that shows no way to write to the next one that shows it; a planned handover counts from its start. */
function unwritable(moments: readonly Moment[]): Span[] {
  const spans: Span[] = [];
  let from: EpochMs | null = null;
  for (const moment of moments) {
    if (writable(moment)) {
      if (from !== null) spans.push({ from, to: moment.at });
      from = null;
    } else if (from === null && !untold(moment)) from = moment.at;
  }
  return from === null ? spans : [...spans, { from, to: null }];
}
