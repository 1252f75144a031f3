import { type EpochMs, type Instant, instant } from "../ids";
import type { Run, RunEntry, StepStanding } from "./run";
import type { Runbook, RunbookStep } from "./runbook";

/** A run while it is being changed: each change that is written down is an entry, and the version grows once with all of them. */
export type Draft = {
  readonly runbook: Runbook;
  readonly at: Instant;
  run: Run;
  readonly entries: RunEntry[];
};

export const draftOf = (run: Run, runbook: Runbook, now: EpochMs): Draft => ({
  runbook,
  at: instant(now),
  run,
  entries: [],
});

export function write(
  draft: Draft,
  kind: RunEntry["kind"],
  over: Partial<Omit<RunEntry, "seq" | "at" | "kind">> = {},
): void {
  const seq = draft.run.entryCount + 1;
  draft.run = { ...draft.run, entryCount: seq };
  const nothing = { by: null, stepId: null, note: null, text: null, operationId: null };
  draft.entries.push({ seq, at: draft.at, kind, ...nothing, ...over });
}

export function change(draft: Draft, over: Partial<Run>): void {
  draft.run = { ...draft.run, ...over };
}

export function setStep(draft: Draft, stepId: string, over: Partial<StepStanding>): void {
  const steps = draft.run.steps.map((one) => (one.stepId === stepId ? { ...one, ...over } : one));
  draft.run = { ...draft.run, steps };
}

export const stepOf = (runbook: Runbook, id: string | null): RunbookStep | null =>
  runbook.steps.find((one) => one.id === id) ?? null;

export const standingOf = (run: Run, id: string | null): StepStanding | null =>
  run.steps.find((one) => one.stepId === id) ?? null;

/** The one step that the run is at, with how it stands; null once it has ended. */
export function currentOf(
  run: Run,
  runbook: Runbook,
): { readonly step: RunbookStep; readonly standing: StepStanding } | null {
  const standing = run.steps.find(({ state }) => state === "current");
  const step = standing && stepOf(runbook, standing.stepId);
  return standing && step ? { step, standing } : null;
}

const END = "end";

/** Leaves the current step in the given state and comes to the next one; past the last one the run is done. */
export function leave(
  draft: Draft,
  step: RunbookStep,
  as: { readonly state: "ticked" | "skipped"; readonly by: string | null; readonly chosen?: string },
  next: string | null = step.next,
): void {
  const { state, by, chosen = null } = as;
  setStep(draft, step.id, { state, by, chosen, endedAt: draft.at });
  const { steps } = draft.runbook;
  const index = steps.findIndex(({ id }) => id === step.id);
  const to = next === END ? -1 : next === null ? index + 1 : steps.findIndex(({ id }) => id === next);
  const target = to > index ? steps[to] : undefined;
  const passed = steps.slice(index + 1, target ? to : undefined);
  for (const { id } of passed) setStep(draft, id, { state: "passed-by" });
  if (target) enter(draft, target);
  else change(draft, { state: "done", endedAt: draft.at });
}

export function enter(draft: Draft, step: RunbookStep): void {
  const deadlineAt = step.kind === "wait" ? instant(Date.parse(draft.at) + step.withinMs) : null;
  setStep(draft, step.id, { state: "current", startedAt: draft.at, deadlineAt });
}

/** Said last, once a run has come to its end by itself. */
export function finish(draft: Draft): { readonly run: Run; readonly entries: readonly RunEntry[] } {
  const { run, entries } = draft;
  return { run: entries.length > 0 ? { ...run, version: run.version + 1 } : run, entries };
}
