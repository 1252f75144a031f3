import type { Instant, MemberName } from "../ids";
import type { Message } from "../message";
import type { FailureKind } from "../observation";
import type { Trust } from "../trust";
import type { BackupKind, BackupRecord, BackupType, BackupVia, BaseBackupStream, RepoStatus } from "./facts";

/** What the picture of a cluster says of its backups. The list of backups is not in it: it is fetched when a page shows it. */
export type BackupsView = {
  /** One for each configured source, or for each of its stanzas where it holds several. */
  readonly sources: readonly BackupSourceView[];
  /** Base backups that stream from members now, by fresh evidence only. */
  readonly streams: readonly (BaseBackupStream & { readonly member: MemberName })[];
};

export const NO_BACKUPS: BackupsView = { sources: [], streams: [] };

/** The part of a configured source that conclusions depend on. */
export type BackupSpec = {
  /** Unique in its cluster. */
  readonly name: string;
  readonly kind: BackupKind;
  readonly via: BackupVia;
  readonly stanza: string | null;
  /** Where it is asked: a host for `ssh`; null for the dashboard's own host, and for `sql`, which asks each member. */
  readonly place: string | null;
  readonly intervalMs: number;
  /** A last good backup older than this is called out. */
  readonly maxAgeMs: number;
};

/** One place that the source was asked at. */
export type BackupPlace = {
  /** A member's name, an SSH host; empty for the dashboard's own host. */
  readonly place: string;
  readonly sourceId: string;
  readonly trust: Trust;
  readonly at: Instant | null;
  readonly failure: { readonly kind: FailureKind; readonly text: string } | null;
  /** Backups seen from there; null when it never answered. */
  readonly count: number | null;
  readonly newest: string | null;
  readonly lockHeld: boolean | null;
};

export type BackupMark = {
  readonly label: string;
  readonly type: BackupType;
  readonly startedAt: Instant | null;
  readonly stoppedAt: Instant | null;
};

/** The time to which a restore is possible, as far as the answers show; holes in the archive are invisible to all tools. */
export type RestoreWindow = {
  /** End of the oldest good full backup whose WAL is archived. */
  readonly from: Instant;
  readonly fromLabel: string;
  /**
   * The latest moment that is proven to be in the repository. `archiver`: PostgreSQL archived the newest file that the repository
   * holds then; `backup`: only the end of the newest good backup is certain.
   */
  readonly to: Instant;
  readonly toBasis: "archiver" | "backup";
  readonly walFrom: string | null;
  readonly walTo: string | null;
};

export type RunningBackup = {
  /** When we first saw it run, and when we last saw that it did not; null when it already ran at our first look. */
  readonly seenAt: Instant;
  readonly notBefore: Instant | null;
  /** Where its lock was seen, or empty. */
  readonly place: string;
  readonly totalBytes: number | null;
  readonly doneBytes: number | null;
  /** The newest good backup when we first saw it: what it is told by afterwards. */
  readonly newestBefore: string | null;
  /** Whether it is a backup for certain, and not another command that takes the same lock. */
  readonly certain: boolean;
};

/**
 * How the last backup that we saw running ended; no tool but Barman keeps a record of a failed one. `failed`: it had begun to copy,
 * and no backup came of it. `nothing`: pgBackRest's lock was held and let go, and no backup came of it; `expire` and others take that lock too.
 */
export type EndedBackup = {
  readonly outcome: "finished" | "failed" | "nothing";
  readonly seenAt: Instant;
  readonly endedAt: Instant;
  readonly place: string;
  /** The backup that came of it. */
  readonly label: string | null;
};

export const REMARK_CODES = [
  "none",
  "too-old",
  "failed",
  "recorded-failed",
  "page-errors",
  "repo-error",
  "stanza-error",
  "other-cluster",
  "other-version",
  "differs",
  "local-repository",
  "broken-chain",
  "archive-starts-late",
  "archive-ends-early",
  "no-archive",
] as const;
export type RemarkCode = (typeof REMARK_CODES)[number];

export type BackupRemark = {
  readonly code: RemarkCode;
  readonly severity: "info" | "warn" | "critical";
  readonly text: Message;
};

export type BackupSourceView = {
  /** `<name>`, or `<name>/<stanza>` where the source holds several. */
  readonly id: string;
  readonly name: string;
  readonly kind: BackupKind;
  readonly via: BackupVia;
  readonly stanza: string | null;
  readonly version: string | null;
  readonly intervalMs: number;
  /** The best of its places. */
  readonly trust: Trust;
  readonly at: Instant | null;
  readonly failure: { readonly kind: FailureKind; readonly text: string } | null;
  readonly places: readonly BackupPlace[];
  /** The tool's own verdict; null before its first answer. */
  readonly status: { readonly kind: "ok" | "missing" | "empty" | "mixed" | "error"; readonly message: string } | null;
  readonly repos: readonly RepoStatus[];
  /** Good backups; null before the first answer. */
  readonly count: number | null;
  readonly last: BackupMark | null;
  readonly lastFull: BackupMark | null;
  readonly window: RestoreWindow | null;
  /** Null: none runs, as far as fresh evidence shows. */
  readonly running: RunningBackup | null;
  /** Whether a running backup could be seen at all. */
  readonly runningKnown: boolean;
  readonly ended: EndedBackup | null;
  readonly remarks: readonly BackupRemark[];
};

/** A backup as the list shows it. */
export type BackupRow = BackupRecord & {
  /** Whether all that it depends on is there and good; null where that cannot be told. */
  readonly restorable: boolean | null;
  /** Those of `dependsOn` that are gone. */
  readonly missing: readonly string[];
  /** Places that see it, where not all do. */
  readonly onlyAt: readonly string[];
};
