import type { HistoryEntry } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";
import { lsnFromBytes } from "@/lib/domain/lsn";
import { digitsOf, instantOf, timelineOf } from "./patroni-words";

/**
 * Patroni's `history`, oldest first: rows `[timeline that ended, byte position, reason, time?, new leader?]` of three to
 * five elements. A row without a timeline is left out. `reason` is PostgreSQL's text and tells nothing about the cause:
 * it was the same for a switchover and for a crash.
 */
export function historyOf(raw: unknown): HistoryEntry[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((row: unknown) => {
    if (!Array.isArray(row)) return [];
    const [tl, bytes, reason, at, leader] = row as unknown[];
    const timeline = timelineOf(tl);
    if (timeline === null) return [];
    const newLeader = typeof leader === "string" && leader ? memberName(leader) : null;
    const text = typeof reason === "string" ? reason : "";
    return [{ timeline, lsn: lsnFromBytes(digitsOf(bytes)), reason: text, at: instantOf(at), newLeader }];
  });
}
