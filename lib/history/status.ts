import type { StoreFailure } from "@/lib/db/types";
import type { EpochMs } from "@/lib/domain/ids";
import type { StoreStatus } from "./types";

/** What the writer knows of itself at one moment. */
export type WriterFacts = {
  readonly failure: StoreFailure | null;
  /** When the oldest of what waits was handed over; null when nothing waits. */
  readonly oldestWaitingSince: EpochMs | null;
};

/** Handed over longer ago than this and not written: late. */
export const BEHIND_MS = 5_000;

/** A failure of the last attempt makes it `failing`, until one succeeds; lateness alone makes it `behind`. */
export function stateOf({ failure, oldestWaitingSince }: WriterFacts, now: EpochMs): StoreStatus["state"] {
  if (failure) return "failing";
  return oldestWaitingSince !== null && now - oldestWaitingSince > BEHIND_MS ? "behind" : "ok";
}
