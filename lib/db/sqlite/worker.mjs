// A thread of the SQLite store: it alone waits for the disk. Plain JavaScript, loaded by its path at run time, because neither
// the bundler nor the type checker sees a file that a thread starts from.
//
// in:  { id, work: "open" } | { id, work: "run", sql, parameters } | { id, work: "transaction", statements: [{ sql, parameters }] }
// out: { id, ok: true, columns, rows, changes, lastId } | { id, ok: false, code, message }
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";

const { path, role, busyTimeoutMs } = workerData;
const STATEMENTS_KEPT = 200;
let database = null;
const statements = new Map();

function open() {
  if (database) return;
  if (role === "writer") {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Made before SQLite makes it, so that nobody else may read it; its journal takes over the rights.
    closeSync(openSync(path, "a", 0o600));
  }
  const opened = new Database(path, { readonly: role === "reader", timeout: busyTimeoutMs });
  try {
    if (role === "writer") opened.pragma("journal_mode = WAL");
    opened.pragma("synchronous = NORMAL");
    // The journal's file is cut back after a checkpoint, so that one large batch does not keep the room for good.
    opened.pragma("journal_size_limit = 16777216");
  } catch (error) {
    opened.close();
    throw error;
  }
  database = opened;
}

function prepared(sql) {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= STATEMENTS_KEPT) statements.clear();
  const statement = database.prepare(sql);
  if (statement.reader) statement.raw();
  statements.set(sql, statement);
  return statement;
}

// Whole numbers are bound as such: a bound 10.0 would turn integer division into a fraction.
function bindable(value) {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value === undefined ? null : value;
}

function run({ sql, parameters }) {
  const statement = prepared(sql);
  const bound = parameters.map(bindable);
  if (statement.reader) {
    const rows = statement.all(bound);
    return { columns: statement.columns().map((column) => column.name), rows, changes: 0, lastId: null };
  }
  const { changes, lastInsertRowid } = statement.run(bound);
  return { columns: [], rows: [], changes, lastId: Number(lastInsertRowid) };
}

function transaction(list) {
  database.exec("begin immediate");
  try {
    let last = { columns: [], rows: [], changes: 0, lastId: null };
    for (const one of list) last = run(one);
    database.exec("commit");
    return last;
  } catch (error) {
    // A full disk may have rolled back already.
    if (database.inTransaction) database.exec("rollback");
    throw error;
  }
}

function answer(message) {
  open();
  if (message.work === "run") return run(message);
  if (message.work === "transaction") return transaction(message.statements);
  return { columns: [], rows: [], changes: 0, lastId: null };
}

parentPort.on("message", (message) => {
  if (message.work === "close") {
    database?.close();
    parentPort.close();
    return;
  }
  try {
    parentPort.postMessage({ id: message.id, ok: true, ...answer(message) });
  } catch (error) {
    const code = typeof error?.code === "string" ? error.code : null;
    parentPort.postMessage({ id: message.id, ok: false, code, message: String(error?.message ?? error) });
  }
});
