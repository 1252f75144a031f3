import type { StreamEvent } from "@/lib/contract/stream";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { ClusterScope } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";

/**
 * When a new picture goes out. `now`: who writes or leads changed. `soon`: something else that a person wants to see; what
 * follows at its heels goes with it. `later`: ages, positions and counters.
 */
export type Urgency = "now" | "soon" | "later";

/** The current, numbered picture of each cluster and the fan-out to browsers. One per process, on `globalThis`. */
export type Live = {
  /** Names this process; versions compare only within one boot. */
  readonly boot: string;
  readonly startedAt: number;
  /** Clusters in the order of the configuration. */
  scopes(): readonly ClusterScope[];
  /** What was sent last: news at once, mere refreshes up to a second later. Null for a scope that is not configured or was never looked at. */
  snapshot(scope: string): Snapshot | null;
  /** Everything that is remembered of a cluster, to click from a claim to the raw answer. Carries no secret. */
  state(scope: string): ClusterState | null;
  /** True once every configured cluster was looked at once, whatever the answers were. */
  lookedOnce(): boolean;
  /**
   * First calls `listener` with a whole snapshot of each scope, then with what changes, then heartbeats, until the returned
   * function is called. A listener that throws is dropped.
   */
  subscribe(scopes: readonly string[], listener: (event: StreamEvent) => void): () => void;
  /** Replaces the picture of one cluster; called by collectors only. */
  publish(scope: ClusterScope, state: ClusterState, snapshot: Omit<Snapshot, "version">, urgency: Urgency): void;
  /** Ends every subscription, so that the server can leave at once. */
  close(): void;
  onClose(callback: () => void): () => void;
};
