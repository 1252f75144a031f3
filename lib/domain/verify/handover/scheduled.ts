import type { Operation } from "../../actions/operation";
import type { EpochMs, Instant } from "../../ids";
import { message } from "../../message";
import { callState, endedAt, twoLoopsMs } from "../shared/calls";
import { look, reignOf, type Sight } from "../shared/sight";
import { closeOpen, type Finding, stepOf, wasDone } from "../shared/steps";
import { type End, ending, type Findings, refusedBy, takenFinding } from "../shared/verdicts";
import type { VerifyWorld } from "../types";
import type { Handover } from "./asked";
import { judgeHandover } from "./judge";

/** Clocks of the leader's host and ours differ by as much: a key that goes so shortly before its time was carried out. */
const CLOCKS_MS = 5_000;

type Asked = Pick<Handover, "call" | "candidate" | "done"> & { readonly scheduledAt: Instant };

/**
 * A switchover that Patroni carries out at a set time: until then it is what the failover key says. Patroni checks nothing when it takes
 * one, and drops in silence what it cannot carry out (PROTOCOLS A.5).
 */
export function judgeScheduled(operation: Operation, world: VerifyWorld, asked: Asked): Findings {
  const due = Date.parse(asked.scheduledAt);
  const sight = look(world);
  const call = callState(operation, world, asked.call);
  const set = holds(sight, due);
  const step = (id: string, finding: Finding) =>
    stepOf(operation, world.now, id, message(`verify.step.${id}`), finding);
  const scheduled = step(
    "scheduled",
    set || wasDone(operation, "scheduled") ? { state: "done" } : { state: "waiting" },
  );
  const handover = judgeHandover(operation, world, { ...asked, since: due - CLOCKS_MS, lapsed: "dropped" });
  const [, ...rest] = handover.steps;
  const taken = step("taken", wasDone(operation, "taken") ? { state: "done" } : takenFinding(call, set));
  const steps = [taken, scheduled, ...rest];
  if (world.now >= due - CLOCKS_MS) return { ...handover, steps };

  const waiting = [
    taken,
    scheduled,
    ...rest.map((one) => ({ ...one, state: "waiting" as const, detail: null, startedAt: null, endedAt: null })),
  ];
  const end = endBefore(operation, world, sight, { ...asked, due, set });
  const closed = end === null || end.state === "scheduled" ? waiting : closeOpen(waiting, world.now, "skipped");
  return { steps: closed, end };
}

/** The failover key names that moment; it is read back in the server's spelling. */
function holds({ dcs }: Sight, due: EpochMs): boolean {
  const at = dcs?.failover?.scheduledAt;
  return at != null && Math.abs(Date.parse(at) - due) < 1_000;
}

function endBefore(
  operation: Operation,
  world: VerifyWorld,
  sight: Sight,
  { call: id, scheduledAt, set, candidate }: Asked & { readonly due: EpochMs; readonly set: boolean },
): End | null {
  if (set) {
    const params = { candidate: candidate ?? "", any: candidate === null ? "yes" : "no", at: minutes(scheduledAt) };
    return ending("scheduled", "scheduled", message("outcome.scheduled", params));
  }
  const call = callState(operation, world, id);
  const ended = endedAt(call);
  const looked = sight.dcsAt !== null && ended !== null && sight.dcsAt >= ended;
  if (wasDone(operation, "scheduled")) {
    if (sight.dcs === null) return null;
    const reign = reignOf(sight, operation.fence);
    const moved = reign.kind === "moved" ? [message("outcome.reason.other-leads", { leader: reign.leader })] : [];
    return ending("done-otherwise", "cancelled", message("outcome.cancelled", { at: minutes(scheduledAt) }), moved);
  }
  if (looked && refusedBy(call)) return refusedBy(call);
  if (!looked || ended === null || world.now - ended < twoLoopsMs(world.state)) return null;
  return ending("failed", "not-scheduled", message("outcome.not-scheduled"));
}

/** `2026-11-21 03:00 UTC`; a message carries no moment that the reader's language could format. */
export const minutes = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
