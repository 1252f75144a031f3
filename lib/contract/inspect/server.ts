import { z } from "zod";

const text = z.string().nullable();
const amount = z.number().nullable();
const count = z.number();

export const walSchema = z.object({
  inRecovery: z.boolean(),
  lsn: text,
  sinceRedoBytes: amount,
  lastCheckpointSeconds: amount,
  wal: z.object({ records: count, fullPageImages: count, bytes: count, buffersFull: count, resetAt: text }),
  checkpoints: z.object({
    timed: count,
    requested: count,
    restartpoints: amount,
    writeMs: count,
    syncMs: count,
    buffers: count,
    resetAt: text,
  }),
  writer: z.object({ buffersClean: count, maxWrittenClean: count, buffersAllocated: count, buffersBackend: amount }),
  archiver: z.object({
    mode: z.string(),
    archived: count,
    lastArchived: text,
    lastArchivedAt: text,
    failed: count,
    lastFailed: text,
    lastFailedAt: text,
  }),
  files: z.object({ count, bytes: count }).nullable(),
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
});

const database = z.object({
  name: z.string(),
  allowsConnections: z.boolean(),
  connections: count,
  commits: count,
  rollbacks: count,
  blocksHit: count,
  blocksRead: count,
  deadlocks: count,
  conflicts: count,
  tempFiles: count,
  tempBytes: count,
  checksumFailures: amount,
  xidAge: count,
  multixactAge: count,
  resetAt: text,
});

export const databasesSchema = z.object({
  freezeMaxAge: count,
  multixactFreezeMaxAge: count,
  databases: z.array(database),
});

export const sizesSchema = z.object({ databases: z.array(z.object({ name: z.string(), bytes: amount })) });

const runningVacuum = z.object({
  pid: z.number(),
  database: text,
  relation: z.string(),
  phase: z.string(),
  auto: z.boolean(),
  againstWraparound: z.boolean(),
  seconds: amount,
  blocksTotal: count,
  blocksScanned: count,
  blocksVacuumed: count,
  indexRounds: count,
  indexesTotal: amount,
  indexesProcessed: amount,
});

export const vacuumSchema = z.object({
  inRecovery: z.boolean(),
  autovacuum: z.boolean(),
  maxWorkers: count,
  running: z.array(runningVacuum),
  holders: z.array(
    z.object({
      kind: z.enum(["session", "slot", "slot-catalog", "prepared", "sender"]),
      name: z.string(),
      pid: amount,
      xidAge: count,
    }),
  ),
});
