import { message } from "../message";
import type { ClusterEvent, WriteGap } from "./event";

const LONG_MS = 5_000;

/** The event of a gap that is over, at the time that it began; null while it lasts, for its length is its news. */
export function gapEvent(gap: WriteGap): ClusterEvent | null {
  const { scope, startedAt, endedAt, from, to } = gap;
  if (endedAt === null) return null;
  const lengthMs = Date.parse(endedAt) - Date.parse(startedAt);
  const seconds = Math.round(lengthMs / 100) / 10;
  const moved = from !== null && to !== null && from !== to;
  return {
    scope,
    at: startedAt,
    notBefore: null,
    kind: "write-gap",
    severity: lengthMs >= LONG_MS ? "critical" : "warn",
    subject: to ?? scope,
    text: moved
      ? message("event.write-gap.moved", { seconds, from, to })
      : message("event.write-gap.same", { seconds }),
    data: { lengthMs, endedAt, attempts: gap.attempts, failures: gap.failures, from, to },
    source: "client-eye",
    dedupe: `gap:${startedAt}`,
  };
}
