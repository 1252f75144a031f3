import type { AuditLog } from "@/lib/audit/types";
import type { Actor } from "@/lib/auth/actor";
import type { Stored } from "@/lib/db/types";
import type { Call } from "@/lib/domain/actions/call";
import type { BackendFacts, LockAbility, LockHolder, ServerFacts } from "@/lib/domain/actions/facts";
import type { CallAnswer, Operation, OperationState, PauseNote } from "@/lib/domain/actions/operation";
import type { Plan } from "@/lib/domain/actions/plan";
import type { ActionRequest, BackendId } from "@/lib/domain/actions/request";
import type { ClusterScope, EpochMs, MemberName } from "@/lib/domain/ids";
import type { Message } from "@/lib/domain/message";
import type { Result } from "@/lib/domain/observation";

/** The seams of acting: what the pipeline needs of the store, of the DCS, and of the systems that are told to act. */

/** Who holds a cluster's row of the lock. */
export type RowHolder = {
  readonly operationId: string;
  readonly action: string;
  readonly actor: string;
  readonly at: EpochMs;
  /** When its dashboard last said that it is alive. */
  readonly renewedAt: EpochMs;
};

export type BeginAnswer =
  | { readonly kind: "begun" }
  | { readonly kind: "plan-used"; readonly operationId: string }
  | { readonly kind: "busy"; readonly holder: RowHolder };

/**
 * Plans, operations, the row lock and pause notes in our own store. Every write may be repeated without harm. A failure of the kind
 * `failed` is final: the store answered, and what was asked may not be done. After any other it may have been done, or may yet be: what
 * `begin` left behind then is found by `open`, and by its lock that nobody renews.
 */
export type ActionStore = {
  savePlan(plan: Plan): Promise<Stored<void>>;
  plan(id: string): Promise<Stored<{ readonly plan: Plan; readonly usedBy: string | null } | null>>;
  /** In one transaction: uses the plan up, takes the cluster's row lock, stores the operation. Of two that come at once, one begins. */
  begin(operation: Operation): Promise<Stored<BeginAnswer>>;
  /** Stores an operation that never began (refused), or that waits for approval and holds no lock; uses the plan up too. */
  put(
    operation: Operation,
  ): Promise<Stored<{ readonly kind: "stored" } | { readonly kind: "plan-used"; readonly operationId: string }>>;
  /**
   * Takes the row lock for an operation that is stored already (approved, or fallen due), and with it stores the operation as given. Of two
   * that try it for one operation, even of one dashboard, one begins. `failed`: the operation is not there, or has ended.
   */
  lock(
    operation: Operation,
  ): Promise<Stored<{ readonly kind: "begun" } | { readonly kind: "busy"; readonly holder: RowHolder }>>;
  /** `failed`: not stored, or another boot than `operation.boot` carries it now. An operation that has ended is not opened again. */
  save(operation: Operation): Promise<Stored<void>>;
  /** Says that the carrier of the operation is alive. `failed`: it is somebody else by now. */
  renew(scope: ClusterScope, operationId: string, boot: string): Promise<Stored<void>>;
  /**
   * Makes `boot` the carrier, if its present one has been silent since `silentSince` or is `boot`; false: somebody else is, or it has ended.
   * From then on the operation is read with that `boot`.
   */
  takeOver(operationId: string, boot: string, silentSince: EpochMs): Promise<Stored<boolean>>;
  /** Only once the stored operation runs no more (its end is saved first); else `failed`. */
  release(scope: ClusterScope, operationId: string): Promise<Stored<void>>;
  holder(scope: ClusterScope): Promise<Stored<RowHolder | null>>;
  operation(id: string): Promise<Stored<Operation | null>>;
  /** Newest first; `before` is the `createdAt` of the last one of the page before. */
  operations(
    scope: ClusterScope,
    query: { readonly before: EpochMs | null; readonly limit: number },
  ): Promise<Stored<readonly Operation[]>>;
  /** Whatever has not ended, of every cluster. */
  open(): Promise<Stored<readonly Operation[]>>;
  /** How many there are, by cluster and state. */
  counts(): Promise<
    Stored<readonly { readonly scope: string; readonly state: OperationState; readonly count: number }[]>
  >;
  pause(scope: ClusterScope): Promise<Stored<PauseNote | null>>;
  setPause(scope: ClusterScope, note: PauseNote | null): Promise<Stored<void>>;
};

