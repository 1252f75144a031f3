import type { MemberName } from "../ids";
import { memberName } from "../ids";
import { message } from "../message";
import { callState, loopWaitMs, patroniCall, wasTaken } from "./shared/calls";
import { SETTLED, stepOf } from "./shared/steps";
import { ending, type Findings, judged } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

const callId = (member: MemberName) => `reload:${member}`;

export const reload: Verb<"reload"> = {
  action: "reload",
  next(operation, world) {
    for (const member of targetsOf(operation)) {
      const { state } = callState(operation, world, callId(member));
      if (state === "in-flight" || state === "lost") return null;
      if (state === "not-called") {
        return patroniCall(world.state, member, { id: callId(member), method: "POST", path: "/reload", body: {} });
      }
    }
    return null;
  },
  verify: (operation, world) => judged(operation, world, judge),
  deadlineMs: (_request, { state }) => 120_000 + loopWaitMs(state) + state.roster.length * 10_000,
};

const targetsOf = ({ request, fence }: OperationOf<"reload">): readonly MemberName[] =>
  request.member === null ? fence.members.map(({ name }) => name) : [memberName(request.member)];

/** Patroni says 202 to every reload and shows nothing of it, so that all there is to wait for is the loop that carries it out. */
function judge(operation: OperationOf<"reload">, world: VerifyWorld): Findings {
  const steps = targetsOf(operation).map((member) => {
    const text = message("verify.step.reload", { member });
    const call = callState(operation, world, callId(member));
    const step = (finding: Parameters<typeof stepOf>[4]) => stepOf(operation, world.now, callId(member), text, finding);
    if (call.state === "not-called") return step({ state: "waiting" });
    if (call.state !== "answered") return step({ state: call.state === "lost" ? "unknown" : "running" });
    const said = message("verify.detail.said", { text: call.answer.text });
    if (call.answer.kind === "unknown") return step({ state: "unknown", detail: message("verify.detail.no-answer") });
    if (!wasTaken(call)) return step({ state: "failed", detail: said });
    const looped = world.now - call.at >= loopWaitMs(world.state);
    return step({ state: looped ? "done" : "running", detail: looped ? null : message("verify.detail.next-loop") });
  });
  if (steps.some(({ state }) => !SETTLED.has(state))) return { steps, end: null };
  const done = steps.filter(({ state }) => state === "done").length;
  const reasons = steps.filter(({ state }) => state !== "done").map(({ detail, text }) => detail ?? text);
  const params = { count: done, of: steps.length };
  if (done === steps.length) return { steps, end: ending("done", "reloaded", message("outcome.reloaded", params)) };
  if (done > 0)
    return { steps, end: ending("done-otherwise", "partly", message("outcome.reloaded-partly", params), reasons) };
  // A reload that may have been heard is harmless: but whether it was cannot be seen.
  const lost = steps.some(({ state }) => state === "unknown");
  const end = lost
    ? ending("unknown", "no-answer", message("outcome.reload-unknown"), reasons)
    : ending("refused", "refused", message("outcome.reload-refused"), reasons);
  return { steps, end };
}
