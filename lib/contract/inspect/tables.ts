import { z } from "zod";

const text = z.string().nullable();
const amount = z.number().nullable();
const count = z.number();

const table = z.object({
  schema: z.string(),
  name: z.string(),
  totalBytes: amount,
  tableBytes: amount,
  liveRows: count,
  deadRows: count,
  modifiedSinceAnalyze: count,
  insertedSinceVacuum: count,
  sequentialScans: count,
  indexScans: amount,
  xidAge: amount,
  lastVacuum: text,
  lastAutovacuum: text,
  lastAnalyze: text,
  lastAutoanalyze: text,
});

export const tablesSchema = z.object({
  database: z.string(),
  total: count,
  limit: count.describe("At most so many of them are sent"),
  tables: z.array(table),
});

const statement = z.object({
  queryId: text,
  user: text,
  database: text,
  calls: count,
  totalMs: count,
  meanMs: count,
  maxMs: count,
  share: amount.describe("Of the time of all statements, 0 to 1"),
  rows: count,
  blocksHit: count,
  blocksRead: count,
  tempBlocksWritten: count,
  walBytes: count,
  query: text,
  queryCut: z.boolean(),
});

export const statementsSchema = z.discriminatedUnion("installed", [
  z.object({
    installed: z.literal(true),
    database: z.string(),
    version: z.string(),
    total: count,
    limit: count.describe("At most so many of them are sent"),
    resetAt: text,
    dropped: amount,
    statements: z.array(statement),
  }),
  z.object({ installed: z.literal(false), database: z.string(), why: z.enum(["no-extension", "not-loaded"]) }),
]);

const setting = z.object({
  name: z.string(),
  value: text,
  unit: text,
  source: z.string(),
  pendingRestart: z.boolean(),
});

export const settingsSchema = z.object({ serverVersion: count, settings: z.array(setting) });

export const settingDifferenceSchema = z.object({
  name: z.string(),
  unit: text,
  values: z.array(z.object({ member: z.string(), value: text, source: text, differs: z.boolean() })),
});
