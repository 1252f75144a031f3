import type { CompiledQuery, Kysely } from "kysely";
import type { Schema } from "./schema";

export type StoreKind = "sqlite" | "postgres";

export type StoreFailure = {
  /** `unavailable`: gone or not reachable. `full`: no room left. `slow`: no answer in time. `corrupt`: it says so itself.
   *  `failed`: it answered and refused the statement. */
  readonly kind: "unavailable" | "full" | "slow" | "corrupt" | "failed";
  readonly text: string;
};

export type Stored<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: StoreFailure };

/**
 * Our own database. It opens itself (and brings the tables up to date) at the first use, and again after it was lost; until then
 * reads and writes answer with the failure. Nothing here rejects, nothing blocks the event loop.
 */
export type Store = {
  readonly kind: StoreKind;
  /** Builds statements for {@link write} in the store's own dialect; executing with it is a mistake: it reaches no database. */
  readonly build: Kysely<Schema>;
  /** Runs queries on a connection for reading; the time-out is for the whole of `work`. */
  read<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<Stored<T>>;
  /**
   * Runs the statements as one transaction. A failure may have come after the commit (a time-out, a lost connection), and then the same
   * statements come again: each must bear being repeated (`on conflict …`).
   */
  write(statements: readonly CompiledQuery[]): Promise<Stored<void>>;
  /** Ends threads and connections; a running transaction has a moment to end. Later calls answer `unavailable`. */
  close(): Promise<void>;
};

/** Limits of one piece of work, in ms. */
export type StoreTimeouts = { readonly openMs: number; readonly readMs: number; readonly writeMs: number };
export const STORE_TIMEOUTS: StoreTimeouts = { openMs: 10_000, readMs: 10_000, writeMs: 10_000 };
