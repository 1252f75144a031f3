import type { WriteGap } from "../events/event";
import type { ClusterScope, Instant } from "../ids";
import type { Message } from "../message";

/** What is told of one window of a cluster's past: how long nobody could write, in which phases, and what was said meanwhile. */

/** In the order in which a failover usually goes through them; a real one may take another order or leave some out. */
export const MILESTONES = [
  "asked",
  "lock-lost",
  "leader-key",
  "promoted",
  "haproxy-switched",
  "haproxy-all",
  "vip-moved",
  "first-write",
] as const;
export type MilestoneId = (typeof MILESTONES)[number];

export type Milestone = {
  readonly id: MilestoneId;
  /** The observation that first showed it: never earlier than it happened. */
  readonly at: Instant;
  readonly text: Message;
};

/** From one milestone to the next, named by the one that ends it. Phases are contiguous and sum up to the outage. */
export type Phase = {
  readonly id: MilestoneId;
  readonly from: Instant;
  readonly to: Instant;
  readonly lengthMs: number;
  /** What ended it. */
  readonly evidence: Message;
};

export type Outage = {
  readonly startedAt: Instant;
  /** Null: not over within the window. */
  readonly endedAt: Instant | null;
  /** Until the end of the window while it is not over. */
  readonly lengthMs: number;
  /** `client-eye`: measured by a session through the VIP's write port; `pictures`: by our own verdicts, no finer than our beat. */
  readonly basis: "client-eye" | "pictures";
};

export type IncidentKind = "switchover" | "manual-failover" | "failover" | "outage" | "none";

export type Said = {
  readonly at: Instant;
  readonly state: "ok" | "degraded" | "broken" | "split" | "unknown";
  readonly message: Message;
  /** In English. */
  readonly sentence: string;
};

export type Incident = {
  readonly scope: ClusterScope;
  readonly window: { readonly from: Instant; readonly to: Instant };
  readonly kind: IncidentKind;
  /** The longest time without writes within the window; null when there was none. */
  readonly outage: Outage | null;
  readonly phases: readonly Phase[];
  /** Milestones before the outage began: a handover is asked for while writes still flow. */
  readonly prelude: readonly Milestone[];
  /** Milestones after writes were possible again. */
  readonly aftermath: readonly Milestone[];
  readonly before: { readonly leader: string | null; readonly timeline: number | null };
  readonly after: { readonly leader: string | null; readonly timeline: number | null };
  /** Every gap that overlaps the window. */
  readonly gaps: readonly WriteGap[];
  /** The verdict's sentences in the order in which they were shown, each once a time. */
  readonly sentences: readonly Said[];
  /** Times within the window in which nobody was recording. */
  readonly holes: readonly { readonly from: Instant; readonly to: Instant }[];
};
