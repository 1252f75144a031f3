/** What one server counts of itself. Counters run since `resetAt` (ISO 8601), times are in ms, sizes in bytes. */

export type WalFacts = {
  readonly inRecovery: boolean;
  readonly lsn: string | null;
  /** WAL since the redo point of the last checkpoint: about what a crash would have to replay. */
  readonly sinceRedoBytes: number | null;
  readonly lastCheckpointSeconds: number | null;
  readonly wal: {
    readonly records: number;
    readonly fullPageImages: number;
    readonly bytes: number;
    readonly buffersFull: number;
    readonly resetAt: string | null;
  };
  readonly checkpoints: {
    readonly timed: number;
    readonly requested: number;
    /** Only told since PostgreSQL 17. */
    readonly restartpoints: number | null;
    readonly writeMs: number;
    readonly syncMs: number;
    readonly buffers: number;
    readonly resetAt: string | null;
  };
  readonly writer: {
    readonly buffersClean: number;
    readonly maxWrittenClean: number;
    readonly buffersAllocated: number;
    /** Written by sessions themselves; not told here since PostgreSQL 17. */
    readonly buffersBackend: number | null;
  };
  readonly archiver: {
    readonly mode: string;
    readonly archived: number;
    readonly lastArchived: string | null;
    readonly lastArchivedAt: string | null;
    readonly failed: number;
    readonly lastFailed: string | null;
    readonly lastFailedAt: string | null;
  };
  /** Files in pg_wal; null where our role may not list them. */
  readonly files: { readonly count: number; readonly bytes: number } | null;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
};

export type DatabaseFacts = {
  readonly name: string;
  readonly allowsConnections: boolean;
  readonly connections: number;
  readonly commits: number;
  readonly rollbacks: number;
  readonly blocksHit: number;
  readonly blocksRead: number;
  readonly deadlocks: number;
  readonly conflicts: number;
  readonly tempFiles: number;
  readonly tempBytes: number;
  readonly checksumFailures: number | null;
  /** Transactions since `datfrozenxid`. */
  readonly xidAge: number;
  readonly multixactAge: number;
  readonly resetAt: string | null;
};

export type DatabasesFacts = {
  readonly freezeMaxAge: number;
  readonly multixactFreezeMaxAge: number;
  readonly databases: readonly DatabaseFacts[];
};

export type SizesFacts = {
  readonly databases: readonly {
    readonly name: string;
    /** Null where our role may not count it. */
    readonly bytes: number | null;
  }[];
};

export type RunningVacuum = {
  readonly pid: number;
  readonly database: string | null;
  /** A name in our own database, an oid in another. */
  readonly relation: string;
  readonly phase: string;
  readonly auto: boolean;
  readonly againstWraparound: boolean;
  readonly seconds: number | null;
  readonly blocksTotal: number;
  readonly blocksScanned: number;
  readonly blocksVacuumed: number;
  readonly indexRounds: number;
  /** From PostgreSQL 17; null before. */
  readonly indexesTotal: number | null;
  readonly indexesProcessed: number | null;
};

/** What still needs old row versions, so that no vacuum removes them. */
export type HorizonHolder = {
  readonly kind: "session" | "slot" | "slot-catalog" | "prepared" | "sender";
  readonly name: string;
  readonly pid: number | null;
  readonly xidAge: number;
};

export type VacuumFacts = {
  readonly inRecovery: boolean;
  readonly autovacuum: boolean;
  readonly maxWorkers: number;
  readonly running: readonly RunningVacuum[];
  /** Oldest first. */
  readonly holders: readonly HorizonHolder[];
};
