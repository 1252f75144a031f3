import { OPEN_STATES, type OperationState, type OperationView } from "../actions/operation";
import { type ActionRequest, LEADERSHIP_ACTIONS } from "../actions/request";
import { type EpochMs, instant } from "../ids";
import { type Message, message, selector } from "../message";
import { change, currentOf, type Draft, draftOf, finish, leave, setStep, standingOf, stepOf, write } from "./draft";
import { type Contradiction, OPEN_RUN_STATES, type Run, type RunEntry } from "./run";
import type { Runbook, RunbookStep } from "./runbook";
import type { RunSight } from "./sight";
import { fits } from "./template";

/** A check must have been untrue for so long, in ms, before the run stops at it: a replica that blinks is no contradiction. */
export const UNTRUE_MS = 5_000;

export type Folded = { readonly run: Run; readonly entries: readonly RunEntry[] };

/**
 * The run as it stands by what is seen now, and what is to be written down of that. Ticks what is true, un-ticks what is not, follows its
 * operations, and stops at a contradiction. Pure; with the same sight once more nothing changes. What is not known ticks nothing and
 * contradicts nothing.
 */
export function foldRun(run: Run, runbook: Runbook, sight: RunSight): Folded {
  if (!OPEN_RUN_STATES.has(run.state)) return { run, entries: [] };
  const draft = draftOf(run, runbook, sight.now);
  judgeAll(draft, sight);
  if (run.state === "running") {
    bindOwn(draft, sight);
    followOperation(draft, sight);
    if (isRunning(draft)) watchLeader(draft, sight);
    if (isRunning(draft)) watchChecks(draft, sight);
    if (isRunning(draft)) advance(draft);
    if (draft.run.state === "done") write(draft, "done");
  }
  return finish(draft);
}

const isRunning = (draft: Draft): boolean => draft.run.state === "running";

function judgeAll(draft: Draft, sight: RunSight): void {
  for (const step of draft.runbook.steps) {
    if (step.kind !== "check" && step.kind !== "wait") continue;
    const judged = sight.judge(step.condition);
    const before = standingOf(draft.run, step.id)?.judged;
    if (before?.value !== judged.value || before.known !== judged.known) setStep(draft, step.id, { judged });
  }
}

/** An operation that the carrier began from this step, of which no word came: the browser may have died in between. */
function bindOwn(draft: Draft, { operations }: RunSight): void {
  const { run } = draft;
  const at = currentOf(run, draft.runbook);
  if (at?.step.kind !== "action" || at.standing.operationId !== null) return;
  const { request } = at.step;
  const taken = new Set(run.steps.map(({ operationId }) => operationId));
  const since = Date.parse(at.standing.startedAt ?? run.startedAt);
  const own = operations.find(
    (one) =>
      one.actor === run.carrier &&
      Date.parse(one.createdAt) >= since &&
      !taken.has(one.id) &&
      fits(request, run.inputs, one.request),
  );
  if (!own) return;
  setStep(draft, at.step.id, { operationId: own.id });
  write(draft, "operation", { by: own.actor, stepId: at.step.id, operationId: own.id });
}

const WENT_WRONG: ReadonlySet<OperationState> = new Set(["done-otherwise", "failed", "unknown"]);

function followOperation(draft: Draft, sight: RunSight): void {
  const at = currentOf(draft.run, draft.runbook);
  const operation = at && operationOf(draft, at.step, sight);
  if (!at || !operation || OPEN_STATES.has(operation.state)) return;
  const { id, state } = operation;
  const entry = { stepId: at.step.id, operationId: id };
  const text = (key: string) => message(`runs.${key}`, { action: selector(operation.action), state: selector(state) });
  if (state === "done") {
    if (LEADERSHIP_ACTIONS.has(operation.action)) {
      const candidate = candidateOf(operation.request);
      change(draft, { expectedLeader: candidate ?? sight.leader?.name ?? null });
    }
    write(draft, "ticked", entry);
    leave(draft, at.step, { state: "ticked", by: null });
  } else if (WENT_WRONG.has(state)) {
    contradict(draft, "operation", at.step.id, text("contradiction.operation"), id);
  } else {
    // It was turned down before anything was sent: it may be tried again.
    setStep(draft, at.step.id, { operationId: null, startedAt: draft.at });
    write(draft, "operation", {
      ...entry,
      text: message("runs.entry.refused", { action: selector(operation.action) }),
    });
  }
}

function operationOf(draft: Draft, step: RunbookStep, { operations }: RunSight): OperationView | null {
  const id = standingOf(draft.run, step.id)?.operationId ?? null;
  return id === null ? null : (operations.find((one) => one.id === id) ?? null);
}

