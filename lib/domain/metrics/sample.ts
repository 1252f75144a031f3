import type { EpochMs } from "../ids";
import type { MetricId } from "./catalog";

/** One figure at one moment. What was not observed has no sample; it is never 0 in its place. */
export type Sample = {
  readonly metric: MetricId;
  /** A member's name, a HAProxy node's, a source's id, the VIP's address or an etcd endpoint: see the metric's `of`. */
  readonly subject: string;
  /** A slot, database, state, pool or server: see the metric's `detail`; empty where there is none. */
  readonly detail: string;
  readonly at: EpochMs;
  readonly value: number;
};
