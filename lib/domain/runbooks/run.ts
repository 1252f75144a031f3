import type { ClusterScope, Instant, MemberName } from "../ids";
import type { IncidentKind, Outage, Phase } from "../incident/incident";
import type { Message } from "../message";
import type { LocalText } from "./runbook";

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
  "taken-over",
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
  /**
   * `open`: not come to it yet, or (with `untrueSince`) a check that was true and is not. `current`: at it now. `ticked`, `skipped`: behind
   * it. `passed-by`: on a branch that was not taken.
   */
  readonly state: "open" | "current" | "ticked" | "skipped" | "passed-by";
  /** Of its condition, by the newest picture; null for steps without one. */
  readonly judged: { readonly value: boolean; readonly known: boolean } | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly by: string | null;
  readonly chosen: string | null;
  readonly operationId: string | null;
  /** Of a wait that is current or behind: when it begins to say what to do past it; pushed back by pauses. */
  readonly deadlineAt: Instant | null;
  readonly pastDeadline: boolean;
  /** Since when a check on which the run rests is not true; null while it is, or while that is not known. */
  readonly untrueSince: Instant | null;
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
  /** Who was asked to take it over and has not done so yet. */
  readonly handedTo: string | null;
  /** Who has taken part, in the order in which they came; the carrier and who began it among them. */
  readonly joined: readonly string[];
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
  /** How many entries it has; the last one's `seq`. */
  readonly entryCount: number;
  /** Grows with each change that is written down; who writes names the one that they saw. What is judged anew is no such change. */
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
  /** By anyone who may carry it, asked to or not: whoever carried it may have gone to sleep. */
  | { readonly kind: "take-over" }
  | { readonly kind: "join" }
  | { readonly kind: "pause"; readonly reason: string | null }
  | { readonly kind: "resume" }
  /** Goes on in spite of a contradiction. */
  | { readonly kind: "overrule"; readonly reason: string }
  | { readonly kind: "abandon"; readonly reason: string };

export type Commanded =
  | { readonly kind: "done"; readonly run: Run; readonly entries: readonly RunEntry[] }
  | {
      readonly kind: "refused";
      /**
       * `not-running`: paused or stopped, or not so. `not-true`: a check on which it rests is not true. `not-fitting`: this kind of step does
       * not take that, or what was named does not belong to it. `not-allowed`: the role is too small.
       */
      readonly code:
        | "moved"
        | "ended"
        | "not-yours"
        | "not-allowed"
        | "not-running"
        | "not-current"
        | "not-true"
        | "not-fitting"
        | "unknown-step";
      readonly text: Message;
    };

/** What was measured of the time in which a drill ran. */
export type Measured = {
  readonly kind: IncidentKind;
  /** By the client's eye; null: none was measured. */
  readonly gapMs: number | null;
  /** The longest time without writes, by whatever saw it; null: there was none. */
  readonly outage: Outage | null;
  readonly phases: readonly Phase[];
  readonly before: string | null;
  readonly after: string | null;
};

export const PROOFS = ["failover", "restore"] as const;
/** What a drill that went through to its end has proven. */
export type Proof = (typeof PROOFS)[number];

/** What is to be seen of an open run from afar. */
export type RunShort = Pick<
  Run,
  "id" | "runbookId" | "state" | "carrier" | "handedTo" | "startedAt" | "contradiction" | "version"
> & {
  /** Of the version of the runbook that it follows. */
  readonly title: LocalText;
  /** At which step it is, counted from 1 in the order of the runbook, of how many. */
  readonly step: { readonly number: number; readonly of: number };
};

/** What every picture of a cluster carries of runs: the open ones. */
export type RunBoard = {
  readonly runs: readonly RunShort[];
  /** Result of the last drill that proved something. */
  readonly proven: {
    readonly failover: { readonly at: Instant; readonly runId: string; readonly gapMs: number | null } | null;
    readonly restore: { readonly at: Instant; readonly runId: string } | null;
  };
};
