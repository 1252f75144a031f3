/** One row of `pg_stat_statements`. Times in ms, counters since the statistics were reset. */
export type StatementFacts = {
  readonly queryId: string | null;
  readonly user: string | null;
  readonly database: string | null;
  readonly calls: number;
  readonly totalMs: number;
  readonly meanMs: number;
  readonly maxMs: number;
  /** Of the time of all statements, from 0 to 1; null where no time was spent. */
  readonly share: number | null;
  readonly rows: number;
  readonly blocksHit: number;
  readonly blocksRead: number;
  readonly tempBlocksWritten: number;
  readonly walBytes: number;
  readonly query: string | null;
  readonly queryCut: boolean;
};

export type StatementsFacts =
  | {
      readonly installed: true;
      readonly database: string;
      readonly version: string;
      readonly total: number;
      readonly limit: number;
      readonly resetAt: string | null;
      /** Statements that were dropped to make room for others. */
      readonly dropped: number | null;
      readonly statements: readonly StatementFacts[];
    }
  | {
      readonly installed: false;
      readonly database: string;
      /** `no-extension`: not created in this database. `not-loaded`: created, but the library is not loaded at start. */
      readonly why: "no-extension" | "not-loaded";
    };