const candidateOf = (request: ActionRequest) => ("candidate" in request ? request.candidate : null);

/** Another leader than the run expects, unless an operation of its own is just changing that. */
function watchLeader(draft: Draft, sight: RunSight): void {
  const { expectedLeader } = draft.run;
  const leader = sight.leader?.name ?? null;
  if (expectedLeader === null || leader === null || leader === expectedLeader) return;
  const at = currentOf(draft.run, draft.runbook);
  const own = at && operationOf(draft, at.step, sight);
  if (own && isUnderWay(own) && LEADERSHIP_ACTIONS.has(own.action)) return;
  const text = message("runs.contradiction.other-leader", { expected: expectedLeader, leader });
  contradict(draft, "other-leader", at?.step.id ?? null, text);
}

/** Un-ticks what is not true any more, and stops at what has not been true for a while. */
function watchChecks(draft: Draft, sight: RunSight): void {
  const at = currentOf(draft.run, draft.runbook);
  const own = at && operationOf(draft, at.step, sight);
  for (const step of draft.runbook.steps) {
    const standing = standingOf(draft.run, step.id);
    if (step.kind !== "check" || !standing?.judged) continue;
    const { judged, untrueSince } = standing;
    if (standing.state !== "ticked" && untrueSince === null) continue;
    const rests = isRestedOn(step, draft, own);
    if (!rests || judged.value) {
      if (untrueSince !== null) setStep(draft, step.id, { state: "ticked", untrueSince: null });
      continue;
    }
    if (!judged.known) continue;
    const since = untrueSince ?? draft.at;
    setStep(draft, step.id, { state: "open", untrueSince: since });
    // What an operation of ours upsets while it runs is its own to judge.
    if (own && isUnderWay(own)) setStep(draft, step.id, { untrueSince: draft.at });
    else if (sight.now - Date.parse(since) >= UNTRUE_MS) {
      write(draft, "unticked", { stepId: step.id });
      contradict(draft, "check-untrue", step.id, message("runs.contradiction.check-untrue", { step: step.id }));
      return;
    }
  }
}

const isUnderWay = ({ state }: OperationView): boolean => state === "running";

/**
 * Whether the run rests on a check that was true: up to the step that it holds until. What that step itself changes may change; an action
 * has not begun before its operation has.
 */
export function isRestedOn(
  check: Extract<RunbookStep, { kind: "check" }>,
  { run, runbook }: Pick<Draft, "run" | "runbook">,
  own: OperationView | null,
): boolean {
  if (check.holdsUntil === null) return true;
  const at = currentOf(run, runbook);
  if (!at) return false;
  const index = (id: string) => runbook.steps.findIndex((one) => one.id === id);
  if (at.step.id !== check.holdsUntil) return index(at.step.id) < index(check.holdsUntil);
  return at.step.kind === "action" && (own === null || own.state === "awaiting-approval" || own.state === "scheduled");
}

/** Goes on by itself as far as it can. */
function advance(draft: Draft): void {
  for (let steps = 0; steps < draft.runbook.steps.length && isRunning(draft); steps += 1) {
    if (draft.run.steps.some(({ untrueSince }) => untrueSince !== null)) return;
    const at = currentOf(draft.run, draft.runbook);
    if (at?.step.kind !== "check" && at?.step.kind !== "wait") return;
    const { step, standing } = at;
    if (standing.judged?.value === true && standing.judged.known) {
      write(draft, "ticked", { stepId: step.id });
      leave(draft, step, { state: "ticked", by: null });
      continue;
    }
    if (step.kind === "wait" && !standing.pastDeadline && isPast(standing.deadlineAt, Date.parse(draft.at))) {
      setStep(draft, step.id, { pastDeadline: true });
      const text = message("runs.entry.past-deadline", { seconds: Math.round(step.withinMs / 1_000) });
      write(draft, "past-deadline", { stepId: step.id, text });
    }
    return;
  }
}

const isPast = (deadlineAt: string | null, now: EpochMs): boolean =>
  deadlineAt !== null && now >= Date.parse(deadlineAt);

function contradict(
  draft: Draft,
  kind: Contradiction["kind"],
  stepId: string | null,
  text: Message,
  operationId: string | null = null,
): void {
  change(draft, { state: "stopped", contradiction: { kind, stepId, at: instant(Date.parse(draft.at)), text } });
  write(draft, "contradicted", { stepId, text, operationId });
}

/** The title of a step, in words of the runbook; for records. */
export const titleOf = (runbook: Runbook, stepId: string | null, lang: "en" | "ru"): string | null =>
  stepOf(runbook, stepId)?.title[lang] ?? null;
