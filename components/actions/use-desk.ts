"use client";
import { useState } from "react";
import { isProblem, useExecute, usePlan } from "@/lib/client/actions";
import { useReader } from "./action-context";
import { blockedness, missingOf } from "./confirmation";
import { type ActionDraft, isComplete, requestOf } from "./draft";
import { usePlanExpired } from "./plan-life";
import { isLost } from "./refusal";
import { useAnswers } from "./use-answers";
import { useLostAnswer } from "./use-lost-answer";

/** Refusals after which the very same plan may be sent once more. */
const MENDABLE: ReadonlySet<string> = new Set(["busy", "wrong-confirmation", "reason-missing", "unacknowledged"]);

/** Everything that happens between opening the dialog and the begin of an operation: the draft, its plan, what was typed, and the deed. */
export function useDesk(
  scope: string,
  first: ActionDraft,
  on: { readonly sending: (sending: boolean) => void; readonly begun: (operationId: string) => void },
) {
  const reader = useReader();
  const [draft, setDraft] = useState(first);
  const [complete, setComplete] = useState(() => isComplete(first));
  const [attempt, setAttempt] = useState(0);
  const { plan, settled, problem } = usePlan(scope, complete ? requestOf(draft) : null, attempt);
  const entry = useAnswers(plan?.id ?? null);
  const execute = useExecute(scope);
  const expired = usePlanExpired(plan);
  const lost = execute.problem !== null && isLost(execute.problem);
  const answering = useLostAnswer(scope, lost && plan !== null ? plan.id : null, on.begun);
  const blocked = plan === null ? "none" : blockedness(plan, reader?.role ?? "viewer");
  const barred = blocked === "final" || blocked === "admin";
  // A plan that a refusal has spent, or that the cluster has left behind, is of no more use than one that is too old.
  const spent = execute.problem !== null && !lost && !MENDABLE.has(execute.problem.code);
  const missing = plan === null ? [] : missingOf(plan, entry.answers);
  const fresh = plan !== null && settled && !expired && !spent;
  const ready = fresh && !barred && missing.length === 0;

  return {
    draft,
    complete,
    plan,
    settled,
    /** The plan is of exactly this draft, and may still be used. */
    fresh,
    problem,
    entry,
    /** A refusal has used it up. */
    spent,
    blocked,
    barred,
    missing,
    ready,
    execution: { running: execute.running, problem: execute.problem, lost: lost ? answering : null },
    change(next: ActionDraft, whole: boolean) {
      execute.reset();
      setDraft(next);
      setComplete(whole);
    },
    again() {
      execute.reset();
      setAttempt(attempt + 1);
    },
    async run() {
      if (plan === null || !ready || execute.running) return;
      const { answers } = entry;
      on.sending(true);
      const answer = await execute.run({
        planId: plan.id,
        confirmation: answers.typed.trim(),
        reason: answers.reason.trim(),
        acknowledged: [...answers.ticked],
        overridden: [...answers.overridden],
      });
      on.sending(false);
      if (!isProblem(answer)) on.begun(answer.id);
    },
  };
}
export type Desk = ReturnType<typeof useDesk>;
