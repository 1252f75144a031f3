import type { Instant } from "../ids";

/** What PostgreSQL counts and what it is busy with: looked at more rarely than what conclusions are drawn from. */

/** In the failure's text when a server refuses a login because all its connections are taken (53300), whatever language it speaks. */
export const TOO_MANY_CONNECTIONS = "too many connections";

/** Client sessions, each in one of these. Ours is `idle`: asking is not work of the server's clients. */
export type ConnectionStates = {
  readonly active: number;
  /** Active, and waiting for a lock that another session holds. */
  readonly waiting: number;
  readonly idle: number;
  readonly idleInTransaction: number;
  readonly other: number;
};

/** One client session that holds others up. Never what it runs. */
export type SessionNote = {
  readonly pid: number;
  readonly user: string | null;
  /** As the client calls itself; empty where it does not. */
  readonly application: string;
  readonly seconds: number;
};

/** Client sessions that wait for locks that others hold. */
export type LockWaits = { readonly sessions: number; readonly longestSeconds: number };

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
  /** Pages whose checksum was wrong when they were read; null without data checksums. */
  readonly checksumFailures: number | null;
  readonly checksumLastFailureAt: Instant | null;
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

/** One filesystem that the server writes to, as `df` on its own host says. */
export type DiskSpace = {
  readonly holds: readonly ("data" | "wal" | "tablespace")[];
  readonly mount: string;
  readonly totalBytes: number;
  /** Of what an ordinary user may use: what is reserved for root counts neither as used nor as free. */
  readonly usedBytes: number;
  readonly freeBytes: number;
};

/** As they were measured at `at`, by the server's clock. */
export type DiskFacts = { readonly disks: readonly DiskSpace[]; readonly at: Instant };

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
  /** The session whose transaction is the oldest, and the one that idles in one for longest; null: none, or not to be seen. */
  readonly longestTransaction: SessionNote | null;
  readonly longestIdleInTransaction: SessionNote | null;
  /** Null: nobody waits, or it is not to be seen. */
  readonly lockWaits: LockWaits | null;
  readonly databases: DatabaseTotals;
  readonly checkpoints: CheckpointTotals;
  readonly archiver: ArchiverFacts;
  /** The largest `age(datfrozenxid)`. */
  readonly transactionIdAge: number | null;
  /** The database whose `datfrozenxid` is the oldest. */
  readonly oldestDatabase: string | null;
  /** The largest `mxid_age(datminmxid)`. */
  readonly multixactAge: number | null;
  /** When the server last loaded its configuration, in its own spelling: certificates are renewed by that too. */
  readonly configuredAt: string;
  /** Settings that members of a cluster should share, as `SHOW` prints them; null: unknown to this release, or not to be seen. */
  readonly settings: Readonly<Record<string, string | null>>;
  /** Null where the server cannot tell: see `public/sql/disk-space.sql`. */
  readonly disk: DiskFacts | null;
};

/** Sizes of all databases, templates left out, in bytes; null for one that took too long to measure. */
export type DatabaseSizes = {
  readonly databases: readonly { readonly name: string; readonly bytes: number | null }[];
};
