import { z } from "zod";

const text = z.string().nullable();
const amount = z.number().nullable();

const sender = z.object({
  pid: z.number(),
  application: text,
  user: text,
  client: text,
  state: text,
  syncState: text,
  connectedSeconds: amount,
  unsentBytes: amount,
  writeBytes: amount,
  flushBytes: amount,
  replayBytes: amount,
  replaySeconds: amount,
  replySeconds: amount,
  xminAge: amount,
  slot: text,
});

const receiver = z.object({
  status: text,
  senderHost: text,
  senderPort: amount,
  slot: text,
  timeline: amount,
  writtenLsn: text,
  flushedLsn: text,
  latestEndLsn: text,
  lastMessageSeconds: amount,
});

const slot = z.object({
  name: z.string(),
  type: z.string(),
  plugin: text,
  database: text,
  temporary: z.boolean(),
  active: z.boolean(),
  activePid: amount,
  walStatus: text,
  retainedBytes: amount,
  safeWalBytes: amount,
  xminAge: amount,
  catalogXminAge: amount,
  conflicting: z.boolean().nullable(),
  invalidationReason: text,
  inactiveSeconds: amount,
});

const conflict = z.object({
  database: z.string(),
  tablespace: z.number(),
  lock: z.number(),
  snapshot: z.number(),
  bufferPin: z.number(),
  deadlock: z.number(),
});

export const replicationSchema = z.object({
  inRecovery: z.boolean(),
  lsn: text,
  senders: z.array(sender),
  receiver: receiver.nullable(),
  replay: z
    .object({ receivedLsn: text, replayedLsn: text, paused: z.boolean().nullable(), lastTransactionSeconds: amount })
    .nullable(),
  slots: z.array(slot),
  conflicts: z.array(conflict),
});
