import type { OperationState } from "@/lib/domain/actions/operation";
import type { ClusterScope, EpochMs, Instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Everything that `/api/metrics` is drawn from. What is null could not be asked, and has no lines. */
export type MetricsInput = {
  readonly now: EpochMs;
  readonly version: string;
  /** Every configured cluster; null where it was not looked at yet. */
  readonly pictures: readonly { readonly scope: ClusterScope; readonly snapshot: Snapshot | null }[];
  /** Browsers that are told of changes now. */
  readonly streamClients: number;
  readonly store: {
    readonly state: "ok" | "behind" | "failing";
    readonly waiting: number;
    readonly dropped: number;
  } | null;
  /** Operations in the record, by cluster and state. */
  readonly operations:
    | readonly { readonly scope: string; readonly state: OperationState; readonly count: number }[]
    | null;
  readonly alerting: {
    /** Attempts of this run of the dashboard to send a message, by how they ended. */
    readonly attempts: readonly {
      readonly notifier: string;
      readonly outcome: "sent" | "failed";
      readonly count: number;
    }[];
    /** Messages that wait to be sent. */
    readonly waiting: number;
    readonly notifiers: readonly { readonly name: string; readonly failing: boolean }[];
    /** The signal by which somebody else learns that the dashboard is dead; null: none is configured. */
    readonly deadMan: { readonly lastOkAt: Instant | null } | null;
  } | null;
};