/** Our own key in the DCS. */
export type DcsLock = {
  /** Whether it could be had now; writes nothing. */
  ability(scope: ClusterScope): Promise<LockAbility>;
  /**
   * Takes it with a lease, in one transaction that compares the leader key's revision (`null`: that there is no leader key), and keeps
   * the lease alive until it is released. A key that carries the same `operationId` is taken over: it is our own from before a crash.
   */
  take(
    scope: ClusterScope,
    holder: LockHolder,
    leaderRevision: string | null,
  ): Promise<
    | { readonly kind: "taken"; release(): Promise<void>; lost(): boolean }
    | { readonly kind: "held"; readonly by: LockHolder }
    | { readonly kind: "leader-moved"; readonly leader: string | null }
    | { readonly kind: "not-supported" | "not-permitted" }
    | { readonly kind: "failed"; readonly text: string }
  >;
};

/** Sends one call to one system, once. Never throws, never retries; checks first that the right member answers at that address. */
export type Caller = { send(scope: ClusterScope, call: Call, signal: AbortSignal): Promise<CallAnswer> };

/** What is asked of servers for a plan alone. */
export type PlanLooks = {
  server(scope: ClusterScope, member: MemberName, signal: AbortSignal): Promise<Result<ServerFacts>>;
  /** Null: there is no such backend (any more). */
  backend(
    scope: ClusterScope,
    member: MemberName,
    id: BackendId,
    signal: AbortSignal,
  ): Promise<Result<BackendFacts | null>>;
  /** By node: whether its page lets us set servers. */
  haproxyAdmin(scope: ClusterScope, signal: AbortSignal): Promise<Readonly<Record<string, boolean>>>;
};

/** Why a request to act was turned down at once; the codes are those of `PROBLEMS`. */
export type Refusal = {
  readonly kind: "refused";
  readonly code:
    | "not-found"
    | "forbidden"
    | "action-disabled"
    | "not-yours"
    | "plan-expired"
    | "plan-used"
    | "fence-moved"
    | "busy"
    | "blocked"
    | "wrong-confirmation"
    | "reason-missing"
    | "unacknowledged"
    | "not-approvable"
    | "store-failed"
    | "not-started";
  readonly detail: string;
  /** What moved, blocks or was not acknowledged, one sentence each. */
  readonly reasons: readonly Message[];
  /** Who was first, for `busy`; the operation that used the plan, for `plan-used`. */
  readonly holder: LockHolder | null;
  readonly operationId: string | null;
};

export type Confirmation = {
  readonly planId: string;
  readonly confirmation: string;
  readonly reason: string;
  /** Ids of warnings that were ticked. */
  readonly acknowledged: readonly string[];
  /** Ids of overridable blocks that an admin overrides by name. */
  readonly overridden: readonly string[];
};

/** Who asks, and from which address. */
export type Asker = { readonly actor: Actor; readonly from: string | null };

/** The one way to act; one on `globalThis`, see `current.ts`. */
export type Actions = {
  plan(
    asker: Asker,
    scope: ClusterScope,
    request: ActionRequest,
  ): Promise<{ readonly kind: "ok"; readonly plan: Plan } | Refusal>;
  execute(
    asker: Asker,
    scope: ClusterScope,
    confirmation: Confirmation,
  ): Promise<{ readonly kind: "ok"; readonly operation: Operation } | Refusal>;
  /** The second pair of eyes: another operator than the one who planned. */
  approve(asker: Asker, operationId: string): Promise<{ readonly kind: "ok"; readonly operation: Operation } | Refusal>;
  /** Takes back what waits for approval: by who asked for it, an admin, or the approver who declines. */
  withdraw(
    asker: Asker,
    operationId: string,
    reason: string,
  ): Promise<{ readonly kind: "ok"; readonly operation: Operation } | Refusal>;
  readonly store: ActionStore;
  readonly audit: AuditLog;
  /** Stops following; operations under way are left to the successor, with their locks. */
  close(): Promise<void>;
};
