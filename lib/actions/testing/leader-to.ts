import type { ClusterState } from "@/lib/domain/cluster-state";
import type { DcsView } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";

/** The state with another view of the DCS, seen just now. */
export function dcsTo(state: ClusterState, change: Partial<DcsView>, at = Date.now()): ClusterState {
  const { good } = state.dcs;
  if (!good) return state;
  return { ...state, dcs: { ...state.dcs, good: { ...good, at, value: { ...good.value, ...change } } } };
}

export const leaderTo = (state: ClusterState, name: string, modRevision: string): ClusterState =>
  dcsTo(state, { leader: { name: memberName(name), modRevision, lease: null } });
