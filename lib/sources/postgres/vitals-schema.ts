import { z } from "zod";

const text = z.string().nullable();
const count = z.number();
const note = z.object({ pid: count, user: text, application: z.string().nullable(), seconds: count }).nullable();

/** The one JSON value of `vitalsSql`. */
export const vitalsAnswer = z.object({
  inRecovery: z.boolean(),
  postmasterStartTime: z.string(),
  serverTime: z.string(),
  mayListArchive: z.boolean(),
  mayAskDisk: z.boolean(),
  activity: z
    .object({
      active: count,
      waiting: count,
      idle: count,
      idleInTransaction: count,
      all: count,
      oldestTransactionSeconds: z.number().nullable(),
    })
    .nullable(),
  longestTransaction: note,
  longestIdleInTransaction: note,
  lockWaits: z.object({ sessions: count, longestSeconds: count }).nullable(),
  maxConnections: count,
  reservedConnections: count,
  databases: z.object({
    resetKey: z.string(),
    commits: count,
    rollbacks: count,
    blocksHit: count,
    blocksRead: count,
    deadlocks: count,
    conflicts: count,
    tempBytes: count,
    checksumFailures: z.number().nullable(),
    checksumLastFailureAt: text,
  }),
  checkpoints: z.object({ timed: count, requested: count, resetAt: text }),
  archiver: z.object({
    mode: z.enum(["off", "on", "always"]),
    configured: z.boolean(),
    archivedCount: count,
    lastArchivedWal: text,
    lastArchivedAt: text,
    failedCount: count,
    lastFailedWal: text,
    lastFailedAt: text,
    resetAt: text,
  }),
  transactionIdAge: z.number().nullable(),
  oldestDatabase: text,
  multixactAge: z.number().nullable(),
  configuredAt: z.string(),
  settings: z.record(z.string(), text),
});

export const backlogRows = z.array(z.object({ files: count, age: z.number().nullable(), at: z.string() })).length(1);
export const databaseRows = z.array(z.object({ oid: z.string().regex(/^\d+$/), name: z.string() }));
export const sizeRows = z.array(z.object({ bytes: z.string().regex(/^\d+$/).nullable() })).length(1);

export const diskRows = z.array(z.object({ said: z.string().nullable(), at: z.string() })).length(1);

export type VitalsAnswer = z.infer<typeof vitalsAnswer>;
