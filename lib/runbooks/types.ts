import type { AuditLog } from "@/lib/audit/types";
import type { Collectors } from "@/lib/collectors/current";
import type { UserRole } from "@/lib/config/types";
import type { Stored } from "@/lib/db/types";
import type { OperationView } from "@/lib/domain/actions/operation";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { Incident } from "@/lib/domain/incident/incident";
import type { Message } from "@/lib/domain/message";
import type { Measured, Proof, Run, RunCommand, RunEntry } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { RunbookLibrary } from "./load";
import type { RunStore } from "./store";

/** Who asks, and from which address. */
export type RunAsker = { readonly name: string; readonly role: UserRole; readonly from: string | null };

/** Why a request was turned down; the codes are those of `PROBLEMS`. */
export type RunRefusal = {
  readonly kind: "refused";
  readonly code:
    | "not-found"
    | "bad-request"
    | "forbidden"
    | "reason-missing"
    | "blocked"
    | "run-open"
    | "run-refused"
    | "not-yours"
    | "not-open"
    | "moved"
    | "store-failed"
    | "not-started";
  readonly detail: string;
  /** The same for a reader of any language; null where the code says it all. */
  readonly text: Message | null;
  /** For `run-open`: the one that is. */
  readonly runId: string | null;
};
export type RunAnswered<T> = { readonly kind: "ok"; readonly value: T } | RunRefusal;

export type RunRequest = {
  readonly runbookId: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Why it is begun although a precondition is not true, or although the cluster is a production one. */
  readonly reason: string | null;
};

/** A run with all that belongs to it. */
export type RunWhole = {
  readonly run: Run;
  readonly runbook: Runbook;
  readonly entries: readonly RunEntry[];
  readonly measured: Measured | null;
  readonly proof: Proof | null;
};

/** What routes see of runs; one on `globalThis`, see `current.ts`. */
export type RunDesk = {
  /** As it was read when the dashboard started. */
  readonly catalogue: RunbookLibrary;
  begin(asker: RunAsker, scope: ClusterScope, request: RunRequest): Promise<RunAnswered<RunWhole>>;
  command(asker: RunAsker, id: string, version: number, command: RunCommand): Promise<RunAnswered<RunWhole>>;
  run(id: string): Promise<Stored<RunWhole | null>>;
  /** Newest first. */
  runs(
    scope: ClusterScope,
    query: { readonly before: EpochMs | null; readonly limit: number },
  ): Promise<Stored<readonly Pick<RunWhole, "run" | "runbook" | "measured" | "proof">[]>>;
  close(): Promise<void>;
};

/** Everything that runs stand on; a test gives fakes of all of it. */
export type RunParts = {
  readonly scopes: readonly ClusterScope[];
  readonly collectors: Pick<Collectors, "onState" | "setRuns">;
  readonly store: RunStore;
  readonly audit: Pick<AuditLog, "append">;
  readonly catalogue: RunbookLibrary;
  /** An operation by its id, also one that no board shows any more. */
  readonly operation: (id: string) => Promise<Stored<OperationView | null>>;
  /** What the record tells of a window of the past; null: not all of it is written down yet. */
  readonly incident: (scope: ClusterScope, window: { from: EpochMs; to: EpochMs }) => Promise<Incident | null>;
  /** The role of somebody who is configured; null: nobody of that name is. */
  readonly roleOf: (name: string) => UserRole | null;
  readonly now: () => EpochMs;
  readonly newId: () => string;
};
