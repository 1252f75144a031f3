import { z } from "zod";
import type { Snapshot } from "@/lib/domain/snapshot";
import { actionBoardSchema } from "./actions/operation";
import { attentionBoardSchema } from "./alerts";
import { archivingSchema } from "./archiving";
import { backupsViewSchema } from "./backups";
import { findingSchema, watchSchema } from "./finding";
import { memberViewSchema } from "./member-view";
import { clientEyeViewSchema, haproxyViewSchema, pgbouncerViewSchema, vipViewSchema } from "./routing-view";
import {
  type DeepReadonly,
  failureSchema,
  instantSchema,
  lsnSchema,
  memberNameSchema,
  type Same,
  scopeSchema,
  sourceKindSchema,
  trustSchema,
} from "./scalars";
import { storeViewSchema } from "./store";
import { writePathSchema } from "./write-path";

const dcsMemberSchema = z.object({
  endpoint: z.string(),
  name: z.string().nullable(),
  memberId: z.string().nullable(),
  leaderId: z.string().nullable(),
  isLeader: z.boolean(),
  isLearner: z.boolean(),
  raftTerm: z.string().nullable(),
  version: z.string().nullable(),
  dbSizeBytes: z.number().nullable(),
  dbSizeInUseBytes: z.number().nullable(),
  dbQuotaBytes: z.number().nullable(),
  raftBacklog: z.number().nullable(),
  alarms: z.array(z.string()).nullable(),
  errors: z.array(z.string()),
  trust: trustSchema,
  failure: failureSchema.nullable(),
});

const dcsSchema = z.object({
  kind: z.enum(["etcd3", "etcd2", "consul", "none"]),
  readAs: z.enum(["etcd3", "patroni"]),
  trust: trustSchema,
  at: instantSchema.nullable(),
  revision: z.string().nullable(),
  leaderKey: z.object({ name: memberNameSchema, modRevision: z.string().nullable() }).nullable(),
  leaderKeySince: instantSchema.nullable(),
  hasQuorum: z.boolean().nullable(),
  members: z.array(dcsMemberSchema),
  ttlSeconds: z.number().nullable(),
  loopWaitSeconds: z.number().nullable(),
});

const sourceViewSchema = z.object({
  id: z.string().describe("<kind>:<target>"),
  kind: sourceKindSchema,
  target: z.string(),
  intervalMs: z.number(),
  lastOkAt: instantSchema.nullable(),
  lastTriedAt: instantSchema.nullable(),
  ageMs: z.number().nullable().describe("As of the snapshot's `at`"),
  latencyMs: z.number().nullable(),
  error: failureSchema.nullable(),
  failures: z.number(),
  stale: z.boolean(),
});

const historyEntrySchema = z.object({
  timeline: z.number(),
  lsn: lsnSchema.nullable(),
  reason: z.string(),
  at: instantSchema.nullable(),
  newLeader: memberNameSchema.nullable(),
});

const scheduledSchema = z.object({
  kind: z.enum(["switchover", "restart"]),
  at: instantSchema,
  from: z.string().nullable(),
  to: z.string().nullable(),
});

/** The picture of one cluster as it crosses the network; equal to the domain's `Snapshot`, which the compiler proves below. */
export const snapshotSchema = z.object({
  scope: scopeSchema,
  title: z.string(),
  environment: z.string().nullable(),
  version: z.number().describe("Grows by one with each picture; compares within one `boot` of the stream only"),
  at: instantSchema,
  writePath: writePathSchema,
  leader: z
    .object({ name: memberNameSchema, since: instantSchema.nullable(), timeline: z.number().nullable() })
    .nullable(),
  members: z.array(memberViewSchema),
  dcs: dcsSchema,
  vip: vipViewSchema.nullable(),
  clientEye: clientEyeViewSchema.nullable(),
  haproxy: z.array(haproxyViewSchema),
  pgbouncer: z.array(pgbouncerViewSchema),
  paused: z.boolean().nullable(),
  systemId: z.string().nullable(),
  scheduled: z.array(scheduledSchema),
  handover: z.object({ from: memberNameSchema.nullable(), to: memberNameSchema.nullable() }).nullable(),
  history: z.array(historyEntrySchema),
  configuration: z
    .object({ revision: z.string().nullable(), at: instantSchema, value: z.record(z.string(), z.unknown()) })
    .nullable()
    .describe("Patroni's dynamic configuration, without secrets"),
  backups: backupsViewSchema,
  archiving: archivingSchema.nullable(),
  findings: z.array(findingSchema),
  sources: z.array(sourceViewSchema),
  store: storeViewSchema.nullable(),
  actions: actionBoardSchema.nullable(),
  watch: watchSchema,
  attention: attentionBoardSchema.nullable(),
});

true satisfies Same<DeepReadonly<z.output<typeof snapshotSchema>>, Snapshot>;
