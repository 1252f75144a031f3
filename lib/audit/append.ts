import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type CompiledQuery, type Kysely, sql } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import type { AuditEntry, AuditRow } from "@/lib/domain/audit";
import type { EpochMs } from "@/lib/domain/ids";
import { columnsOf, rowAfter, rowOf, type Tip } from "./row";
import { HEAD_KEY, headText, readTip } from "./tip";

/** Each lost race means that another dashboard has appended; so many of them in a row is a fault. */
const ATTEMPTS_MAX = 60;
const PAUSE_MS = 20;

/** Appends one after the other within this process; between processes the table's key decides who is first. */
export function createAppender(store: Store): (entry: AuditEntry, at: EpochMs) => Promise<Stored<AuditRow>> {
  let last: Promise<unknown> = Promise.resolve();
  /** Keys of entries whose append has failed: the row may be there all the same, and must not come twice. */
  const failed = new WeakMap<AuditEntry, string>();

  async function append(entry: AuditEntry, at: EpochMs): Promise<Stored<AuditRow>> {
    const key = failed.get(entry) ?? randomUUID();
    const appended = await appendOne(store, entry, at, key);
    if (appended.ok) failed.delete(entry);
    else failed.set(entry, key);
    return appended;
  }

  return (entry, at) => {
    const mine = last.then(() => append(entry, at));
    last = mine;
    return mine;
  };
}

async function appendOne(store: Store, entry: AuditEntry, at: EpochMs, key: string): Promise<Stored<AuditRow>> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const tip = await store.read(readTip);
    if (!tip.ok) return tip;
    const row = made(tip.value, entry, at);
    if (!row.ok) return row;
    const written = await store.write(appending(store.build, tip.value, row.value, key));
    // By the key: a write that failed may have been committed, and one that succeeded may have come second and done nothing.
    const found = await store.read((db) =>
      db.selectFrom("audit").selectAll().where("row_key", "=", key).executeTakeFirst(),
    );
    if (!found.ok) return written.ok ? found : written;
    if (found.value) return { ok: true, value: rowOf(found.value) };
    if (!written.ok) return written;
    await pause(Math.random() * PAUSE_MS * Math.min(attempt + 1, 5));
  }
  return { ok: false, failure: { kind: "slow", text: `the audit log was written to ${ATTEMPTS_MAX} times meanwhile` } };
}

function made(tip: Tip, entry: AuditEntry, at: EpochMs): Stored<AuditRow> {
  try {
    return { ok: true, value: rowAfter(tip, entry, at) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ok: false, failure: { kind: "failed", text: `what was to be recorded is no JSON: ${text}` } };
  }
}

/** Does nothing when somebody else has appended since `tip` was read. */
function appending(build: Kysely<Schema>, tip: Tip, row: AuditRow, key: string): CompiledQuery[] {
  const { seq, at, ...texts } = columnsOf(row, key);
  const names = Object.keys(texts).map((name) => sql.ref(name));
  const values = Object.values(texts).map((value) => sql`cast(${value} as text)`);
  const follows =
    tip === null
      ? sql`not exists (select 1 from audit)`
      : sql`(exists (select 1 from audit where seq = ${tip.seq} and hash = ${tip.hash})
          or exists (select 1 from meta where key = ${HEAD_KEY} and value = ${headText(tip)}))`;
  return [
    sql`insert into audit (seq, at, ${sql.join(names)})
      select cast(${seq} as bigint), cast(${at} as bigint), ${sql.join(values)}
      where ${follows} on conflict do nothing`.compile(build),
    sql`insert into meta (key, value)
      select cast(${HEAD_KEY} as text), cast(${headText(row)} as text)
      where exists (select 1 from audit where row_key = ${key} and seq = ${seq})
      on conflict (key) do update set value = excluded.value where meta.value < excluded.value`.compile(build),
  ];
}
