import type { Call } from "../actions/call";
import type { Step } from "../actions/operation";
import type { MemberName } from "../ids";
import { type Message, message } from "../message";
import { BLIND_MS } from "./handover/after";
import { gapByEye } from "./handover/measures";
import { minutes } from "./handover/scheduled";
import { startOfOperation } from "./handover/times";
import { callState, patroniCall, RESTART_TIMEOUT_MS } from "./shared/calls";
import { judgeMember } from "./shared/restarting";
import { look } from "./shared/sight";
import { doneAt, SETTLED, stepOf } from "./shared/steps";
import { restartTargets } from "./shared/targets";
import { ending, type Findings, judged } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

type Restart = OperationOf<"restart">;
const callId = (member: MemberName) => `restart:${member}`;

/** Replicas one after the other, each back before the next, and the leader last; the first that does not come back stops the row. */
export const restart: Verb<"restart"> = {
  action: "restart",
  next(operation, world): Call | null {
    const { onlyPending, scheduledAt } = operation.request;
    for (const member of restartTargets(operation, world)) {
      const call = callState(operation, world, callId(member));
      if (call.state === "in-flight" || call.state === "lost") return null;
      if (call.state === "answered") {
        if (scheduledAt !== null || settled(operation, world, member) === "done") continue;
        return null;
      }
      return patroniCall(world.state, member, {
        id: callId(member),
        method: "POST",
        path: "/restart",
        body: {
          // Patroni asks whether it is there, not what it says: `false` would mean the same as `true`.
          ...(onlyPending ? { restart_pending: true } : {}),
          ...(scheduledAt === null ? {} : { schedule: scheduledAt }),
        },
        timeoutMs: RESTART_TIMEOUT_MS,
      });
    }
    return null;
  },
  verify: (operation, world) =>
    judged(operation, world, (one, seen: VerifyWorld) => ({
      ...judge(one, seen),
      ...gapByEye(seen, startOfOperation(one)),
    })),
  deadlineMs: ({ member }, { state }) => {
    const members = member === null ? Math.max(1, state.roster.length) : 1;
    return members * (RESTART_TIMEOUT_MS + 120_000);
  },
};

/** A member is passed over when it is back, and when there was nothing to do on it. */
function settled(operation: Restart, world: VerifyWorld, member: MemberName): "done" | "open" {
  const step = stepFor(operation, world, member);
  return step.state === "done" || step.state === "skipped" ? "done" : "open";
}

function stepFor(operation: Restart, world: VerifyWorld, member: MemberName): Step {
  const text = message("verify.step.restart", { member });
  return stepOf(operation, world.now, callId(member), text, judgeMember(operation, world, member, callId(member)));
}

function judge(operation: Restart, world: VerifyWorld): Findings {
  const targets = restartTargets(operation, world);
  const steps = targets.map((member) => stepFor(operation, world, member));
  if (targets.length === 0) {
    return { steps, end: ending("refused", "nothing-pending", message("outcome.nothing-pending")) };
  }
  const { scheduledAt } = operation.request;
  const due = scheduledAt === null ? startOfOperation(operation) : Date.parse(scheduledAt);
  const bad = steps.find(({ state }) => state === "failed");
  const done = steps.filter(({ state }) => state === "done");
  if (bad) return { steps, end: broken(operation, world, steps, bad, due) };
  if (scheduledAt !== null && world.now < due) return { steps, end: beforeItsTime(operation, steps) };
  if (steps.some(({ state }) => !SETTLED.has(state))) return { steps, end: null };
  if (done.length === 0)
    return { steps, end: ending("refused", "nothing-pending", message("outcome.nothing-pending")) };
  return { steps, end: gapLasts(operation, world, steps) ? null : finished(operation, world, done) };
}

/** The leader is back and our own client cannot write yet: its gap is measured before the end, unless that takes too long. */
function gapLasts(operation: Restart, { snapshot, now }: VerifyWorld, steps: readonly Step[]): boolean {
  const back = doneAt(steps, `restart:${operation.fence.leader}`);
  return back !== null && snapshot.clientEye?.currentGap != null && now - back < BLIND_MS;
}

function finished(operation: Restart, world: VerifyWorld, done: readonly Step[]): Findings["end"] {
  const leader = look(world).dcs?.leader?.name ?? null;
  const still = done.flatMap(({ detail }) => (detail?.key === "verify.detail.still-pending" ? [detail] : []));
  const params = { count: done.length, member: String(done[0]?.text.params.member ?? "") };
  const was = operation.fence.leader;
  if (leader !== null && was !== null && leader !== was) {
    const text = message("outcome.restarted-other-leader", { ...params, leader });
    return ending("done-otherwise", "other-leader", text, still);
  }
  return ending("done", "restarted", message("outcome.restarted", params), still);
}

/** One did not come back, or would not go: what comes after it is not begun. */
function broken(
  operation: Restart,
  world: VerifyWorld,
  steps: readonly Step[],
  bad: Step,
  due: number,
): NonNullable<Findings["end"]> {
  const member = String(bad.text.params.member);
  const said: readonly Message[] = bad.detail ? [bad.detail] : [];
  const done = steps.filter(({ state }) => state === "done").length;
  if (done > 0) {
    const text = message("outcome.partly", { done, of: steps.length, member });
    return ending("done-otherwise", "partly", text, said);
  }
  const call = callState(operation, world, bad.id);
  const answer = call.state === "answered" ? call.answer : null;
  if (answer?.kind === "refused") {
    return ending("refused", "refused", message("outcome.refused", { call: answer.call, text: answer.text }));
  }
  if (answer?.kind === "not-sent") {
    return ending("refused", "unreachable", message("outcome.unreachable", { call: answer.call, text: answer.text }));
  }
  const dropped = operation.request.scheduledAt !== null && world.now > due;
  const code = dropped ? "dropped" : "failed";
  return ending("failed", dropped ? "dropped" : "failed", message(`outcome.restart-${code}`, { member }), said);
}

/** A scheduled restart before its time is what the members' keys say. */
function beforeItsTime(operation: Restart, steps: readonly Step[]): Findings["end"] {
  const { scheduledAt } = operation.request;
  if (scheduledAt === null) return null;
  const at = minutes(scheduledAt);
  const params = { count: steps.length, member: String(steps[0]?.text.params.member ?? ""), at };
  if (steps.every(({ detail }) => detail?.key === "verify.detail.restart-set")) {
    return ending("scheduled", "scheduled", message("outcome.restart-scheduled", params));
  }
  const gone = steps.filter(({ detail }) => detail?.key === "verify.detail.restart-unset");
  if (gone.length < steps.length || gone.length === 0) return null;
  return ending("done-otherwise", "cancelled", message("outcome.cancelled", { at }));
}
