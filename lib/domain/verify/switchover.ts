import type { Call } from "../actions/call";
import { memberName } from "../ids";
import { message } from "../message";
import { judgeHandover } from "./handover/judge";
import { judgeScheduled } from "./handover/scheduled";
import { handoverDeadlineMs, startOfOperation } from "./handover/times";
import { handoverTimeoutMs, once, patroniCall } from "./shared/calls";
import { ending, judged } from "./shared/verdicts";
import type { Verb, VerifyWorld } from "./types";

const CALL = "switchover";

/** Asks the leader itself: only the loop of the member that receives it is woken, and it compares its own name with ours. */
export const switchover: Verb<"switchover"> = {
  action: "switchover",
  next(operation, world): Call | null {
    const { request, fence } = operation;
    if (fence.leader === null) return null;
    const { candidate, scheduledAt } = request;
    const call = patroniCall(world.state, memberName(fence.leader), {
      id: CALL,
      method: "POST",
      path: "/switchover",
      body: {
        leader: fence.leader,
        ...(candidate === null ? {} : { candidate }),
        ...(scheduledAt === null ? {} : { scheduled_at: scheduledAt }),
      },
      timeoutMs: handoverTimeoutMs(world.state),
    });
    return once(operation, world, call);
  },
  verify: (operation, world) =>
    judged(operation, world, (one, seen: VerifyWorld) => {
      const { candidate, scheduledAt } = one.request;
      if (one.fence.leader === null) {
        return { steps: one.steps, end: ending("failed", "no-leader", message("outcome.no-leader")) };
      }
      const done = "switched-over" as const;
      if (scheduledAt !== null) return judgeScheduled(one, seen, { call: CALL, candidate, scheduledAt, done });
      return judgeHandover(one, seen, {
        call: CALL,
        candidate,
        since: startOfOperation(one),
        done,
        lapsed: "no-change",
      });
    }),
  deadlineMs: (_request, { state }) => handoverDeadlineMs(state),
};
