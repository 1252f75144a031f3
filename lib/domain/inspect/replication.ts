/** Who sends WAL to whom as one member sees it, and which WAL it must keep. LSN positions are text, sizes bytes, times seconds. */

export type SenderFacts = {
  readonly pid: number;
  readonly application: string | null;
  readonly user: string | null;
  readonly client: string | null;
  readonly state: string | null;
  readonly syncState: string | null;
  readonly connectedSeconds: number | null;
  readonly unsentBytes: number | null;
  readonly writeBytes: number | null;
  readonly flushBytes: number | null;
  readonly replayBytes: number | null;
  readonly replaySeconds: number | null;
  readonly replySeconds: number | null;
  readonly xminAge: number | null;
  readonly slot: string | null;
};

export type ReceiverFacts = {
  readonly status: string | null;
  readonly senderHost: string | null;
  readonly senderPort: number | null;
  readonly slot: string | null;
  readonly timeline: number | null;
  readonly writtenLsn: string | null;
  readonly flushedLsn: string | null;
  readonly latestEndLsn: string | null;
  readonly lastMessageSeconds: number | null;
};

/** Of the replay on a standby. */
export type ReplayFacts = {
  readonly receivedLsn: string | null;
  readonly replayedLsn: string | null;
  readonly paused: boolean | null;
  /** Age of the last replayed transaction: grows on an idle primary too. */
  readonly lastTransactionSeconds: number | null;
};

export type SlotFacts = {
  readonly name: string;
  readonly type: string;
  readonly plugin: string | null;
  readonly database: string | null;
  readonly temporary: boolean;
  readonly active: boolean;
  readonly activePid: number | null;
  readonly walStatus: string | null;
  readonly retainedBytes: number | null;
  readonly safeWalBytes: number | null;
  readonly xminAge: number | null;
  readonly catalogXminAge: number | null;
  /** From PostgreSQL 16; null before. */
  readonly conflicting: boolean | null;
  /** From PostgreSQL 17; null before, and for a slot that holds. */
  readonly invalidationReason: string | null;
  readonly inactiveSeconds: number | null;
};

/** Queries that the replay cancelled on a standby, since the statistics were reset. */
export type ConflictFacts = {
  readonly database: string;
  readonly tablespace: number;
  readonly lock: number;
  readonly snapshot: number;
  readonly bufferPin: number;
  readonly deadlock: number;
};

export type ReplicationFacts = {
  readonly inRecovery: boolean;
  readonly lsn: string | null;
  readonly senders: readonly SenderFacts[];
  readonly receiver: ReceiverFacts | null;
  readonly replay: ReplayFacts | null;
  readonly slots: readonly SlotFacts[];
  readonly conflicts: readonly ConflictFacts[];
};
