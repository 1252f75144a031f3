import { message } from "../message";
import { startOfOperation } from "./handover/times";
import { callState, endedAt, once, patroniCall, twoLoopsMs } from "./shared/calls";
import { look, type Sight, startOf } from "./shared/sight";
import { stepOf } from "./shared/steps";
import { ending, type Findings, judged, refusedBy, takenFinding } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

const CALL = "restart-cancel";

export const restartCancel: Verb<"restart-cancel"> = {
  action: "restart-cancel",
  next: (operation, world) =>
    once(
      operation,
      world,
      patroniCall(world.state, operation.request.member, { id: CALL, method: "DELETE", path: "/restart", body: {} }),
    ),
  verify: (operation, world) => judged(operation, world, judge),
  deadlineMs: () => 120_000,
};

/** Clocks of two hosts differ by as much. */
const CLOCKS_MS = 5_000;

/** Done when the member's own key names no restart any more, and it was not carried out meanwhile. */
function judge(operation: OperationOf<"restart-cancel">, world: VerifyWorld): Findings {
  const { member } = operation.request;
  const call = callState(operation, world, CALL);
  const sight = look(world);
  const ended = endedAt(call);
  const key = sight.dcs?.members.find(({ name }) => name === member) ?? null;
  const looked = ended !== null && sight.dcsAt !== null && sight.dcsAt >= ended && key !== null;
  const gone = looked && key.scheduledRestart === null;
  const restarted = wasCarriedOut(operation, sight);
  const steps = [
    stepOf(operation, world.now, "taken", message("verify.step.taken"), takenFinding(call)),
    stepOf(operation, world.now, "gone", message("verify.step.restart-gone", { member }), {
      state: gone ? "done" : ended === null ? "waiting" : "running",
    }),
  ];
  if (restarted) {
    const text = message("outcome.restart-executed", { member });
    return { steps, end: ending("done-otherwise", "executed", text) };
  }
  const refused = looked ? refusedBy(call) : null;
  if (refused) return { steps, end: refused };
  if (gone)
    return { steps, end: ending("done", "restart-cancelled", message("outcome.restart-cancelled", { member })) };
  const late = looked && ended !== null && world.now - ended >= twoLoopsMs(world.state);
  return { steps, end: late ? ending("failed", "no-change", message("outcome.still-set")) : null };
}

/** Its server was started at the time that the restart was set for: the cancelling came too late. */
function wasCarriedOut(operation: OperationOf<"restart-cancel">, sight: Sight): boolean {
  const { member } = operation.request;
  const due = operation.fence.other[`scheduled-restart:${member}`] ?? null;
  const start = startOf(sight.member(member), startOfOperation(operation));
  return due !== null && start !== null && Date.parse(start) >= Date.parse(due) - CLOCKS_MS;
}
