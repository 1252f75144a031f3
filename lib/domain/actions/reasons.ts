import type { HistoryEntry } from "../facts";
import type { OperationView } from "./operation";

/** Actions that end a timeline. */
const MOVES: ReadonlySet<OperationView["action"]> = new Set(["switchover", "failover", "restart"]);
/** Clocks of two hosts differ by as much, and the history is written a moment after the key. */
const CLOCKS_MS = 15_000;

/**
 * The operation that explains an entry of Patroni's history: one that could move the leader and ran when the entry was written. Of several
 * the one that asked for that very member, then the one that began last. Null: nobody here asked for it.
 */
export function reasonOfHistory(entry: HistoryEntry, operations: readonly OperationView[]): OperationView | null {
  if (entry.at === null) return null;
  const at = Date.parse(entry.at);
  const could = operations
    .filter((one) => MOVES.has(one.action) && wasSent(one) && ranAt(one, at) && endedWith(one, entry.newLeader))
    .sort((a, b) => begunAt(b) - begunAt(a));
  return could.find((one) => candidateOf(one) !== null && candidateOf(one) === entry.newLeader) ?? could[0] ?? null;
}

/** What was refused, or is not yet begun, moved nobody. */
const wasSent = ({ state, startedAt }: OperationView): boolean =>
  startedAt !== null && state !== "refused" && state !== "awaiting-approval";

function ranAt(one: OperationView, at: number): boolean {
  const until = Date.parse(one.endedAt ?? one.deadlineAt);
  return at >= begunAt(one) - CLOCKS_MS && at <= until + CLOCKS_MS;
}

/** A scheduled one did nothing before its time. */
function begunAt({ request, startedAt, createdAt }: OperationView): number {
  const set = "scheduledAt" in request ? request.scheduledAt : null;
  return Date.parse(set ?? startedAt ?? createdAt);
}

/** An operation whose word is that the leader stayed explains no other leader; the leader restarted may lead on. */
function endedWith({ state, outcome }: OperationView, leader: string | null): boolean {
  if (state === "failed") return false;
  const led = outcome?.text.params.leader;
  return led === undefined || leader === null || led === leader;
}

function candidateOf({ request }: OperationView): string | null {
  return request.action === "switchover" || request.action === "failover" ? request.candidate : null;
}
