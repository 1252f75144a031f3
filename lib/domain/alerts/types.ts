import type { Severity } from "../findings/finding";
import type { ClusterScope, Instant } from "../ids";
import type { Message } from "../message";

/** A finding that lasted becomes an alert: one that people are told of, once, and once more when it is over. */

/** `pending`: within its hold time. `firing`: told, or to be told. `resolving`: its finding is gone, and might come back. `resolved`: over. */
export const ALERT_STATES = ["pending", "firing", "resolving", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export type Acknowledgement = { readonly by: string; readonly at: Instant; readonly note: string };

export type Alert = {
  /** Unique; one episode of one finding. The same on every dashboard that shares the store. */
  readonly id: string;
  readonly scope: ClusterScope;
  readonly findingId: string;
  readonly rule: string;
  /** The worst that it was while it lasted. */
  readonly severity: Severity;
  readonly subject: string;
  readonly text: Message;
  readonly state: AlertState;
  /** When the finding's condition began. */
  readonly startedAt: Instant;
  readonly firedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  /** How often its finding went and came again within this episode. */
  readonly flaps: number;
  readonly acknowledged: Acknowledgement | null;
  /** Id of the silence or maintenance window that keeps it quiet now; null: none. */
  readonly silencedBy: string | null;
};

/** Keeps alerts quiet: `silence` those that match; `maintenance` a whole cluster, said wherever the cluster is shown. */
export type Silence = {
  readonly id: string;
  readonly kind: "silence" | "maintenance";
  /** Null: every cluster. */
  readonly scope: ClusterScope | null;
  /** What it is about; each that is given must match. Rule and subject exactly, severity this one and lesser ones. */
  readonly match: { readonly rule: string | null; readonly subject: string | null; readonly severity: Severity | null };
  readonly owner: string;
  readonly reason: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Ended before its time, and by whom. */
  readonly ended: { readonly at: Instant; readonly by: string } | null;
};

export const DELIVERY_STATES = ["waiting", "delivered", "failed", "dropped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message to one receiver: it may tell of several alerts. */
export type Delivery = {
  readonly id: string;
  readonly notifier: string;
  readonly about: "firing" | "resolved" | "reminder" | "test";
  readonly alertIds: readonly string[];
  readonly state: DeliveryState;
  readonly attempts: number;
  /** In the receiver's words, without a secret; null while none failed. */
  readonly error: string | null;
  readonly createdAt: Instant;
  readonly lastTriedAt: Instant | null;
  readonly nextTryAt: Instant | null;
  readonly deliveredAt: Instant | null;
};

/** What every picture of a cluster carries of alerts. */
export type AttentionBoard = {
  /** Firing and resolving ones of this cluster, worst first. */
  readonly alerts: readonly Alert[];
  /** Silences and windows of this cluster, or of all, that are in force or still to come, the soonest to end first. */
  readonly silences: readonly Silence[];
  /** Notifiers whose last delivery failed. */
  readonly failingNotifiers: readonly string[];
  /** The store cannot be written: what is said here is this dashboard's alone, and may be told twice. */
  readonly inMemory: boolean;
};
