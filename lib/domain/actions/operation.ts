import type { Instant, MemberName } from "../ids";
import type { Message } from "../message";
import type { CandidateImpact, Fence } from "./plan";
import type { ActionKind, ActionRequest } from "./request";

/** An action that was confirmed: what happens with it, step by step, until its outcome is known. */

export const OPERATION_STATES = [
  "awaiting-approval",
  "scheduled",
  "running",
  "done",
  "done-otherwise",
  "refused",
  "failed",
  "unknown",
] as const;
export type OperationState = (typeof OPERATION_STATES)[number];
export const OPEN_STATES: ReadonlySet<OperationState> = new Set(["awaiting-approval", "scheduled", "running"]);

/**
 * How far a running operation is. It is written down before each is begun, so that a successor knows what may have happened:
 * `checking`: nothing was sent. `locked`: locks are held, nothing was sent. `calling`: the call was sent, or is about to be.
 * `accepted`: the called system took it. `verifying`: what was called has answered, the witnesses have not agreed yet. `ended`.
 */
export const OPERATION_PHASES = ["checking", "locked", "calling", "accepted", "verifying", "ended"] as const;
export type OperationPhase = (typeof OPERATION_PHASES)[number];

/** What a system that was told to act answered. `kind` follows PROTOCOLS A.8; none of them is the outcome. */
export type CallAnswer = {
  readonly kind:
    | "done"
    | "done-otherwise"
    | "accepted"
    | "scheduled"
    | "refused"
    | "failed"
    /** The answer says that it does not know, was lost, or came too late: what was asked may still happen. */
    | "unknown"
    /** Nothing reached it: the connection was never made. */
    | "not-sent";
  /** What was called, for example `POST http://10.0.0.1:8008/switchover`. No secret. */
  readonly call: string;
  /** HTTP status; null for another protocol, or without an answer. */
  readonly status: number | null;
  /** In the system's own words, at most some hundred characters. */
  readonly text: string;
  /** Member named by the answer, for `done` and `done-otherwise`. */
  readonly member: MemberName | null;
  readonly sentAt: Instant;
  readonly tookMs: number;
};

/**
 * The answer to the call of that `Call.id`. A call that has one is never made again: it is written down as `unknown` before the call is
 * sent, and replaced by what came back.
 */
export type AnsweredCall = CallAnswer & { readonly id: string };

/** One thing that has to be so for the action to be done. Steps are known from the start, and tick as they come true. */
export type Step = {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "unknown" | "skipped";
  readonly text: Message;
  /** What it waits for now, for example `old primary still stopping: 3 WAL senders`; null when there is nothing to say. */
  readonly detail: Message | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
};

/** How it ended, in a word that can be tested and a sentence that can be read. */
export type Outcome = {
  /** Stable, for example `switched-over`, `other-leader`, `fence-moved`, `blocked`, `cancelled`, `no-answer`. */
  readonly code: string;
  readonly text: Message;
  /** What moved or blocked, one sentence each. */
  readonly reasons: readonly Message[];
};

/** The loss receipt after: what the old leader had that the new one did not take over. */
export type LossReceipt = {
  readonly before: CandidateImpact | null;
  /** Last position of the old leader and where the new timeline branched off. Null: not known (yet). */
  readonly oldLsn: string | null;
  readonly forkLsn: string | null;
  readonly lostBytes: number | null;
  /** `measured`: both positions are known. `none`: the old leader shut down cleanly and the new one had all. */
  readonly basis: "measured" | "none" | "unknown";
};

export type Operation = {
  readonly id: string;
  readonly scope: string;
  readonly planId: string;
  readonly action: ActionKind;
  readonly request: ActionRequest;
  readonly state: OperationState;
  readonly phase: OperationPhase;
  /** Who, in what role, and from where. */
  readonly actor: string;
  readonly role: string;
  readonly from: string | null;
  readonly reason: string;
  readonly acknowledged: readonly string[];
  readonly overridden: readonly string[];
  readonly approvedBy: string | null;
  readonly fence: Fence;
  readonly steps: readonly Step[];
  readonly answers: readonly AnsweredCall[];
  readonly outcome: Outcome | null;
  /** By the client's eye, else by our own view of the writable server; null: none was measured. */
  readonly writeGapMs: number | null;
  readonly writeGapBasis: "client-eye" | "observed" | null;
  readonly receipt: LossReceipt | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Times out into `unknown` (running) or is withdrawn (awaiting approval). */
  readonly deadlineAt: Instant;
  /** Estimated end of a copy, restart … where something can be told: done of total, in bytes. */
  readonly progress: { readonly done: number; readonly total: number | null; readonly unit: "bytes" } | null;
  /** Boot of the dashboard that carries it, and how often a successor took it over. */
  readonly boot: string;
  readonly resumed: number;
};

/** What every picture carries of an operation: all but the fence and what only its own page shows. */
export type OperationView = Omit<Operation, "fence" | "acknowledged" | "overridden" | "role" | "from" | "boot">;

/** Why automatic failover is off, for whom and until when, as our own store knows it; Patroni knows only that it is. */
export type PauseNote = {
  readonly owner: string;
  readonly reason: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly resumeAtEnd: boolean;
};

/** What `lib/actions` puts on the board of a cluster for every reader: what runs, what ended lately, who paused it. */
export type ActionBoard = {
  /** Open ones first, then those that ended within the last ten minutes, newest first, at most five of these. */
  readonly operations: readonly OperationView[];
  readonly pause: PauseNote | null;
};
