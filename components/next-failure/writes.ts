import type { Level } from "@/components/status/level";
import type { NextFailure } from "@/lib/domain/actions/plan";

/** What clients that write get to feel of a failure, as a mark. That they feel nothing is quiet. */
export const LEVEL_OF_WRITES: Readonly<Record<NextFailure["writes"], Level>> = {
  lost: "crit",
  unknown: "blind",
  served: "ok",
};
