import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { listed } from "./amounts";
import { block, pass, warn } from "./check";
import { dcsOf, keyOf, patroniOf, startTimeoutSeconds } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/** What a restart adds: whose writes stop, what waits for one, and what is planned already. */

const LOOK_AGAIN = message("preflight.advice.look-again");

/** Whether a restart waits for the member's settings; null where no fresh word tells. */
export function pendingRestart(context: PlanContext, member: MemberName): boolean | null {
  const words = [freshOf(patroniOf(context, member))?.pendingRestart, keyOf(context, member)?.pendingRestart];
  const known = words.filter((one) => one !== undefined);
  return known.length === 0 ? null : known.some(Boolean);
}

export function restartStopsWrites(context: PlanContext, members: readonly MemberName[]): Check {
  const id = "restart-leader";
  const evidence = [seenDcs(context)];
  const view = freshOf(dcsOf(context));
  if (!view) return block(context, id, message("preflight.restart-leader.unseen"), LOOK_AGAIN, evidence);
  const leader = view.leader?.name ?? null;
  if (leader === null || !members.includes(leader))
    return pass(context, id, message("preflight.restart-leader.no"), evidence);
  const text = message("preflight.restart-leader.yes", { leader });
  const seconds = startTimeoutSeconds(view);
  const advice = view.pause
    ? message("preflight.restart-leader.paused-advice")
    : message("preflight.restart-leader.yes-advice", { seconds });
  return warn(context, id, text, advice, [...evidence, seenPatroni(context, leader)]);
}

/** Asked only where the restart is meant for those that wait for one. */
export function somePending(context: PlanContext, members: readonly MemberName[]): Check {
  const id = "restart-pending";
  const evidence = members.map((name) => seenPatroni(context, name));
  const states = members.map((name) => ({ name, waits: pendingRestart(context, name) }));
  const waiting = states.filter(({ waits }) => waits === true).map(({ name }) => name);
  if (waiting.length > 0)
    return pass(context, id, message("preflight.restart-pending.some", { members: listed(waiting) }), evidence);
  if (states.some(({ waits }) => waits === null))
    return block(context, id, message("preflight.restart-pending.unseen"), LOOK_AGAIN, evidence);
  const advice = message("preflight.restart-pending.none-advice");
  return block(context, id, message("preflight.restart-pending.none"), advice, evidence);
}

/** Patroni keeps one schedule a member: a second is refused, and a restart now leaves the first standing. */
export function noSchedule(context: PlanContext, members: readonly MemberName[], scheduling: boolean): Check {
  const id = "restart-schedule";
  const evidence = [seenDcs(context)];
  if (dcsOf(context).state !== "fresh")
    return block(context, id, message("preflight.restart-schedule.unseen"), LOOK_AGAIN, evidence);
  const planned = members.filter((name) => keyOf(context, name)?.scheduledRestart);
  if (planned.length === 0) return pass(context, id, message("preflight.restart-schedule.none"), evidence);
  const text = message("preflight.restart-schedule.some", { members: listed(planned) });
  return scheduling
    ? block(context, id, text, message("preflight.restart-schedule.second-advice"), evidence)
    : warn(context, id, text, message("preflight.restart-schedule.stays-advice"), evidence);
}

/** Scheduled, each member keeps its own time: nothing waits for the one before. */
export function notTogether(context: PlanContext, members: readonly MemberName[]): Check {
  const id = "scheduled-together";
  const text = message("preflight.scheduled-together.text", { count: members.length });
  return warn(context, id, text, message("preflight.scheduled-together.advice"));
}

/** There is something to cancel. */
export function scheduleThere(context: PlanContext, member: MemberName): Check {
  const id = "restart-scheduled";
  const evidence = [seenDcs(context)];
  if (dcsOf(context).state !== "fresh")
    return block(context, id, message("preflight.restart-scheduled.unseen"), LOOK_AGAIN, evidence);
  const at = keyOf(context, member)?.scheduledRestart ?? null;
  if (at !== null) return pass(context, id, message("preflight.restart-scheduled.yes", { member, at }), evidence);
  const advice = message("preflight.restart-scheduled.no-advice");
  return block(context, id, message("preflight.restart-scheduled.no", { member }), advice, evidence);
}
