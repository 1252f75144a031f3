import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { SqliteAnswer, SqliteThread } from "./thread";

/** Kysely on one thread of `worker.mjs`. One piece of work at a time, in the order in which it came. */
export function threadDialect(thread: () => Promise<SqliteThread>, timeoutMs: number): Dialect {
  return {
    createAdapter: () => new TransactionalSqlite(),
    createDriver: () => threadDriver(thread, timeoutMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** SQLite takes tables in a transaction; with this a migration that fails half way leaves nothing behind. */
class TransactionalSqlite extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function threadDriver(thread: () => Promise<SqliteThread>, timeoutMs: number): Driver {
  const say = (sql: string) => async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => undefined,
    async acquireConnection() {
      const to = await thread();
      return {
        async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
          return resultOf<R>(await to.run(query, timeoutMs));
        },
        // biome-ignore lint/correctness/useYield: the interface asks for a generator, and nothing of ours streams
        async *streamQuery() {
          throw new Error("the store does not stream");
        },
      };
    },
    beginTransaction: say("begin immediate"),
    commitTransaction: say("commit"),
    rollbackTransaction: say("rollback"),
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}

function resultOf<R>({ columns, rows, changes, lastId }: SqliteAnswer): QueryResult<R> {
  // A chart is thousands of rows, made into objects in the thread of the live picture: by a plain loop.
  const objects = rows.map((row) => {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) object[columns[index] as string] = row[index];
    return object as R;
  });
  return {
    rows: objects,
    numAffectedRows: BigInt(changes),
    ...(lastId !== null && { insertId: BigInt(lastId) }),
  };
}
