import type { ClusterState } from "../cluster-state";
import type { WriteGap } from "../events/event";
import { instant } from "../ids";
import type { ClosedGap, OpenGap } from "./fold";
import { memberStartedAt } from "./servers";

/** A gap as it is stored: with members' names, as far as their servers are known by now. */
export function toWriteGap(
  state: Pick<ClusterState, "spec" | "roster" | "patroni" | "postgres">,
  gap: OpenGap | ClosedGap,
): WriteGap {
  const over = "endedAt" in gap ? gap : null;
  return {
    scope: state.spec.scope,
    startedAt: instant(gap.startedAt),
    endedAt: over && instant(over.endedAt),
    attempts: gap.attempts,
    failures: gap.failures,
    from: memberStartedAt(state, gap.from),
    to: memberStartedAt(state, over?.to ?? null),
  };
}
