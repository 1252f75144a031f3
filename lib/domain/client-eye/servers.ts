import type { ClusterState } from "../cluster-state";
import type { MemberName } from "../ids";

/**
 * The member whose postmaster started at that microsecond, by what its Patroni or PostgreSQL told last, fresh or not: a server
 * that is gone still was that server. Null when none or several did.
 */
export function memberStartedAt(
  state: Pick<ClusterState, "roster" | "patroni" | "postgres">,
  started: string | null,
): MemberName | null {
  if (!started) return null;
  const [only, ...others] = state.roster.filter(
    ({ name }) =>
      state.patroni[name]?.good?.value.postmasterStartTime === started ||
      state.postgres[name]?.good?.value.postmasterStartTime === started,
  );
  return only && others.length === 0 ? only.name : null;
}
