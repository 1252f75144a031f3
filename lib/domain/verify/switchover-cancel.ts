import { message } from "../message";
import { anyMember } from "./shared/any-member";
import { callState, endedAt, once, patroniCall, twoLoopsMs } from "./shared/calls";
import { look, reignOf } from "./shared/sight";
import { stepOf } from "./shared/steps";
import { ending, type Findings, judged, refusedBy, takenFinding } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

const CALL = "switchover-cancel";

/** Any member may take it; the leader does, while there is one that answers. */
export const switchoverCancel: Verb<"switchover-cancel"> = {
  action: "switchover-cancel",
  next(operation, world) {
    const member = anyMember(operation.fence.leader, world);
    if (member === null) return null;
    return once(
      operation,
      world,
      patroniCall(world.state, member, { id: CALL, method: "DELETE", path: "/switchover", body: {} }),
    );
  },
  verify: (operation, world) => judged(operation, world, judge),
  deadlineMs: () => 120_000,
};

/** Done when the failover key names no moment any more, and nobody else leads. */
function judge(operation: OperationOf<"switchover-cancel">, world: VerifyWorld): Findings {
  const call = callState(operation, world, CALL);
  const sight = look(world);
  const ended = endedAt(call);
  const looked = ended !== null && sight.dcs !== null && sight.dcsAt !== null && sight.dcsAt >= ended;
  const gone = looked && sight.dcs?.failover == null;
  const reign = reignOf(sight, operation.fence);
  const steps = [
    stepOf(operation, world.now, "taken", message("verify.step.taken"), takenFinding(call)),
    stepOf(operation, world.now, "gone", message("verify.step.schedule-gone"), {
      state: gone ? "done" : ended === null ? "waiting" : "running",
    }),
  ];
  if (reign.kind === "moved" && gone) {
    const text = message("outcome.switchover-executed", { leader: reign.leader });
    return { steps, end: ending("done-otherwise", "executed", text) };
  }
  const refused = looked ? refusedBy(call) : null;
  if (refused) return { steps, end: refused };
  if (gone) return { steps, end: ending("done", "switchover-cancelled", message("outcome.switchover-cancelled")) };
  const late = looked && ended !== null && world.now - ended >= twoLoopsMs(world.state);
  return { steps, end: late ? ending("failed", "no-change", message("outcome.still-set")) : null };
}
