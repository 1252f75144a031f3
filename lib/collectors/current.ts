import type { ActionBoard } from "@/lib/domain/actions/operation";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { ClusterScope } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";

/** What `lib/actions` needs of the collectors. */
export type Collectors = {
  /**
   * Looks at a cluster anew, the DCS by a linearizable read, and answers with what is then known: once everything that an action rests on
   * was asked after this call and has answered or failed, at the latest after `withinMs`. Null for a cluster that is not watched.
   */
  lookAgain(
    scope: ClusterScope,
    withinMs: number,
  ): Promise<{ readonly state: ClusterState; readonly snapshot: Omit<Snapshot, "version"> } | null>;
  /** Looks often until the picture is steady again. */
  hurry(scope: ClusterScope): void;
  /** What every picture of the cluster says of actions from now on. */
  setBoard(scope: ClusterScope, board: ActionBoard): void;
  /** What every picture of the cluster says of alerts from now on. */
  setAttention(scope: ClusterScope, board: AttentionBoard): void;
  /** Calls back with each new state, drawn or not, until the returned function is called. */
  onState(
    scope: ClusterScope,
    callback: (state: ClusterState, snapshot: Omit<Snapshot, "version">) => void,
  ): () => void;
};

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.collectors");
type Slot = { [KEY]?: Collectors };

/** The process's collectors; null until they were started. */
export function collectors(): Collectors | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setCollectors(next: Collectors): void {
  (globalThis as Slot)[KEY] = next;
}
