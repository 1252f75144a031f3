import type { PlanContext } from "../actions/facts";
import type { ClientImpact } from "../actions/plan";
import { instant, type MemberName } from "../ids";
import { serverOf } from "../preflight/checks/look";

/** The sessions that end, by member, largest groups first. A member that could not be asked is left out: it is not the same as nobody. */
export function clientsCut(context: PlanContext, members: readonly MemberName[]): readonly ClientImpact[] {
  return members.flatMap((member) => {
    const known = serverOf(context, member);
    if (known.state === "unknown") return [];
    const groups = known.value.clients.toSorted(
      (a, b) => b.count - a.count || a.application.localeCompare(b.application),
    );
    const total = groups.reduce((sum, { count }) => sum + count, 0);
    return [{ member, total, groups, at: instant(known.at) }];
  });
}
