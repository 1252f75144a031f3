import type { OperationView } from "../actions/operation";
import type { EpochMs, MemberName } from "../ids";
import type { Snapshot } from "../snapshot";
import type { Condition, Judged } from "./condition";

/** What a run sees of its cluster at one moment. */
export type RunSight = {
  readonly now: EpochMs;
  /** What a condition comes to, by the newest picture and the inputs of the run. */
  readonly judge: (condition: Condition) => Judged;
  /** Who leads; with `name` null nobody does. Null: that is out of sight. */
  readonly leader: { readonly name: MemberName | null } | null;
  /** What was done on the cluster lately, and what the run follows. */
  readonly operations: readonly OperationView[];
};

/** Who leads by a fresh view of the DCS alone. */
export function leaderSeen({ leader, dcs }: Pick<Snapshot, "leader" | "dcs">): RunSight["leader"] {
  if (leader) return { name: leader.name };
  return dcs.trust === "fresh" && dcs.leaderKey === null ? { name: null } : null;
}
