import type { PlanContext } from "../actions/facts";
import type { NextFailure } from "../actions/plan";
import { lastOf } from "../evidence/evidence";
import type { MemberName } from "../ids";
import { pictureAfter } from "../next-failure/after";
import { WRITES_RANK } from "../next-failure/foretell";
import { predictFailures } from "../next-failure/predict";
import { dcsOf, maximumLagBytes } from "../preflight/checks/look";

/** What single failures would do once the action is done; those that stop writes first. */
export function nextFailures(
  context: PlanContext,
  after: { readonly leader: MemberName | null; readonly without: readonly MemberName[]; readonly paused: boolean },
): readonly NextFailure[] {
  return predictFailures(pictureAfter(context.snapshot, after), maximumLagBytes(lastOf(dcsOf(context)))).toSorted(
    (a, b) => WRITES_RANK[a.writes] - WRITES_RANK[b.writes],
  );
}
