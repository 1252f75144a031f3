import { type ClusterScope, type EpochMs, instant, type MemberName } from "../ids";
import { draftOf, enter, finish, write } from "./draft";
import { type Folded, foldRun } from "./fold";
import type { Run, StepStanding } from "./run";
import type { Runbook } from "./runbook";
import type { RunSight } from "./sight";

export type NewRun = {
  readonly id: string;
  readonly scope: ClusterScope;
  readonly inputs: Readonly<Record<string, string>>;
  readonly by: string;
  readonly note: string | null;
  readonly override: Run["override"];
};

/** A run at its very beginning, as far as it comes by itself. The runbook has at least one step. */
export function beginRun(asked: NewRun, runbook: Runbook, sight: RunSight): Folded {
  const draft = draftOf(blankRun(asked, runbook, sight.now, sight.leader?.name ?? null), runbook, sight.now);
  write(draft, "started", { by: asked.by, note: asked.note });
  const [first] = runbook.steps;
  if (first) enter(draft, first);
  const begun = finish(draft);
  const folded = foldRun(begun.run, runbook, sight);
  return {
    run: { ...folded.run, version: begun.run.version },
    entries: [...begun.entries, ...folded.entries],
  };
}

const blankRun = (asked: NewRun, runbook: Runbook, now: EpochMs, leader: MemberName | null): Run => ({
  id: asked.id,
  scope: asked.scope,
  runbookId: runbook.id,
  digest: runbook.digest,
  inputs: asked.inputs,
  state: "running",
  carrier: asked.by,
  handedTo: null,
  joined: [asked.by],
  startedBy: asked.by,
  startedAt: instant(now),
  endedAt: null,
  pausedMs: 0,
  pausedAt: null,
  expectedLeader: runbook.expectsLeader ? leader : null,
  steps: runbook.steps.map(({ id }) => blankStep(id)),
  contradiction: null,
  override: asked.override,
  entryCount: 0,
  version: 0,
});

const blankStep = (stepId: string): StepStanding => ({
  stepId,
  state: "open",
  judged: null,
  startedAt: null,
  endedAt: null,
  by: null,
  chosen: null,
  operationId: null,
  deadlineAt: null,
  pastDeadline: false,
  untrueSince: null,
});
