import { message } from "../message";
import { anyMember } from "./shared/any-member";
import { callState, endedAt, loopWaitMs, once, patroniCall, twoLoopsMs } from "./shared/calls";
import { containsPatch } from "./shared/patch";
import { look } from "./shared/sight";
import { stepOf, wasDone } from "./shared/steps";
import { type End, ending, type Findings, judged, refusedBy, takenFinding } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

const CALL = "config";
type Change = OperationOf<"configuration">;

export const configuration: Verb<"configuration"> = {
  action: "configuration",
  next(operation, world) {
    const member = anyMember(operation.fence.leader, world);
    if (member === null) return null;
    const body = operation.request.patch;
    return once(
      operation,
      world,
      patroniCall(world.state, member, { id: CALL, method: "PATCH", path: "/config", body }),
    );
  },
  verify: (operation, world) => judged(operation, world, judge),
  deadlineMs: (_request, { state }) => 120_000 + twoLoopsMs(state),
};

/**
 * Done when the DCS holds what was asked for and members had a loop to take it up. What they made of it shows only where a setting needs
 * a restart: their own flag says so.
 */
function judge(operation: Change, world: VerifyWorld): Findings {
  const sight = look(world);
  const call = callState(operation, world, CALL);
  const ended = endedAt(call);
  const looked = ended !== null && sight.dcsAt !== null && sight.dcsAt >= ended;
  const { config } = sight.dcs ?? {};
  const holds = looked && config != null && containsPatch(config, operation.request.patch);
  const dcs = stepOf(operation, world.now, "dcs", message("verify.step.config-dcs"), {
    state: holds || wasDone(operation, "dcs") ? "done" : ended === null ? "waiting" : "running",
  });
  const set = dcs.state === "done" && dcs.endedAt !== null ? Date.parse(dcs.endedAt) : null;
  const looped = set !== null && world.now - set >= loopWaitMs(world.state);
  const loop = stepOf(operation, world.now, "loop", message("verify.step.config-loop"), {
    state: looped ? "done" : set === null ? "waiting" : "running",
    detail: set === null || looped ? null : message("verify.detail.next-loop"),
  });
  const steps = [
    stepOf(operation, world.now, "taken", message("verify.step.taken"), takenFinding(call, holds)),
    dcs,
    loop,
  ];
  return {
    steps,
    end: looped ? taken(world) : set === null ? notTaken(operation, world, looked, config != null) : null,
  };
}

function taken(world: VerifyWorld): End {
  const pending = world.snapshot.members.filter(({ pendingRestart }) => pendingRestart);
  const unseen = world.snapshot.members.filter(({ stateTrust }) => stateTrust !== "fresh");
  const reasons = [
    ...pending.map(({ name }) => message("outcome.reason.pending-restart", { member: name })),
    ...unseen.map(({ name }) => message("verify.detail.unseen", { member: name })),
  ];
  return ending("done", "configured", message("outcome.configured", { restarts: pending.length }), reasons);
}

function notTaken(operation: Change, world: VerifyWorld, looked: boolean, readable: boolean): End | null {
  const call = callState(operation, world, CALL);
  const ended = endedAt(call);
  if (!looked || !readable || ended === null) return null;
  if (refusedBy(call)) return refusedBy(call);
  return world.now - ended < twoLoopsMs(world.state)
    ? null
    : ending("failed", "no-change", message("outcome.config-no-change"));
}
