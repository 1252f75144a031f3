import { z } from "zod";
import { instantSchema, layerSchema, lsnSchema, memberNameSchema, messageSchema, trustSchema } from "./scalars";

const tagsSchema = z.object({
  nofailover: z.boolean(),
  noloadbalance: z.boolean(),
  nosync: z.boolean(),
  clonefrom: z.boolean(),
  replicatefrom: z.string().nullable(),
  failoverPriority: z.number().nullable(),
  all: z.record(z.string(), z.string()),
});

const lagSchema = z.object({
  receiveBytes: z.number().nullable(),
  replayBytes: z.number().nullable(),
  replaySeconds: z.number().nullable(),
  basis: z.enum(["sender", "standby", "patroni", "none"]),
  at: instantSchema.nullable(),
  trust: trustSchema,
});

const memberWitnessSchema = z.object({
  layer: layerSchema,
  says: z.enum(["writer", "other", "unknown", "n/a"]),
  trust: trustSchema,
  at: instantSchema.nullable(),
  text: messageSchema,
  sourceId: z.string().nullable(),
});

export const memberViewSchema = z.object({
  name: memberNameSchema,
  host: z.string().nullable(),
  port: z.number().nullable(),
  apiUrl: z.string().nullable(),
  presence: z.enum(["present", "missing"]),
  role: z.enum(["leader", "standby-leader", "sync-standby", "quorum-standby", "replica", "unknown"]),
  roleTrust: trustSchema,
  state: z.enum([
    "initializing",
    "initdb-failed",
    "custom-bootstrap",
    "custom-bootstrap-failed",
    "creating-replica",
    "running",
    "starting",
    "start-failed",
    "restarting",
    "restart-failed",
    "stopping",
    "stopped",
    "stop-failed",
    "crashed",
    "unknown",
  ]),
  replicationState: z.enum(["streaming", "in-archive-recovery"]).nullable(),
  stateTrust: trustSchema,
  timeline: z.number().nullable(),
  timelineDiffers: z.boolean(),
  lsn: lsnSchema.nullable(),
  lag: lagSchema,
  tags: tagsSchema,
  pendingRestart: z.boolean(),
  pendingRestartReasons: z.array(z.object({ setting: z.string(), oldValue: z.string(), newValue: z.string() })),
  scheduledRestart: instantSchema.nullable(),
  versions: z.object({ postgres: z.string().nullable(), patroni: z.string().nullable() }),
  upstream: memberNameSchema.nullable(),
  connections: z.number().nullable(),
  maxConnections: z.number().nullable(),
  witnesses: z.array(memberWitnessSchema),
});
