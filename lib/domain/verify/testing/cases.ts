import { expect, it } from "vitest";
import type { ActionKind, RequestOf } from "../../actions/request";
import type { ClusterState } from "../../cluster-state";
import { patchPatroni, patchPostgres } from "../../testing/builders";
import { operationOf } from "../../testing/operations";
import { verbOf } from "..";
import { endOf, follow, type Moment, worldOf } from "./follow";

export type Ends = readonly (readonly [string, string] | null)[];
export type Case = readonly [string, readonly Moment[], Ends];
export type Change = NonNullable<Moment["change"]>;

export function check<K extends ActionKind>(request: RequestOf<K>, cases: readonly Case[], start?: ClusterState) {
  it.each(cases)("%s", (_name, moments, ends) => {
    expect(follow(request, moments, start ? { start } : {}).map((one) => endOf(one))).toEqual(ends);
  });
}

export const RESTARTED = "2026-11-21 03:00:02.000001+00:00";
export const restarted =
  (name: string, start = RESTARTED): Change =>
  (s, at) =>
    patchPostgres(patchPatroni(s, name, { postmasterStartTime: start }, at), name, { postmasterStartTime: start }, at);
export const patroniIs =
  (name: string, over: Parameters<typeof patchPatroni>[2]): Change =>
  (s, at) =>
    patchPatroni(s, name, over, at);
export const callTo = (request: RequestOf<ActionKind>, state: ClusterState, over = {}) =>
  verbOf(request.action).next(operationOf(request, state, over) as never, worldOf(state));
