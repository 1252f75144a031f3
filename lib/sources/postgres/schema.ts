import { z } from "zod";

const text = z.string().nullable();
const amount = z.number().nullable();

const sender = z.object({
  pid: z.number(),
  applicationName: text,
  clientAddress: text,
  state: text,
  syncState: text,
  sentLsn: text,
  flushLsn: text,
  replayLsn: text,
  unsentBytes: amount,
  flushLagBytes: amount,
  replayLagBytes: amount,
  flushLagSeconds: amount,
  replayLagSeconds: amount,
  replyAgeSeconds: amount,
  slotName: text,
  slotType: text,
});

const slot = z.object({
  name: z.string(),
  type: z.string(),
  database: text,
  active: z.boolean(),
  walStatus: text,
  retainedBytes: amount,
  safeWalBytes: amount,
});

const receiver = z.object({
  status: text,
  senderHost: text,
  senderPort: amount,
  slotName: text,
  receivedTimeline: amount,
  latestEndLsn: text,
  lastMessageAgeSeconds: amount,
});

/** The one JSON value that `LOOK_SQL` returns. */
export const lookAnswer = z.object({
  inRecovery: z.boolean(),
  /** Null where the configuration was not loaded again since the time that the look named. */
  readOnlyDefault: text,
  configuredAt: z.string(),
  serverVersion: z.number(),
  postmasterStartTime: z.string(),
  systemId: text,
  timeline: amount,
  lsn: text,
  receivedLsn: text,
  replayedLsn: text,
  replayPaused: z.boolean().nullable(),
  replayDelaySeconds: amount,
  senders: z.array(sender),
  slots: z.array(slot),
  receiver: receiver.nullable(),
  canReadReplication: z.boolean(),
  connections: amount,
  maxConnections: amount,
});

export type LookAnswer = z.infer<typeof lookAnswer>;
