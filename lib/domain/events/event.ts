import type { ClusterScope, Instant } from "../ids";
import type { Message } from "../message";

/** What happened to a cluster, as a row of the record. */

export const EVENT_KINDS = [
  "leader",
  "verdict",
  "role",
  "state",
  "timeline",
  "member-joined",
  "member-left",
  "vip",
  "pool-server",
  "source-lost",
  "source-back",
  "pause",
  "scheduled",
  "handover",
  "configuration",
  "backup",
  "archiving",
  "dcs-leader",
  "dcs-health",
  "write-gap",
  "dashboard",
  "history",
  "operation",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export type EventSeverity = "info" | "notice" | "warn" | "critical";

export type ClusterEvent = {
  readonly scope: ClusterScope;
  /** When it happened as far as we can tell: the observation that showed it, or the time that Patroni's history gives. */
  readonly at: Instant;
  /** Set when it may have happened any time since then, because we were not looking; null when we saw it happen. */
  readonly notBefore: Instant | null;
  readonly kind: EventKind;
  readonly severity: EventSeverity;
  /** The member, pool, source … that it is about; the scope when it is about the cluster. */
  readonly subject: string;
  readonly text: Message;
  /** Plain JSON beside the sentence: figures, the diff of a configuration, evidence. Carries no secret. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Who says so. */
  readonly source: "observed" | "patroni-history" | "client-eye" | "dashboard";
  /** The same happening, told twice, has the same key and is kept once; null where that cannot be. */
  readonly dedupe: string | null;
};

/** An event as stored: `id` grows with each row of the store. */
export type StoredEvent = ClusterEvent & { readonly id: number };

/** A time during which the client's eye could not have written. */
export type WriteGap = {
  readonly scope: ClusterScope;
  /** When the last look that found a writable server had its answer. */
  readonly startedAt: Instant;
  /** When the first look after it found a writable server again; null while it lasts. */
  readonly endedAt: Instant | null;
  /** Looks that failed or found a read-only server. */
  readonly attempts: number;
  /** Failures by kind (`refused`, `timeout`, `read-only`, …) and how often each. */
  readonly failures: Readonly<Record<string, number>>;
  /** Members that answered as writable before and after; null where the server could not be told. */
  readonly from: string | null;
  readonly to: string | null;
};
