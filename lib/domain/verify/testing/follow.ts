import type { AnsweredCall, Operation } from "../../actions/operation";
import type { ActionKind, RequestOf } from "../../actions/request";
import type { ClusterState } from "../../cluster-state";
import { refreshed } from "../../events/testing/play";
import type { EpochMs } from "../../ids";
import type { Snapshot } from "../../snapshot";
import { buildSnapshot } from "../../snapshot/build";
import { healthyState, NOW } from "../../testing/builders";
import { operationOf } from "../../testing/operations";
import { bareText } from "../../testing/samples";
import { verbOf } from "..";
import type { Verification, VerifyWorld } from "../types";

export type Moment = {
  /** After the moment before, in ms. */
  readonly afterMs: number;
  readonly change?: (state: ClusterState, at: EpochMs) => ClusterState;
  /** Answers that have come by then; each replaces one of the same id. */
  readonly answers?: readonly AnsweredCall[];
  readonly inFlight?: readonly string[];
  /** True: nothing answers any more, so that everything grows stale. */
  readonly blind?: boolean;
};

export type Told = Verification & { readonly at: EpochMs; readonly operation: Operation };

export type Follow = {
  readonly start?: ClusterState;
  readonly over?: Partial<Operation>;
  readonly world?: Partial<VerifyWorld>;
};

/** Judges one operation at moment after moment as the pipeline does, carrying what was found along; one result for each. */
export function follow<K extends ActionKind>(
  request: RequestOf<K>,
  moments: readonly Moment[],
  { start = healthyState(), over = {}, world = {} }: Follow = {},
): readonly Told[] {
  let at = NOW;
  let state = start;
  let previous: Snapshot | null = null;
  let operation: Operation = operationOf(request, start, over);
  let inFlight: readonly string[] = [];
  return moments.map(({ afterMs, change, answers = [], inFlight: now, blind = false }) => {
    at += afterMs;
    state = blind ? state : refreshed(state, at);
    state = change ? change(state, at) : state;
    inFlight = now ?? inFlight.filter((id) => !answers.some((one) => one.id === id));
    const snapshot: Snapshot = { ...buildSnapshot(state, previous, at, bareText), version: 1 };
    previous = snapshot;
    const kept = operation.answers.filter(({ id }) => !answers.some((one) => one.id === id));
    operation = { ...operation, answers: [...kept, ...answers] };
    const seen: VerifyWorld = { now: at, state, snapshot, inFlight: new Set(inFlight), gaps: null, ...world };
    const told = verbOf(operation.action).verify(operation as never, seen);
    const { steps, writeGapMs, writeGapBasis, receipt, progress } = told;
    operation = { ...operation, steps, writeGapMs, writeGapBasis, receipt, progress };
    return { ...told, at, operation };
  });
}

export const worldOf = (state: ClusterState, now: EpochMs = NOW, over: Partial<VerifyWorld> = {}): VerifyWorld => ({
  now,
  state,
  snapshot: buildSnapshot(state, null, now, bareText),
  inFlight: new Set(),
  gaps: null,
  ...over,
});

/** `waiting`, `done`, … by step. */
export const states = ({ steps }: Pick<Verification, "steps">) =>
  Object.fromEntries(steps.map(({ id, state }) => [id, state]));

/** The end in two words; null while it runs. */
export const endOf = (told: Verification | undefined): readonly [string, string] | null =>
  told?.end ? [told.end.state, told.end.outcome.code] : null;
