import type { Operation, Step } from "../../actions/operation";
import type { ActionKind } from "../../actions/request";
import { type Message, message } from "../../message";
import type { OperationOf, Verification, VerifyWorld } from "../types";
import { type CallState, refusalOf } from "./calls";
import { closeOpen, SETTLED } from "./steps";

export type End = NonNullable<Verification["end"]>;

/** How an operation ends: a word for tests, a sentence for people, and what it rests on. */
export const ending = (
  state: End["state"],
  code: string,
  text: Message,
  reasons: readonly Message[] = [],
): NonNullable<End> => ({ state, outcome: { code, text, reasons } });

/** What a verb finds out; what it leaves out is kept as the operation has it. */
export type Findings = Pick<Verification, "steps" | "end"> & Partial<Verification>;

/**
 * Judges an operation by what its verb finds. What was never sent has failed; past its deadline, and not before, what could not be told
 * is unknown. The end closes every step.
 */
export function judged<K extends ActionKind>(
  operation: OperationOf<K>,
  world: VerifyWorld,
  judge: (operation: OperationOf<K>, world: VerifyWorld) => Findings,
): Verification {
  const found = judge(operation, world);
  const kept = {
    writeGapMs: operation.writeGapMs,
    writeGapBasis: operation.writeGapBasis,
    receipt: operation.receipt,
    progress: operation.progress,
  };
  const end = neverSent(operation) ?? found.end ?? pastDeadline(operation, world, found.steps);
  const open = end?.state === "unknown" ? "unknown" : "skipped";
  const steps = end === null || end.state === "scheduled" ? found.steps : closeOpen(found.steps, world.now, open);
  return { ...kept, ...found, steps, end };
}

/** A predecessor died before it sent anything; nobody else will send it. */
function neverSent({ resumed, phase, answers }: Operation): End | null {
  const unsent = resumed > 0 && (phase === "checking" || phase === "locked") && answers.length === 0;
  return unsent ? ending("failed", "not-sent", message("outcome.not-sent")) : null;
}

function pastDeadline({ deadlineAt }: Operation, { now }: VerifyWorld, steps: readonly Step[]): End | null {
  if (now < Date.parse(deadlineAt)) return null;
  return ending("unknown", "no-answer", message("outcome.no-answer"), unsettled(steps));
}

/** What an operation still waits for, in the words of its steps. */
const unsettled = (steps: readonly Step[]): Message[] =>
  steps.filter(({ state }) => !SETTLED.has(state)).map(({ detail, text }) => detail ?? text);

/**
 * The end of a request that was turned down or never arrived; null for any other. `reasons`: what was seen since, for the cluster may
 * have moved by itself.
 */
export function refusedBy(call: CallState, reasons: readonly Message[] = []): End | null {
  const answer = refusalOf(call);
  if (!answer) return null;
  const params = { call: answer.call, text: answer.text };
  return answer.kind === "refused"
    ? ending("refused", "refused", message("outcome.refused", params), reasons)
    : ending("refused", "unreachable", message("outcome.unreachable", params), reasons);
}

/** The step that says whether the called system took the request. `seen`: what was asked for shows, whatever the answer. */
export function takenFinding(call: CallState, seen = false): { state: Step["state"]; detail: Message | null } {
  const answer = call.state === "answered" ? call.answer : null;
  if (seen) return { state: "done", detail: null };
  if (answer === null) return { state: call.state === "in-flight" ? "running" : "waiting", detail: null };
  switch (answer.kind) {
    case "done":
    case "done-otherwise":
    case "accepted":
    case "scheduled":
      return {
        state: "done",
        detail: answer.text === "" ? null : message("verify.detail.said", { text: answer.text }),
      };
    case "refused":
    case "not-sent":
    case "failed":
      return { state: "failed", detail: message("verify.detail.said", { text: answer.text }) };
    case "unknown":
      return { state: "running", detail: message("verify.detail.no-answer") };
  }
}
