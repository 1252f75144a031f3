import type { Call } from "../actions/call";
import type { LossReceipt, Operation, Outcome, Step } from "../actions/operation";
import type { ActionKind, RequestOf } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import type { WriteGap } from "../events/event";
import type { EpochMs } from "../ids";
import type { Snapshot } from "../snapshot";

/** What an operation is judged by: what is seen now, never what was answered alone. */
export type VerifyWorld = {
  readonly now: EpochMs;
  readonly state: ClusterState;
  readonly snapshot: Omit<Snapshot, "version">;
  /** Calls that were sent and have no answer yet, by id. */
  readonly inFlight: ReadonlySet<string>;
  /** Gaps that the client's eye measured since the operation began, oldest first; null without a client's eye. */
  readonly gaps: readonly WriteGap[] | null;
};

export type Verification = {
  readonly steps: readonly Step[];
  /** Null: still running, and `steps` say what it waits for. */
  readonly end: {
    readonly state: "done" | "done-otherwise" | "refused" | "failed" | "unknown" | "scheduled";
    readonly outcome: Outcome;
  } | null;
  readonly writeGapMs: number | null;
  readonly writeGapBasis: Operation["writeGapBasis"];
  readonly receipt: LossReceipt | null;
  readonly progress: Operation["progress"];
};

/**
 * One kind of action, apart from its checks: what is to be called, in which order, and when it is done. Pure: the pipeline asks again after
 * each change of the picture, and a successor after a crash asks the same of the operation that it finds.
 */
export type Verb<K extends ActionKind = ActionKind> = {
  readonly action: K;
  /** The next call; null: nothing (more) to call now. Never one whose id is in `operation.answers` or `world.inFlight`. */
  next(operation: OperationOf<K>, world: VerifyWorld): Call | null;
  verify(operation: OperationOf<K>, world: VerifyWorld): Verification;
  /** How long it may take from its start, or from the time that it is set for, until it is called `unknown`, in ms. */
  deadlineMs(request: RequestOf<K>, world: Omit<VerifyWorld, "inFlight" | "gaps">): number;
};

export type OperationOf<K extends ActionKind> = Operation & { readonly action: K; readonly request: RequestOf<K> };
