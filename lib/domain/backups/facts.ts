import type { Instant, Lsn } from "../ids";

/** What a backup tool says of its repository, in one vocabulary for all tools. What a tool does not tell is null, never 0 or false. */

export const BACKUP_KINDS = ["pgbackrest", "wal-g", "barman", "directory"] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

export const BACKUP_VIAS = ["sql", "command", "ssh", "directory"] as const;
export type BackupVia = (typeof BACKUP_VIAS)[number];

export type BackupType = "full" | "diff" | "incr" | "unknown";

/**
 * `done`: complete and restorable by the tool's own word; `running`: being made, or waiting for its last WAL; `failed`: the tool keeps
 * it as failed; `incomplete`: begun and without its end, whether it runs or died cannot be told; `unknown`: a word that we do not know.
 */
export type BackupState = "done" | "running" | "failed" | "incomplete" | "unknown";

export type BackupRecord = {
  /** Unique in its stanza and repository. */
  readonly label: string;
  readonly type: BackupType;
  readonly state: BackupState;
  readonly startedAt: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly durationMs: number | null;
  /** Size of the database it holds. */
  readonly databaseBytes: number | null;
  /** What this backup copied of it. */
  readonly deltaBytes: number | null;
  /** What a restore of it reads from the repository, with what it depends on; not told by pgBackRest with block-incremental. */
  readonly repoBytes: number | null;
  /** What this backup added to the repository. */
  readonly repoDeltaBytes: number | null;
  readonly lsnStart: Lsn | null;
  readonly lsnStop: Lsn | null;
  /** First and last WAL file that a restore of it needs to become consistent. */
  readonly walStart: string | null;
  readonly walStop: string | null;
  /** True: it holds pages with wrong checksums. Null: not checked, or not told. */
  readonly error: boolean | null;
  /** Backups that must be there to restore this one; the last is its nearest. */
  readonly dependsOn: readonly string[];
  readonly annotation: Readonly<Record<string, string>>;
  /** The repository's key (pgBackRest) or storage (WAL-G). */
  readonly repo: string | null;
  /** Kept for ever, or out of the retention policy, in the tool's own word. */
  readonly retention: string | null;
  readonly systemId: string | null;
  /** Major version, for example `17`. */
  readonly postgresVersion: string | null;
};

export type RepoStatus = {
  readonly key: string;
  readonly ok: boolean;
  readonly code: number;
  readonly message: string;
};

/** WAL files in a repository of one database history. `max` is of the last timeline; gaps between the two cannot be seen. */
export type ArchiveRange = {
  readonly repo: string | null;
  /** Of the database that the stanza holds now, as against one before an upgrade. */
  readonly current: boolean;
  readonly min: string | null;
  readonly max: string | null;
};

/** A stanza (pgBackRest), a server (Barman), a storage prefix (WAL-G) or a folder. */
export type StanzaFacts = {
  readonly name: string;
  /** The tool's own verdict of the stanza. `empty`: it is there, and holds no backup. */
  readonly status: { readonly kind: "ok" | "missing" | "empty" | "mixed" | "error"; readonly message: string };
  readonly repos: readonly RepoStatus[];
  /** Of the database that it holds now. */
  readonly systemId: string | null;
  readonly postgresVersion: string | null;
  readonly archives: readonly ArchiveRange[];
  /** In the tool's order. */
  readonly backups: readonly BackupRecord[];
  /**
   * Whether a backup runs *as seen from the host that was asked*: pgBackRest's lock is a file of the host that runs the backup. Null
   * where the tool does not tell.
   */
  readonly running: {
    readonly held: boolean;
    readonly totalBytes: number | null;
    readonly doneBytes: number | null;
  } | null;
};

export type BackupFacts = {
  /** Version of the tool, where its answer tells. */
  readonly version: string | null;
  readonly stanzas: readonly StanzaFacts[];
};

/** Base backups that stream from one member now: `pg_basebackup`, Barman's streaming method, or a replica that Patroni makes. */
export type BaseBackupFacts = { readonly streams: readonly BaseBackupStream[] };

export type BaseBackupStream = {
  readonly pid: number;
  readonly application: string | null;
  readonly client: string | null;
  readonly startedAt: Instant | null;
  /** PostgreSQL's word, for example `streaming database files`. */
  readonly phase: string;
  readonly totalBytes: number | null;
  readonly streamedBytes: number | null;
};
