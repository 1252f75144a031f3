import { z } from "zod";
import { instantSchema } from "../scalars";

const text = z.string().nullable();
const amount = z.number().nullable();

const stateSchema = z.enum([
  "active",
  "idle",
  "idle-in-transaction",
  "idle-in-transaction-aborted",
  "fastpath",
  "starting",
  "disabled",
  "unknown",
]);

export const sessionSchema = z.object({
  pid: z.number(),
  database: text,
  user: text,
  application: text,
  client: text.describe("Address; null for a unix socket"),
  kind: text.describe("PostgreSQL's backend_type"),
  state: stateSchema,
  waitType: text,
  waitEvent: text,
  connectedSeconds: amount,
  backendStart: instantSchema.nullable().describe("Tells it from a later session of the same pid"),
  transactionSeconds: amount,
  querySeconds: amount,
  stateSeconds: amount,
  hasXid: z.boolean(),
  xminAge: amount,
  queryId: text,
  query: text,
  queryCut: z.boolean(),
  blockedBy: z.array(z.number()).describe("pids; 0 is a prepared transaction"),
  waitsFor: z.object({ type: z.string(), mode: z.string(), relation: text }).nullable(),
  own: z.boolean().describe("One of this dashboard's own sessions"),
});

const groupSchema = z.object({ name: text, count: z.number(), active: z.number(), idleInTransaction: z.number() });

export const activitySchema = z.object({
  maxConnections: z.number(),
  clients: z.number(),
  states: z.array(z.object({ state: stateSchema, count: z.number() })),
  applications: z.array(groupSchema),
  users: z.array(groupSchema),
  databases: z.array(groupSchema),
  waits: z.array(z.object({ name: text, count: z.number() })),
  sessionsTotal: z.number(),
  sessions: z.array(sessionSchema),
  prepared: z.array(
    z.object({
      gid: z.string(),
      owner: text,
      database: text,
      ageSeconds: z.number(),
      xidAge: amount,
      locks: z.number(),
    }),
  ),
});
