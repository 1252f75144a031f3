import { z } from "zod";
import type { BackupFacts, BackupRecord } from "@/lib/domain/backups/facts";
import { lsnFromBytes } from "@/lib/domain/lsn";
import { ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { parseJson } from "@/lib/sources/shared/json";
import { durationBetween, instantOfText } from "../times";

/** Positions and identifiers are unsigned 64-bit numbers: kept as text by `parseJson` where a double would round them. */
const long = z.union([z.string(), z.number()]).nullable().optional();
const text = z.string().nullable().optional();
const bytes = z.number().nullable().optional();

const backup = z.object({
  backup_name: z.string(),
  time: text,
  wal_file_name: text,
  storage_name: text,
  start_time: text,
  finish_time: text,
  hostname: text,
  pg_version: z.number().nullable().optional(),
  start_lsn: long,
  finish_lsn: long,
  is_permanent: z.boolean().nullable().optional(),
  system_identifier: long,
  uncompressed_size: bytes,
  compressed_size: bytes,
});

const answer = z.array(backup).nullable();
type WalgBackup = z.infer<typeof backup>;

/**
 * Reads what `wal-g backup-list --detail --json` printed (without `--detail` most is missing). An empty storage prints `[]`, `null`
 * or nothing at all, with "No backups found" in its log. WAL-G tells nothing of the WAL it holds, nor of a running backup.
 */
export function parseWalg(printed: string, name: string): Result<BackupFacts> {
  const raw = printed.trim() === "" ? [] : parseJson(printed);
  const parsed = answer.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, failure: failureText("malformed", `wal-g: ${issue?.path.join(".")}: ${issue?.message}`) };
  }
  const backups = (parsed.data ?? [])
    .map(toBackup)
    .sort((a, b) => ((a.stoppedAt ?? "") < (b.stoppedAt ?? "") ? -1 : 1));
  const last = backups.at(-1);
  return ok({
    version: null,
    stanzas: [
      {
        name,
        status: { kind: backups.length === 0 ? "empty" : "ok", message: "" },
        repos: [],
        systemId: last?.systemId ?? null,
        postgresVersion: last?.postgresVersion ?? null,
        archives: [],
        backups: chained(backups),
        running: null,
      },
    ],
  });
}

/** `base_<WAL>`, and `base_<WAL>_D_<WAL>` for a delta on top of the base of that second WAL file. */
const NAME = /^base_([0-9A-F]{24})(?:_D_([0-9A-F]{24}))?/i;

function toBackup(one: WalgBackup): BackupRecord {
  const startedAt = instantOfText(one.start_time);
  const stoppedAt = instantOfText(one.finish_time) ?? instantOfText(one.time);
  const [, wal = null, base] = NAME.exec(one.backup_name) ?? [];
  return {
    label: one.backup_name,
    type: base ? "incr" : wal ? "full" : "unknown",
    // Its sentinel is written last: what is listed is complete.
    state: "done",
    startedAt,
    stoppedAt,
    durationMs: durationBetween(startedAt, stoppedAt),
    databaseBytes: one.uncompressed_size ?? null,
    deltaBytes: null,
    repoBytes: null,
    repoDeltaBytes: one.compressed_size ?? null,
    lsnStart: lsnFromBytes(one.start_lsn),
    lsnStop: lsnFromBytes(one.finish_lsn),
    walStart: one.wal_file_name ?? wal,
    walStop: null,
    error: null,
    dependsOn: base ? [`base_${base}`] : [],
    annotation: {},
    repo: one.storage_name ?? null,
    retention: one.is_permanent === true ? "permanent" : null,
    systemId: one.system_identifier ? String(one.system_identifier) : null,
    postgresVersion: one.pg_version ? String(Math.floor(one.pg_version / 10_000)) : null,
  };
}

/** A delta names its base by the WAL file only; the base may be a delta itself, whose name goes on behind it. */
function chained(backups: readonly BackupRecord[]): BackupRecord[] {
  const byWal = new Map(backups.map(({ label }) => [NAME.exec(label)?.[1] ?? label, label]));
  return backups.map((backup) => {
    const base = NAME.exec(backup.label)?.[2];
    return base ? { ...backup, dependsOn: [byWal.get(base) ?? `base_${base}`] } : backup;
  });
}
