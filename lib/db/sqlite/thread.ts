import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { CompiledQuery } from "kysely";
import { StoreError } from "../failure";

/** Talks to one thread of `worker.mjs`. SQLite waits for the disk synchronously, so it never runs in the thread of the live picture. */
export type SqliteThread = {
  /** Rejects with {@link StoreError}: what SQLite said, `slow` after `timeoutMs`, or `unavailable` when the thread is gone. */
  run(query: CompiledQuery, timeoutMs: number): Promise<SqliteAnswer>;
  transaction(queries: readonly CompiledQuery[], timeoutMs: number): Promise<SqliteAnswer>;
  open(timeoutMs: number): Promise<void>;
  /** False once the thread has ended, by itself or by {@link close}. */
  alive(): boolean;
  close(withinMs: number): Promise<void>;
};

export type SqliteAnswer = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly changes: number;
  readonly lastId: number | null;
};

type Reply =
  | ({ readonly id: number; readonly ok: true } & SqliteAnswer)
  | { readonly id: number; readonly ok: false; readonly code: string | null; readonly message: string };
type Waiting = { resolve: (answer: SqliteAnswer) => void; reject: (error: StoreError) => void };

/** More than so much unanswered work, and the disk is not merely slow: new work is refused at once instead of piling up. */
const UNANSWERED_MAX = { reader: 1_000, writer: 64 } as const;
const BUSY_TIMEOUT_MS = 3_000;

export function startSqliteThread(path: string, role: "reader" | "writer"): SqliteThread {
  // Put together at run time: a bundler that could read the path would pack the thread, and a native module with it.
  const worker = new Worker(/* turbopackIgnore: true */ join(process.cwd(), "lib", "db", "sqlite", "worker.mjs"), {
    workerData: { path, role, busyTimeoutMs: BUSY_TIMEOUT_MS },
    execArgv: [],
  });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  /** Asked and not answered yet, including what nobody waits for any more. */
  const unanswered = new Set<number>();
  let nextId = 1;
  let alive = true;

  const end = (text: string) => {
    alive = false;
    for (const { reject } of waiting.values()) reject(new StoreError("unavailable", text));
    waiting.clear();
    unanswered.clear();
  };
  worker.on("error", (error) => end(`the thread of the store ended: ${error.message}`));
  worker.on("exit", () => end("the thread of the store has ended"));
  worker.on("message", (reply: Reply) => {
    unanswered.delete(reply.id);
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (!one) return;
    if (reply.ok) one.resolve(reply);
    else one.reject(StoreError.ofSqlite(reply.code, reply.message));
  });

  function ask(message: Readonly<Record<string, unknown>>, timeoutMs: number): Promise<SqliteAnswer> {
    if (!alive) return Promise.reject(new StoreError("unavailable", "the thread of the store has ended"));
    if (unanswered.size >= UNANSWERED_MAX[role]) {
      return Promise.reject(new StoreError("slow", `${unanswered.size} pieces of work wait for the disk`));
    }
    const id = nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new StoreError("slow", `no answer from the disk within ${timeoutMs} ms`));
      }, timeoutMs);
      waiting.set(id, {
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      unanswered.add(id);
      worker.postMessage({ id, ...message });
    });
  }

  return {
    run: (query, timeoutMs) => ask({ work: "run", ...plain(query) }, timeoutMs),
    transaction: (queries, timeoutMs) => ask({ work: "transaction", statements: queries.map(plain) }, timeoutMs),
    open: async (timeoutMs) => {
      await ask({ work: "open" }, timeoutMs);
    },
    alive: () => alive,
    async close(withinMs) {
      if (!alive) return;
      const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      worker.postMessage({ work: "close" });
      // A thread that hangs in the disk cannot be ended either, so nobody waits for its end.
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          void worker.terminate();
          resolve();
        }, withinMs);
      });
      await Promise.race([gone, late]);
      clearTimeout(timer);
    },
  };
}

/** What may cross to the thread: bytes of Node's shared pool are copied, or the whole pool would travel with them. */
function plain({ sql, parameters }: CompiledQuery): { sql: string; parameters: unknown[] } {
  return {
    sql,
    parameters: parameters.map((value) =>
      value instanceof Uint8Array && value.byteLength < value.buffer.byteLength ? new Uint8Array(value) : value,
    ),
  };
}
