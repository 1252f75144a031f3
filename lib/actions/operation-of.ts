import type { Operation, OperationState } from "@/lib/domain/actions/operation";
import type { Plan } from "@/lib/domain/actions/plan";
import { instant } from "@/lib/domain/ids";
import { textOf } from "./refusal";
import type { Confirmation, Refusal } from "./types";
import type { Who } from "./who";
import type { Works } from "./works";

/** A confirmed plan as an operation of which nothing has happened yet. */
export function operationOf(
  works: Pick<Works, "now" | "newId" | "boot">,
  who: Who,
  plan: Plan,
  given: Confirmation,
  state: OperationState = "running",
): Operation {
  const at = instant(works.now());
  return {
    id: works.newId(),
    scope: plan.scope,
    planId: plan.id,
    action: plan.action,
    request: plan.request,
    state,
    phase: "checking",
    actor: who.name,
    role: who.role,
    from: who.from,
    reason: given.reason.trim(),
    acknowledged: given.acknowledged.filter((id) => plan.checks.some((check) => check.id === id)),
    overridden: [],
    approvedBy: null,
    fence: plan.fence,
    steps: [],
    answers: [],
    outcome: null,
    writeGapMs: null,
    writeGapBasis: null,
    receipt: null,
    createdAt: at,
    startedAt: state === "running" ? at : null,
    endedAt: null,
    deadlineAt: at,
    progress: null,
    boot: works.boot,
    resumed: 0,
  };
}

/** The same operation, ended before anything was sent. */
export function refusedForm(works: Pick<Works, "now">, operation: Operation, refusal: Refusal): Operation {
  return {
    ...operation,
    state: "refused",
    phase: "ended",
    outcome: { code: refusal.code, text: textOf(refusal.code), reasons: refusal.reasons },
    endedAt: instant(works.now()),
  };
}
