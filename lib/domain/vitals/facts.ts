import type { Instant } from "../ids";

/** What PostgreSQL counts and what it is busy with: looked at more rarely than what conclusions are drawn from. */

/** Client sessions, each in one of these. Ours is `idle`: asking is not work of the server's clients. */
export type ConnectionStates = {
  readonly active: number;
  /** Active, and waiting for a lock that another session holds. */
  readonly waiting: number;
  readonly idle: number;
  readonly idleInTransaction: number;
  readonly other: number;
};

/** Totals over all databases since the statistics were last reset; comparable only while `resetKey` stays the same. */
export type DatabaseTotals = {
  /** Changes when any database's counters were reset and when a database came or went. */
  readonly resetKey: string;
  readonly commits: number;
  readonly rollbacks: number;
  readonly blocksHit: number;
  readonly blocksRead: number;
  readonly deadlocks: number;
  readonly conflicts: number;
  readonly tempBytes: number;
};

/** Checkpoints of a primary, restartpoints of a standby, since the statistics were last reset at `resetAt`. */
export type CheckpointTotals = {
  readonly timed: number;
  readonly requested: number;
  readonly resetAt: string | null;
};

/** WAL files that wait to be archived (`.ready`), as they were counted at `at`. */
export type ArchiveBacklog = {
  readonly files: number;
  /** Null without files. */
  readonly oldestAgeSeconds: number | null;
  readonly at: Instant;
};

export type ArchiverFacts = {
  /** The server's `archive_mode`. On a standby only `always` archives. */
  readonly mode: "off" | "on" | "always";
  /** An `archive_command` or an `archive_library` is set. What it says is nobody's business: it may hold passwords. */
  readonly configured: boolean;
  readonly archivedCount: number;
  readonly lastArchivedWal: string | null;
  readonly lastArchivedAt: Instant | null;
  readonly failedCount: number;
  readonly lastFailedWal: string | null;
  readonly lastFailedAt: Instant | null;
  readonly resetAt: string | null;
  /** Null where the role may not list the files, and before they were counted. */
  readonly backlog: ArchiveBacklog | null;
};

/** One slow look at one PostgreSQL server. Counters begin anew at a crash and at a reset, never quietly: see the keys beside them. */
export type PostgresVitals = {
  readonly inRecovery: boolean;
  /** In the same spelling as in the fast look. */
  readonly postmasterStartTime: string;
  /** The server's own clock at the look. */
  readonly serverTime: Instant;
  /** Null when the role lacks `pg_monitor`. */
  readonly connections: ConnectionStates | null;
  readonly maxConnections: number;
  /** Of these, kept for superusers and for members of `pg_use_reserved_connections`. */
  readonly reservedConnections: number;
  readonly oldestTransactionSeconds: number | null;
  readonly databases: DatabaseTotals;
  readonly checkpoints: CheckpointTotals;
  readonly archiver: ArchiverFacts;
  /** The largest `age(datfrozenxid)`. */
  readonly transactionIdAge: number | null;
};

/** Sizes of all databases, templates left out, in bytes; null for one that took too long to measure. */
export type DatabaseSizes = {
  readonly databases: readonly { readonly name: string; readonly bytes: number | null }[];
};
