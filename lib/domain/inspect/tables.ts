export type TableFacts = {
  readonly schema: string;
  readonly name: string;
  /** Table, TOAST and indexes in bytes; null where a lock kept us from counting. */
  readonly totalBytes: number | null;
  readonly tableBytes: number | null;
  readonly liveRows: number;
  readonly deadRows: number;
  readonly modifiedSinceAnalyze: number;
  readonly insertedSinceVacuum: number;
  readonly sequentialScans: number;
  readonly indexScans: number | null;
  /** Transactions since `relfrozenxid`. */
  readonly xidAge: number | null;
  readonly lastVacuum: string | null;
  readonly lastAutovacuum: string | null;
  readonly lastAnalyze: string | null;
  readonly lastAutoanalyze: string | null;
};

/** The tables of one database that deserve a look: the largest and those with the most dead rows. */
export type TablesFacts = {
  readonly database: string;
  readonly total: number;
  /** How many are sent at most. */
  readonly limit: number;
  readonly tables: readonly TableFacts[];
};

/** Share of a table's rows that are dead, from 0 to 1; null for a table without rows. */
export const deadShare = ({ liveRows, deadRows }: Pick<TableFacts, "liveRows" | "deadRows">): number | null =>
  liveRows + deadRows > 0 ? deadRows / (liveRows + deadRows) : null;
