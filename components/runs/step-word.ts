import type { OperationView } from "@/lib/domain/actions/operation";
import type { Judged } from "@/lib/domain/runbooks/condition";
import { isRestedOn } from "@/lib/domain/runbooks/fold";
import type { Run, StepStanding } from "@/lib/domain/runbooks/run";
import { OPEN_RUN_STATES } from "@/lib/domain/runbooks/run";
import type { Runbook, RunbookStep } from "@/lib/domain/runbooks/runbook";

/**
 * How a step stands, in one of seven words. `untrue`: a check on which the run rests was true and is not any more. `given-up`: the run was
 * abandoned at it.
 */
export const STEP_WORDS = ["open", "current", "ticked", "skipped", "passed-by", "untrue", "given-up"] as const;
export type StepWord = (typeof STEP_WORDS)[number];

/**
 * By the run, and where it rests on a check by the newest picture too, which is here before the run has written it down. `judged`: by that
 * picture; what is not known un-ticks nothing.
 */
export function stepWord(
  step: RunbookStep,
  standing: StepStanding,
  { run, runbook, own }: { readonly run: Run; readonly runbook: Runbook; readonly own: OperationView | null },
  judged: Judged | null,
): StepWord {
  if (standing.state === "current" && !isOpen(run)) return "given-up";
  if (standing.untrueSince !== null) return judged?.known && judged.value && isOpen(run) ? "ticked" : "untrue";
  if (step.kind !== "check" || standing.state !== "ticked" || judged === null || !isOpen(run)) return standing.state;
  // What an operation of the run upsets while it is under way is its own to judge.
  if (own?.state === "running") return "ticked";
  return judged.known && !judged.value && isRestedOn(step, { run, runbook }, own) ? "untrue" : "ticked";
}

const isOpen = ({ state }: Run): boolean => OPEN_RUN_STATES.has(state);
