import { z } from "zod";
import { BACKUP_KINDS, BACKUP_VIAS } from "@/lib/domain/backups/facts";
import { type BackupRow, type BackupsView, REMARK_CODES } from "@/lib/domain/backups/view";
import {
  type DeepReadonly,
  failureSchema,
  instantSchema,
  lsnSchema,
  memberNameSchema,
  messageSchema,
  type Same,
  scopeSchema,
  trustSchema,
} from "./scalars";

const bytes = z.number().nullable();
const typeSchema = z.enum(["full", "diff", "incr", "unknown"]);
const statusSchema = z.object({ kind: z.enum(["ok", "missing", "empty", "mixed", "error"]), message: z.string() });
const markSchema = z.object({
  label: z.string(),
  type: typeSchema,
  startedAt: instantSchema.nullable(),
  stoppedAt: instantSchema.nullable(),
});

const placeSchema = z.object({
  place: z.string().describe("A member, an SSH host; empty for the dashboard's own host"),
  sourceId: z.string(),
  trust: trustSchema,
  at: instantSchema.nullable(),
  failure: failureSchema.nullable(),
  count: z.number().nullable(),
  newest: z.string().nullable(),
  lockHeld: z.boolean().nullable(),
});

const windowSchema = z.object({
  from: instantSchema,
  fromLabel: z.string(),
  to: instantSchema,
  toBasis: z.enum(["archiver", "backup"]),
  walFrom: z.string().nullable(),
  walTo: z.string().nullable(),
});

const runningSchema = z.object({
  seenAt: instantSchema,
  notBefore: instantSchema.nullable(),
  place: z.string(),
  totalBytes: bytes,
  doneBytes: bytes,
  newestBefore: z.string().nullable(),
  certain: z.boolean(),
});

const endedSchema = z.object({
  outcome: z.enum(["finished", "failed", "nothing"]),
  seenAt: instantSchema,
  endedAt: instantSchema,
  place: z.string(),
  label: z.string().nullable(),
});

const backupSourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(BACKUP_KINDS),
  via: z.enum(BACKUP_VIAS),
  stanza: z.string().nullable(),
  version: z.string().nullable(),
  intervalMs: z.number(),
  trust: trustSchema,
  at: instantSchema.nullable(),
  failure: failureSchema.nullable(),
  places: z.array(placeSchema),
  status: statusSchema.nullable(),
  repos: z.array(z.object({ key: z.string(), ok: z.boolean(), code: z.number(), message: z.string() })),
  count: z.number().nullable().describe("Good backups; null before the first answer"),
  last: markSchema.nullable(),
  lastFull: markSchema.nullable(),
  window: windowSchema.nullable().describe("The time to which a restore is possible, if no archived file is missing"),
  running: runningSchema.nullable(),
  runningKnown: z.boolean(),
  ended: endedSchema.nullable(),
  remarks: z.array(
    z.object({ code: z.enum(REMARK_CODES), severity: z.enum(["info", "warn", "critical"]), text: messageSchema }),
  ),
});

const streamSchema = z.object({
  member: memberNameSchema,
  pid: z.number(),
  application: z.string().nullable(),
  client: z.string().nullable(),
  startedAt: instantSchema.nullable(),
  phase: z.string(),
  totalBytes: bytes,
  streamedBytes: bytes,
});

export const backupsViewSchema = z.object({ sources: z.array(backupSourceSchema), streams: z.array(streamSchema) });

export const backupRowSchema = z.object({
  label: z.string(),
  type: typeSchema,
  state: z.enum(["done", "running", "failed", "incomplete", "unknown"]),
  startedAt: instantSchema.nullable(),
  stoppedAt: instantSchema.nullable(),
  durationMs: z.number().nullable(),
  databaseBytes: bytes,
  deltaBytes: bytes,
  repoBytes: bytes,
  repoDeltaBytes: bytes,
  lsnStart: lsnSchema.nullable(),
  lsnStop: lsnSchema.nullable(),
  walStart: z.string().nullable(),
  walStop: z.string().nullable(),
  error: z.boolean().nullable().describe("True: it holds pages with wrong checksums; null: not checked or not told"),
  dependsOn: z.array(z.string()),
  annotation: z.record(z.string(), z.string()),
  repo: z.string().nullable(),
  retention: z.string().nullable(),
  systemId: z.string().nullable(),
  postgresVersion: z.string().nullable(),
  restorable: z.boolean().nullable(),
  missing: z.array(z.string()),
  onlyAt: z.array(z.string()),
});

/** The whole list of each source, newest first, with what the picture says of it. */
export const backupListSchema = z.object({
  scope: scopeSchema,
  at: instantSchema,
  sources: z.array(backupSourceSchema.extend({ backups: z.array(backupRowSchema) })),
  streams: z.array(streamSchema),
});
export type BackupList = DeepReadonly<z.output<typeof backupListSchema>>;

true satisfies Same<DeepReadonly<z.output<typeof backupsViewSchema>>, BackupsView>;
true satisfies Same<DeepReadonly<z.output<typeof backupRowSchema>>, BackupRow>;
