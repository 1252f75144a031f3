import { type CompiledQuery, Kysely } from "kysely";
import { builderOf } from "../builder";
import { StoreError, sqliteFailureOf } from "../failure";
import { migrate } from "../migrations";
import type { Schema } from "../schema";
import type { Store, StoreTimeouts } from "../types";
import { threadDialect } from "./dialect";
import { type SqliteThread, startSqliteThread } from "./thread";

const CLOSE_MS = 1_000;

type Threads = { readonly reader: SqliteThread; readonly writer: SqliteThread };

/** A file, written by one thread and read by another: a long read holds up no write, and neither holds up the live picture. */
export function sqliteStore(path: string, timeouts: StoreTimeouts): Store {
  let opening: Promise<Threads> | null = null;
  let closed = false;

  function threads(): Promise<Threads> {
    if (closed) return Promise.reject(new StoreError("unavailable", "the store is closed"));
    opening ??= open(path, timeouts);
    const mine = opening;
    return mine.then(
      (open) => {
        if (open.reader.alive() && open.writer.alive()) return open;
        if (opening === mine) opening = null;
        void end(open);
        throw new StoreError("unavailable", "a thread of the store has ended");
      },
      (error) => {
        if (opening === mine) opening = null;
        throw error;
      },
    );
  }

  const db = new Kysely<Schema>({
    dialect: threadDialect(async () => (await threads()).reader, timeouts.readMs),
  });

  return {
    kind: "sqlite",
    build: builderOf("sqlite"),
    async read(work) {
      try {
        return { ok: true, value: await work(db) };
      } catch (error) {
        return { ok: false, failure: sqliteFailureOf(error) };
      }
    },
    async write(statements: readonly CompiledQuery[]) {
      try {
        await (await threads()).writer.transaction(statements, timeouts.writeMs);
        return { ok: true, value: undefined };
      } catch (error) {
        return { ok: false, failure: sqliteFailureOf(error) };
      }
    },
    async close() {
      closed = true;
      const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), CLOSE_MS).unref());
      const open = await Promise.race([opening?.catch(() => null), late]);
      if (open) await end(open);
    },
  };
}

async function open(path: string, { openMs }: StoreTimeouts): Promise<Threads> {
  const writer = startSqliteThread(path, "writer");
  const reader = startSqliteThread(path, "reader");
  try {
    await writer.open(openMs);
    await migrate(new Kysely<unknown>({ dialect: threadDialect(async () => writer, openMs) }), "sqlite");
    await reader.open(openMs);
    return { reader, writer };
  } catch (error) {
    void end({ reader, writer });
    throw error;
  }
}

async function end({ reader, writer }: Threads): Promise<void> {
  await Promise.all([reader.close(CLOSE_MS), writer.close(CLOSE_MS)]);
}
