import type { PlanContext } from "../actions/facts";
import type { Check } from "../actions/plan";
import type { ClusterState } from "../cluster-state";

/** One row of a table of checks: what is so, and what the check says of it: its status and the last part of its text's key. */
export type Row = readonly [what: string, says: Says, change: (state: ClusterState) => ClusterState];
/** The same where it is not the state that differs, but what else a plan is made from. */
export type RowOver = readonly [what: string, says: Says, over: Partial<PlanContext>];
type Says = `${Check["status"]} ${string}`;

export const asIs = (state: ClusterState): ClusterState => state;

/** What a check said, as the rows spell it. */
export const verdict = (check: Check): string => `${check.status} ${check.text.key.split(".").slice(2).join(".")}`;

/** As if one target had last answered that many ms ago, and were silent since. */
export function aged(
  state: ClusterState,
  room: "patroni" | "postgres" | "dcsMembers" | "vitals",
  target: string,
  ms: number,
) {
  const look = state[room][target];
  if (!look?.good) return state;
  const good = { ...look.good, at: look.good.at - ms };
  const failure = { kind: "timeout", text: "timed out" } as const;
  const last = { at: look.good.at, tookMs: 1_500, failure };
  return { ...state, [room]: { ...state[room], [target]: { ...look, good, last, failures: 3 } } };
}

/** The same of the DCS. */
export function agedDcs(state: ClusterState, ms: number): ClusterState {
  const { good } = state.dcs;
  if (!good) return state;
  const failure = { kind: "timeout", text: "timed out" } as const;
  const last = { at: good.at, tookMs: 1_500, failure };
  return { ...state, dcs: { ...state.dcs, good: { ...good, at: good.at - ms }, last, failures: 3 } };
}

/** As if a target had never been asked. */
export function never(state: ClusterState, room: "patroni" | "postgres", target: string): ClusterState {
  const { [target]: _, ...others } = state[room];
  return { ...state, [room]: others } as ClusterState;
}

export const neverDcs = (state: ClusterState): ClusterState => ({
  ...state,
  dcs: { ...state.dcs, good: null, last: null, failures: 0 },
});
