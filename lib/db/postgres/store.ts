import { type CompiledQuery, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { builderOf } from "../builder";
import { postgresFailureOf, StoreError } from "../failure";
import { migrate } from "../migrations";
import type { Schema } from "../schema";
import type { Store, StoreTimeouts } from "../types";

const READERS_MAX = 3;
const CLOSE_MS = 1_000;
/** Numbers of types in PostgreSQL's catalogue (`pg_type.oid`). */
const INT8 = 20;
const INT8_ARRAY = 1016;
const FLOAT8_ARRAY = 1022;

/** One connection that writes, a few that read; each statement has the server's time-out and, should the server hang, ours. */
export function postgresStore(url: string, timeouts: StoreTimeouts): Store {
  const readers = poolOf(url, READERS_MAX, timeouts.readMs, timeouts.openMs);
  const writers = poolOf(url, 1, timeouts.writeMs, timeouts.openMs);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: readers }) });
  let ready: Promise<void> | null = null;
  let closed = false;

  /** Tables are brought up to date once; a server that was away comes back with them. */
  function prepared(): Promise<void> {
    if (closed) return Promise.reject(new StoreError("unavailable", "the store is closed"));
    ready ??= migrate(new Kysely<unknown>({ dialect: new PostgresDialect({ pool: writers }) }), "postgres").catch(
      (error) => {
        ready = null;
        throw error;
      },
    );
    return ready;
  }

  async function transaction(statements: readonly CompiledQuery[]): Promise<void> {
    const client = await writers.connect();
    try {
      await client.query("begin");
      for (const { sql, parameters } of statements) await client.query(sql, [...parameters]);
      await client.query("commit");
    } catch (error) {
      // Also when it could still be used: a connection whose statement timed out here may answer it later.
      client.release(true);
      throw error;
    }
    client.release();
  }

  return {
    kind: "postgres",
    build: builderOf("postgres"),
    async read(work) {
      try {
        await prepared();
        return { ok: true, value: await work(db) };
      } catch (error) {
        return { ok: false, failure: postgresFailureOf(error) };
      }
    },
    async write(statements) {
      try {
        await prepared();
        await transaction(statements);
        return { ok: true, value: undefined };
      } catch (error) {
        return { ok: false, failure: postgresFailureOf(error) };
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      const timer = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([Promise.allSettled([readers.end(), writers.end()]), timer]);
    },
  };
}

function poolOf(url: string, max: number, statementMs: number, connectMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: "matriarch store",
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    // Beyond the server's own limit, for a server that hangs or a network that swallows.
    query_timeout: statementMs + 1_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    allowExitOnIdle: true,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  // A connection that the server ends is no news: the next use says so. The pool listens to idle ones only, and an error that nobody
  // listens to would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

/**
 * `bigint` comes as a number: epoch ms, ids of 48 bits and counts are far below 2^53. Arrays of numbers have one dimension and no nulls
 * here, and are long: the driver's own parser takes them letter by letter.
 */
function parserOf(oid: number, format?: "text" | "binary"): unknown {
  if (oid === INT8) return Number;
  if (oid === INT8_ARRAY || oid === FLOAT8_ARRAY) return numbersOf;
  return pg.types.getTypeParser(oid, format as "text");
}

const numbersOf = (text: string): number[] => (text === "{}" ? [] : text.slice(1, -1).split(",").map(Number));
