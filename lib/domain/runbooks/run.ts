import type { ClusterScope, Instant, MemberName } from "../ids";
import type { Message } from "../message";

/** One execution of a runbook on one cluster. Everything that was done is in `entries`, in order, and nothing is ever taken out. */

export const RUN_STATES = ["running", "paused", "stopped", "done", "abandoned"] as const;
/** `stopped`: by itself, on a contradiction; a person may go on with a reason, or abandon it. */
export type RunState = (typeof RUN_STATES)[number];
export const OPEN_RUN_STATES: ReadonlySet<RunState> = new Set(["running", "paused", "stopped"]);

export const RUN_ENTRY_KINDS = [
  "started",
  "ticked",
  "unticked",
  "skipped",
  "chosen",
  "operation",
  "noted",
  "handed-over",
  "joined",
  "paused",
  "resumed",
  "past-deadline",
  "contradicted",
  "overruled",
  "done",
  "abandoned",
] as const;

export type RunEntry = {
  readonly seq: number;
  readonly at: Instant;
  /** Who; null: the run itself, from what it saw. */
  readonly by: string | null;
  readonly kind: (typeof RUN_ENTRY_KINDS)[number];
  readonly stepId: string | null;
  /** What a person wrote: a note, a reason, to whom it was handed. */
  readonly note: string | null;
  /** What the run itself says, for entries of its own. */
  readonly text: Message | null;
  readonly operationId: string | null;
};

export type StepStanding = {
  readonly stepId: string;
  /** `open`: not come to it yet. `current`: at it now. `ticked`, `skipped`: behind it. `passed-by`: on a branch that was not taken. */
  readonly state: "open" | "current" | "ticked" | "skipped" | "passed-by";
  /** Of its condition, by the newest picture; null for steps without one. */
  readonly judged: { readonly value: boolean; readonly known: boolean } | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly by: string | null;
  readonly chosen: string | null;
  readonly operationId: string | null;
  readonly pastDeadline: boolean;
};

/** Two things that cannot both be: what the run rests on, and what is seen. */
export type Contradiction = {
  /** `check-untrue`: a check that was true turned false. `other-leader`: another member leads than this run expects. `operation`: an action
   *  of it ended otherwise. */
  readonly kind: "check-untrue" | "other-leader" | "operation";
  readonly stepId: string | null;
  readonly at: Instant;
  readonly text: Message;
};

export type Run = {
  readonly id: string;
  readonly scope: ClusterScope;
  readonly runbookId: string;
  /** The version of the runbook that it follows. */
  readonly digest: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly state: RunState;
  /** Who carries it now; the only one who ticks. Anyone who may carry it can take it over. */
  readonly carrier: string;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** Time for which it was paused so far, in ms, and since when it is. */
  readonly pausedMs: number;
  readonly pausedAt: Instant | null;
  readonly expectedLeader: MemberName | null;
  readonly steps: readonly StepStanding[];
  readonly contradiction: Contradiction | null;
  /** Why a drill runs on a production cluster; null elsewhere. */
  readonly override: { readonly by: string; readonly reason: string } | null;
  /** Grows with each change; who writes names the one that it saw. */
  readonly version: number;
};

/** What a person does to a run. `version`: the one they saw; another answers `moved`. */
export type RunCommand =
  | { readonly kind: "tick"; readonly stepId: string; readonly note: string | null }
  | { readonly kind: "skip"; readonly stepId: string; readonly reason: string }
  | { readonly kind: "choose"; readonly stepId: string; readonly option: string }
  | { readonly kind: "operation"; readonly stepId: string; readonly operationId: string }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "hand-over"; readonly to: string }
  | { readonly kind: "take-over" }
  | { readonly kind: "pause"; readonly reason: string | null }
  | { readonly kind: "resume" }
  /** Goes on in spite of a contradiction. */
  | { readonly kind: "overrule"; readonly reason: string }
  | { readonly kind: "abandon"; readonly reason: string };

export type Commanded =
  | { readonly kind: "done"; readonly run: Run; readonly entries: readonly RunEntry[] }
  | {
      readonly kind: "refused";
      readonly code: "moved" | "ended" | "not-yours" | "not-current" | "not-true" | "unknown-step";
      readonly text: Message;
    };

/** What every picture of a cluster carries of runs: the open ones. */
export type RunBoard = {
  readonly runs: readonly Pick<
    Run,
    "id" | "runbookId" | "state" | "carrier" | "startedAt" | "contradiction" | "version"
  >[];
  /** Result of the last drill that proved something. */
  readonly proven: {
    readonly failover: { readonly at: Instant; readonly runId: string; readonly gapMs: number | null } | null;
    readonly restore: { readonly at: Instant; readonly runId: string } | null;
  };
};
