import type { ClusterState } from "../cluster-state";
import type { EpochMs, Instant, Lsn, MemberName } from "../ids";
import type { Known } from "../observation";
import type { Snapshot } from "../snapshot";
import type { BackendImpact, ClientGroup } from "./plan";

/** What is asked of a server for a plan alone, beside what the collectors see anyway. One look at one server. */
export type ServerFacts = {
  readonly dataDirectory: string | null;
  /** Sum of the sizes of its databases, in bytes; null: not permitted or too slow. */
  readonly databaseBytes: number | null;
  readonly clients: readonly ClientGroup[];
  /** Transactions that have been open for longer than ten seconds, longest first. */
  readonly longTransactions: readonly {
    readonly pid: number;
    readonly user: string | null;
    readonly application: string | null;
    readonly seconds: number;
  }[];
  readonly preparedTransactions: number;
  /** WAL since the last checkpoint began, in bytes: a shutdown must flush what it dirtied. Null on a standby. */
  readonly sinceCheckpointBytes: number | null;
  readonly checkpointRunning: boolean | null;
  /** `pg_basebackup` and other base backups under way, by application. */
  readonly baseBackups: readonly string[];
  /** Write position now; null on a standby. */
  readonly currentLsn: Lsn | null;
};

/** Earlier write gaps at a change of leader, newest first. */
export type PastGap = { readonly at: Instant; readonly ms: number };

/** How a lock of our own in the DCS can be had. */
export type LockAbility =
  /** Free and permitted. */
  | { readonly kind: "free" }
  | { readonly kind: "held"; readonly by: LockHolder }
  /** The DCS user may not write our key: other dashboards are not fenced off. */
  | { readonly kind: "not-permitted" }
  /** Another DCS than etcd v3, or none. */
  | { readonly kind: "not-supported" }
  | { readonly kind: "failed"; readonly text: string };

/** What our lock key says, so that the loser can be told who and what. */
export type LockHolder = {
  readonly operationId: string;
  readonly action: string;
  /** The person. */
  readonly actor: string;
  /** The dashboard: its host name. */
  readonly dashboard: string;
  readonly at: Instant;
};

/**
 * All that checks and impact are derived from; gathered anew for each plan and again before it is executed. `state` and `snapshot` were
 * looked at for this moment (see `lookAgain`), so a look that is not fresh in them could not be had.
 */
export type PlanContext = {
  readonly now: EpochMs;
  readonly state: ClusterState;
  readonly snapshot: Omit<Snapshot, "version">;
  /** Keyed by member name; only members that the action concerns were asked. */
  readonly servers: Readonly<Record<string, Known<ServerFacts>>>;
  /** For actions on a backend: null when there is no such backend (any more). */
  readonly backend: Known<BackendFacts | null>;
  readonly pastGaps: readonly PastGap[];
  readonly lock: LockAbility;
  /** The operation of our own store that runs or waits on this cluster now. */
  readonly running: {
    readonly id: string;
    readonly action: string;
    readonly actor: string;
    readonly at: Instant;
  } | null;
  /** False where our own record cannot be written: nothing is done that cannot be recorded. */
  readonly recordable: boolean;
  /** What was configured for each member's Patroni: without credentials a call that acts may be refused. */
  readonly patroniCredentials: boolean;
  /** HAProxy nodes whose servers we are allowed to set, by their configuration; by node name. */
  readonly haproxyAdmin: Readonly<Record<string, boolean>>;
};

export type BackendFacts = BackendImpact & {
  readonly member: MemberName;
  readonly backendStart: Instant;
  /** It is one of our own sessions. */
  readonly ours: boolean;
  readonly superuser: boolean | null;
};
