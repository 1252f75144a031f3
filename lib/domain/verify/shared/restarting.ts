import { outOfSight } from "../../evidence/evidence";
import type { EpochMs, MemberName } from "../../ids";
import { message } from "../../message";
import { whatItDoes } from "../handover/followers";
import { startOfOperation } from "../handover/times";
import type { OperationOf, VerifyWorld } from "../types";
import { type CallState, callState, twoLoopsMs } from "./calls";
import { look, restartedSince, type Sight, streamsOn, timelineSeen } from "./sight";
import { type Finding, stepBefore, wasDone } from "./steps";

/**
 * One member's restart: another postmaster than in the fence, running, and leading or streaming again. Judged by the server alone; the
 * answer only says when it will not come.
 */
export function judgeMember(
  operation: OperationOf<"restart">,
  world: VerifyWorld,
  name: MemberName,
  id: string,
): Finding {
  if (wasDone(operation, id)) return { state: "done", detail: stepBefore(operation, id)?.detail ?? null };
  const call = callState(operation, world, id);
  const sight = look(world);
  const { scheduledAt } = operation.request;
  if (scheduledAt !== null && world.now < Date.parse(scheduledAt))
    return waitingForTime(operation, call, sight, name, id);
  const since = scheduledAt === null ? beganAt(operation, call) : Date.parse(scheduledAt);
  if (since === null) return { state: "waiting" };
  const member = sight.member(name);
  const restarted = restartedSince(member, operation.fence, since);
  if (restarted) return back(operation, world, sight, name, since);
  const view = world.snapshot.members.find((one) => one.name === name) ?? null;
  if (call.state === "answered" && restarted === false) {
    const over = overWithout(
      operation,
      world,
      call,
      scheduledAt === null ? call.at : Date.parse(scheduledAt),
      sight,
      name,
    );
    if (over) return over;
  }
  // Turned down, and out of sight: there is nothing to wait for.
  if (call.state === "answered" && (call.answer.kind === "not-sent" || call.answer.kind === "refused"))
    return turnedDown(operation, call.answer.text);
  if (outOfSight(member)) return { state: "running", detail: message("verify.detail.unseen", { member: name }) };
  const busy = view !== null && view.state !== "running";
  const detail = busy ? whatItDoes(name, view, null) : message("verify.detail.not-restarted", { member: name });
  return { state: "running", detail };
}

function beganAt(operation: OperationOf<"restart">, call: CallState): EpochMs | null {
  switch (call.state) {
    case "not-called":
      return null;
    case "answered":
      return Date.parse(call.answer.sentAt);
    default:
      return startOfOperation(operation);
  }
}

/** It runs anew; it is back when it leads or streams. A flag that stays is told, and not waited for longer than two loops. */
function back(
  operation: OperationOf<"restart">,
  world: VerifyWorld,
  sight: Sight,
  name: MemberName,
  since: EpochMs,
): Finding {
  const member = sight.member(name);
  const leader = sight.dcs?.leader?.name ?? null;
  const view = world.snapshot.members.find((one) => one.name === name) ?? null;
  const leads = leader === name && member?.writable.says === "writable" && member.writable.at >= since;
  const heads = leader === name && member?.patroni.state === "fresh" && member.patroni.value.role === "standby-leader";
  const follows =
    leader !== null && leader !== name && streamsOn(member, timelineSeen(sight.member(leader), sight), since);
  if (!leads && !heads && !follows) return { state: "running", detail: whatItDoes(name, view, null) };
  if (!view?.pendingRestart) return { state: "done" };
  const detail = message("verify.detail.still-pending", { member: name });
  const before = stepBefore(operation, `restart:${name}`);
  const from = before?.detail?.key === detail.key && before.startedAt ? Date.parse(before.startedAt) : world.now;
  return world.now - Math.max(from, since) >= twoLoopsMs(world.state)
    ? { state: "done", detail }
    : { state: "running", detail };
}

/** The call ended and the old postmaster still runs: whether that is the end of it. */
function overWithout(
  operation: OperationOf<"restart">,
  world: VerifyWorld,
  { answer }: Extract<CallState, { readonly state: "answered" }>,
  from: EpochMs,
  sight: Sight,
  name: MemberName,
): Finding | null {
  if (answer.kind === "refused" || answer.kind === "not-sent") return turnedDown(operation, answer.text);
  const member = sight.member(name);
  const runs =
    member?.patroni.state === "fresh" && member.patroni.value.state === "running" && member.patroni.at >= from;
  if (!runs || world.now - from < twoLoopsMs(world.state)) return null;
  const key = operation.request.scheduledAt === null ? "verify.detail.not-restarted" : "verify.detail.restart-dropped";
  return { state: "failed", detail: message(key, { member: name }) };
}

/** Asked to restart only what waits for it, Patroni refuses where nothing does. */
function turnedDown({ request }: OperationOf<"restart">, text: string): Finding {
  const idle = request.onlyPending && /restart conditions are not satisfied/.test(text);
  return { state: idle ? "skipped" : "failed", detail: message("verify.detail.said", { text }) };
}

/** Before its time a scheduled restart is what the member's key says. */
function waitingForTime(
  operation: OperationOf<"restart">,
  call: CallState,
  sight: Sight,
  name: MemberName,
  id: string,
): Finding {
  if (call.state === "answered" && (call.answer.kind === "refused" || call.answer.kind === "not-sent"))
    return { state: "failed", detail: message("verify.detail.said", { text: call.answer.text }) };
  const key = sight.dcs?.members.find((one) => one.name === name) ?? null;
  const before = stepBefore(operation, id)?.detail ?? null;
  if (key === null) return { state: "waiting", detail: before };
  if (key.scheduledRestart !== null)
    return { state: "waiting", detail: message("verify.detail.restart-set", { member: name }) };
  const was = before?.key === "verify.detail.restart-set" || before?.key === "verify.detail.restart-unset";
  return { state: "waiting", detail: was ? message("verify.detail.restart-unset", { member: name }) : null };
}
