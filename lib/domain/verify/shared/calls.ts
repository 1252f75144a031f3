import type { Call } from "../../actions/call";
import type { AnsweredCall, Operation } from "../../actions/operation";
import type { ClusterState } from "../../cluster-state";
import type { EpochMs, MemberName } from "../../ids";
import type { VerifyWorld } from "../types";

/** Patroni's own default, where nobody could read the configuration. */
const LOOP_WAIT_SECONDS = 10;
const SMALL_CALL_MS = 10_000;

type PatroniCall = Extract<Call, { readonly system: "patroni" }>;

export const loopWaitMs = (state: ClusterState): number =>
  (state.dcs.good?.value.loopWaitSeconds ?? LOOP_WAIT_SECONDS) * 1_000;

/** After this long without any change what was asked for will not come any more, in ms. */
export const twoLoopsMs = (state: ClusterState): number => 2 * loopWaitMs(state);

/**
 * How long the answer to a switchover or failover is waited for, in ms. Patroni polls for `2·max(10, loop_wait)` rounds of a second and
 * a read of the DCS (`api.py`, `poll_failover_result`); half as much again for a slow DCS.
 */
export const handoverTimeoutMs = (state: ClusterState): number =>
  2 * Math.max(10_000, loopWaitMs(state)) * 1.5 + SMALL_CALL_MS;

/** A restart waits 300 s for PostgreSQL by default (`primary_start_timeout`), and is stopped before that for as long as it takes. */
export const RESTART_TIMEOUT_MS = 330_000;

/** A call to the REST API of that very member. Without a published address it has none, and whoever sends it says so. */
export function patroniCall(
  state: ClusterState,
  member: MemberName,
  parts: Pick<PatroniCall, "id" | "method" | "path" | "body"> & { readonly timeoutMs?: number },
): PatroniCall {
  const entry = state.roster.find(({ name }) => name === member);
  const published = state.dcs.good?.value.members.find(({ name }) => name === member);
  const origin = entry?.apiUrl ?? published?.apiUrl ?? "";
  return { system: "patroni", member, origin, timeoutMs: SMALL_CALL_MS, ...parts };
}

/** Where the call of that id stands. `answer` of a call that is under way is what was written down before it was sent: not one. */
export type CallState =
  | { readonly state: "not-called" }
  | { readonly state: "in-flight" }
  | { readonly state: "answered"; readonly answer: AnsweredCall; readonly at: EpochMs }
  /** A predecessor was about to send it and may have: nothing is known of it but when. */
  | { readonly state: "lost"; readonly at: EpochMs };

type Of = Pick<Operation, "answers" | "resumed" | "phase" | "startedAt" | "createdAt">;

export function callState(operation: Of, world: Pick<VerifyWorld, "inFlight">, id: string): CallState {
  if (world.inFlight.has(id)) return { state: "in-flight" };
  const answer = operation.answers.find((one) => one.id === id);
  if (answer) return { state: "answered", answer, at: Date.parse(answer.sentAt) + answer.tookMs };
  const mayBeSent = operation.phase !== "checking" && operation.phase !== "locked";
  if (operation.resumed > 0 && mayBeSent && operation.answers.length === 0)
    return { state: "lost", at: Date.parse(operation.startedAt ?? operation.createdAt) };
  return { state: "not-called" };
}

/** When the call ended, whatever became of it; null while it is under way or was never made. */
export const endedAt = (call: CallState): EpochMs | null => ("at" in call ? call.at : null);

/** The answer, once there is one that says that the request was turned down or never arrived. */
export function refusalOf(call: CallState): AnsweredCall | null {
  if (call.state !== "answered") return null;
  return call.answer.kind === "refused" || call.answer.kind === "not-sent" ? call.answer : null;
}

/** The called system said that it took it, or even that it is done. */
export const wasTaken = (call: CallState): boolean =>
  call.state === "answered" && ["done", "done-otherwise", "accepted", "scheduled"].includes(call.answer.kind);

/** Call to be made now: nothing when it was made already. */
export const once = (operation: Of, world: Pick<VerifyWorld, "inFlight">, call: Call): Call | null =>
  callState(operation, world, call.id).state === "not-called" ? call : null;
