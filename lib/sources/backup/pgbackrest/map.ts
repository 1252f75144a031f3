import type { BackupFacts, BackupRecord, BackupType, StanzaFacts } from "@/lib/domain/backups/facts";
import { formatLsn, parseLsn } from "@/lib/domain/lsn";
import { durationBetween, instantOfSeconds } from "../times";
import type { InfoBackup, InfoStanza } from "./schema";

/** pgBackRest's answer in the domain's words. */
export function toPgbackrestFacts(stanzas: readonly InfoStanza[]): BackupFacts {
  // The answer does not tell the version of the program that gave it, only of the one that made each backup.
  const version = stanzas.flatMap((stanza) => stanza.backup).at(-1)?.backrest?.version ?? null;
  return { version, stanzas: stanzas.map(toStanza) };
}

const STATUS: Readonly<Record<number, StanzaFacts["status"]["kind"]>> = {
  0: "ok",
  1: "missing",
  2: "empty",
  3: "missing",
  4: "mixed",
  5: "mixed",
};

function toStanza(stanza: InfoStanza): StanzaFacts {
  const { name, status, repo, db, archive, backup } = stanza;
  const current = db.at(-1);
  const lock = status.lock?.backup;
  const isCurrent = (of: { id: number; "repo-key"?: number | undefined } | undefined) =>
    of === undefined || current === undefined || newestOf(db, of["repo-key"]) === of.id;
  return {
    name,
    status: { kind: STATUS[status.code] ?? "error", message: status.message },
    repos: repo.map((one) => ({
      key: String(one.key),
      ok: one.status.code === 0,
      code: one.status.code,
      message: one.status.message,
    })),
    systemId: current?.["system-id"] ?? null,
    postgresVersion: current?.version ?? null,
    archives: archive.map((range) => ({
      repo: keyOf(range.database),
      current: isCurrent(range.database),
      min: range.min ?? null,
      max: range.max ?? null,
    })),
    backups: backup.map((one) => toBackup(one, db)),
    running: lock ? { held: lock.held, totalBytes: lock.size ?? null, doneBytes: lock["size-cplt"] ?? null } : null,
  };
}

/** The id of the database that a repository holds now: the last of its history. */
const newestOf = (db: InfoStanza["db"], repo: number | undefined): number | undefined =>
  db.findLast((one) => one["repo-key"] === repo)?.id;

const keyOf = (of: { "repo-key"?: number | undefined } | undefined): string | null =>
  of?.["repo-key"] === undefined ? null : String(of["repo-key"]);

function toBackup(backup: InfoBackup, db: InfoStanza["db"]): BackupRecord {
  const startedAt = instantOfSeconds(backup.timestamp.start);
  const stoppedAt = instantOfSeconds(backup.timestamp.stop);
  const { size, delta, repository } = backup.info ?? {};
  const database = db.find((one) => one.id === backup.database.id && one["repo-key"] === backup.database["repo-key"]);
  return {
    label: backup.label,
    type: toType(backup.type),
    // Only complete backups are on the list: one that was cut off leaves no entry.
    state: "done",
    startedAt,
    stoppedAt,
    durationMs: durationBetween(startedAt, stoppedAt),
    databaseBytes: size ?? null,
    deltaBytes: delta ?? null,
    repoBytes: repository?.size ?? null,
    repoDeltaBytes: repository?.delta ?? null,
    lsnStart: toLsn(backup.lsn?.start),
    lsnStop: toLsn(backup.lsn?.stop),
    walStart: backup.archive?.start ?? null,
    walStop: backup.archive?.stop ?? null,
    error: backup.error ?? null,
    dependsOn: dependsOn(backup),
    annotation: backup.annotation ?? {},
    repo: keyOf(backup.database),
    retention: null,
    systemId: database?.["system-id"] ?? null,
    postgresVersion: database?.version ?? null,
  };
}

const toType = (type: string): BackupType => (type === "full" || type === "diff" || type === "incr" ? type : "unknown");

function toLsn(text: string | null | undefined) {
  const position = parseLsn(text);
  return position === null ? null : formatLsn(position);
}

/** All that it refers to; the one it was made on top of last. */
function dependsOn({ prior, reference }: InfoBackup): string[] {
  const labels = (reference ?? []).filter((label) => label !== prior);
  return prior ? [...labels, prior] : labels;
}
