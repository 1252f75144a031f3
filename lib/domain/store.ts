import type { Instant } from "./ids";

/**
 * How the dashboard's own record does, as every picture carries it: a page must be able to say that what it shows now is not being
 * written down. Nothing about the cluster is concluded from it.
 */
export type StoreView = {
  readonly kind: "sqlite" | "postgres";
  /** `ok`: what is seen is written. `behind`: written late. `failing`: not written now, and kept in memory as long as it fits. */
  readonly state: "ok" | "behind" | "failing";
  /** Since when it is in this state. */
  readonly since: Instant;
  /** The last write that succeeded; null when there was none since the start, and while all is well, when it is always just now. */
  readonly lastWriteAt: Instant | null;
  readonly failure: {
    readonly kind: "unavailable" | "full" | "slow" | "corrupt" | "failed";
    /** In the words of the store. */
    readonly text: string;
  } | null;
  /** Rows that wait in memory; 0 while all is well. */
  readonly waiting: number;
  /** Rows that found no room in memory and are lost, since the start of the dashboard. */
  readonly dropped: number;
};
