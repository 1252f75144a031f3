import { z } from "zod";
import { failureSchema, instantSchema, memberNameSchema, messageSchema, trustSchema } from "./scalars";

export const vipViewSchema = z.object({
  address: z.string(),
  follows: z.enum(["leader", "haproxy"]),
  holders: z.array(z.string()),
  method: z.enum(["patroni", "neighbour", "haproxy"]).nullable(),
  answers: z.boolean().nullable(),
  trust: trustSchema,
  at: instantSchema.nullable(),
  since: instantSchema.nullable(),
  text: messageSchema,
  probes: z.array(z.object({ method: z.string(), text: messageSchema })),
});

export const clientEyeViewSchema = z
  .object({
    address: z.string(),
    port: z.number(),
    intervalMs: z.number(),
    state: z.enum(["writable", "read-only", "failing", "unknown", "stale"]),
    confirmed: z.boolean().describe("Two looks in a row found it"),
    member: memberNameSchema.nullable(),
    since: instantSchema.nullable(),
    latencyMs: z.number().nullable(),
    at: instantSchema.nullable(),
    currentGap: z.object({ startedAt: instantSchema, attempts: z.number() }).nullable(),
    lastGap: z.object({ startedAt: instantSchema, endedAt: instantSchema, lengthMs: z.number() }).nullable(),
    trust: z.enum(["fresh", "stale", "unknown"]),
    text: messageSchema,
  })
  .describe("What a session through the VIP's write port meets");

const poolServerSchema = z.object({
  name: z.string(),
  status: z.enum(["up", "going-down", "going-up", "down", "drain", "maint", "no-check", "nolb", "unknown"]),
  rawStatus: z.string(),
  checkStatus: z.string().nullable(),
  checkCode: z.number().nullable(),
  lastCheck: z.string().nullable(),
  backup: z.boolean(),
  weight: z.number().nullable(),
  lastChangeSeconds: z.number().nullable(),
  sessions: z.number().nullable(),
  queue: z.number().nullable(),
  address: z.string().nullable(),
});

const poolSchema = z.object({
  name: z.string(),
  status: z.enum(["up", "down", "open", "unknown"]),
  servers: z.array(poolServerSchema),
  sessions: z.number().nullable(),
  queue: z.number().nullable(),
});

export const haproxyViewSchema = z.object({
  name: z.string(),
  trust: trustSchema,
  at: instantSchema.nullable(),
  failure: failureSchema.nullable(),
  write: poolSchema.nullable(),
  read: poolSchema.nullable(),
  pools: z.array(poolSchema),
  writesTo: z.array(z.string()),
});

const pgbouncerPoolSchema = z.object({
  database: z.string(),
  user: z.string(),
  clientsActive: z.number(),
  clientsWaiting: z.number(),
  serversActive: z.number(),
  serversIdle: z.number(),
  serversUnchecked: z.number().describe("Open, and to be checked before they are handed out"),
  serversLogin: z.number().describe("Being opened"),
  maxWaitMs: z.number(),
  mode: z.string().nullable(),
});

export const pgbouncerViewSchema = z.object({
  member: memberNameSchema,
  trust: trustSchema,
  at: instantSchema.nullable(),
  failure: failureSchema.nullable(),
  version: z.string().nullable(),
  pools: z.array(pgbouncerPoolSchema),
  clientsActive: z.number().nullable(),
  clientsWaiting: z.number().nullable(),
  maxWaitMs: z.number().nullable(),
  paused: z.boolean().nullable(),
  target: z.object({
    kind: z.enum(["local", "member", "elsewhere", "mixed", "unknown"]),
    name: z.string().nullable(),
  }),
});
