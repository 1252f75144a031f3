import { z } from "zod";
import type { BackupFacts, BackupRecord, BackupState, BackupType, StanzaFacts } from "@/lib/domain/backups/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { parseJson } from "@/lib/sources/shared/json";
import { instantOfSeconds } from "../times";

const number = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .nullable()
  .optional();
const text = z.string().nullable().optional();

/** An unfinished or failed backup has only its id, type and status. */
const backup = z.object({
  backup_id: z.string(),
  backup_name: text,
  backup_type: text,
  end_time_timestamp: z.union([z.number(), z.string()]).nullable().optional(),
  size_bytes: number,
  wal_size_bytes: number,
  status: z.string(),
  retention_status: text,
});

const answer = z.record(z.string(), z.union([z.array(backup), z.record(z.string(), z.unknown())]));
type BarmanBackup = z.infer<typeof backup>;

const problems = z.object({ _ERROR: z.array(z.string()).optional(), _EXCEPTION: z.array(z.string()).optional() });

/** Sections of the answer that are no servers. */
const NOT_SERVERS = new Set(["_INFO", "_WARNING", "_ERROR", "_EXCEPTION", "_DEBUG"]);

/**
 * Reads what `barman -f json list-backups <server|all>` printed. It keeps failed backups, and lists running ones; of the WAL it holds
 * this command tells the size only.
 */
export function parseBarman(printed: string): Result<BackupFacts> {
  if (printed.trim() === "") return malformed("nothing was printed");
  const raw = parseJson(printed);
  const problem = problems.safeParse(raw);
  const said = problem.success ? [...(problem.data._ERROR ?? []), ...(problem.data._EXCEPTION ?? [])] : [];
  if (said.length > 0) return { ok: false, failure: failureText("failed", `barman: ${said.join("; ")}`) };
  const parsed = z.record(z.string(), z.unknown()).safeParse(raw);
  if (!parsed.success) return malformed("not a map of servers");
  const servers = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !NOT_SERVERS.has(name)));
  const read = answer.safeParse(servers);
  if (!read.success) {
    const issue = read.error.issues[0];
    return malformed(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const stanzas = Object.entries(read.data).map(([name, list]) => toServer(name, Array.isArray(list) ? list : []));
  return ok({ version: null, stanzas });
}

const malformed = (why: string): Result<BackupFacts> => ({
  ok: false,
  failure: failureText("malformed", `barman list-backups: ${why}`),
});

function toServer(name: string, list: readonly BarmanBackup[]): StanzaFacts {
  const backups = list.map(toBackup).sort((a, b) => (a.label < b.label ? -1 : 1));
  return {
    name,
    status: { kind: backups.some(({ state }) => state === "done") ? "ok" : "empty", message: "" },
    repos: [],
    systemId: null,
    postgresVersion: null,
    archives: [],
    backups,
    running: { held: backups.some(({ state }) => state === "running"), totalBytes: null, doneBytes: null },
  };
}

const STATES: Readonly<Record<string, BackupState>> = {
  DONE: "done",
  // Complete but for WAL that still has to arrive: not restorable yet.
  WAITING_FOR_WALS: "running",
  STARTED: "running",
  EMPTY: "incomplete",
  SYNCING: "incomplete",
  FAILED: "failed",
};

/** `rsync` and `snapshot` are ways of taking a full backup; with hard links an `rsync` one still stands alone. */
const TYPES: Readonly<Record<string, BackupType>> = {
  full: "full",
  rsync: "full",
  snapshot: "full",
  incremental: "incr",
};

function toBackup(one: BarmanBackup): BackupRecord {
  return {
    label: one.backup_id,
    type: TYPES[one.backup_type ?? ""] ?? "unknown",
    state: STATES[one.status] ?? "unknown",
    // The id is the start by the clock and the zone of Barman's host, which the answer does not tell.
    startedAt: null,
    stoppedAt: instantOfSeconds(one.end_time_timestamp),
    durationMs: null,
    databaseBytes: null,
    deltaBytes: null,
    repoBytes: one.size_bytes ?? null,
    repoDeltaBytes: null,
    lsnStart: null,
    lsnStop: null,
    walStart: null,
    walStop: null,
    error: null,
    dependsOn: [],
    annotation: one.backup_name ? { name: one.backup_name } : {},
    repo: null,
    retention: one.retention_status && one.retention_status !== "-" ? one.retention_status : null,
    systemId: null,
    postgresVersion: null,
  };
}
