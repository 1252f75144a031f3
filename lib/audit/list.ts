import { sql } from "kysely";
import type { Store, Stored } from "@/lib/db/types";
import { hasAllWords, likePattern, valuesOf, wordsOf } from "@/lib/db/words";
import type { AuditRow } from "@/lib/domain/audit";
import { rowOf } from "./row";
import type { AuditQuery } from "./types";

/** Rows read at a time while a search looks for words that few rows have. */
const CHUNK = 200;
/** Rows that one search reads at most; older ones are then found by asking for the time before. */
const LOOKED_MAX = 50_000;

/** Oldest first, from the row after `seq` on. */
export async function readAfter(store: Store, seq: number, limit: number): Promise<Stored<readonly AuditRow[]>> {
  const rows = await store.read((db) =>
    db.selectFrom("audit").selectAll().where("seq", ">", seq).orderBy("seq").limit(limit).execute(),
  );
  return rows.ok ? { ok: true, value: rows.value.map(rowOf) } : rows;
}

/** Newest first. */
export async function listRows(store: Store, query: AuditQuery): Promise<Stored<readonly AuditRow[]>> {
  const words = wordsOf(query.search);
  const found: AuditRow[] = [];
  let beforeSeq = query.beforeSeq;
  for (let looked = 0; looked < LOOKED_MAX && found.length < query.limit; ) {
    const limit = words.length === 0 ? query.limit : CHUNK;
    const page = await readPage(store, { ...query, beforeSeq, limit }, words);
    if (!page.ok) return page;
    found.push(...page.value.filter((row) => hasAllWords(valuesOf(row), words)));
    looked += page.value.length;
    beforeSeq = page.value.at(-1)?.seq ?? null;
    if (page.value.length < limit) break;
  }
  return { ok: true, value: found.slice(0, query.limit) };
}

/** All that a word may stand in, in one text. */
const EVERYTHING = sql`lower(concat_ws(' ', cast(seq as text), kind, scope, actor, role, address, action, operation_id, plan_id, reason, data, prev, hash))`;

async function readPage(
  store: Store,
  { from, to, kinds, scope, actor, action, operationId, beforeSeq, limit }: AuditQuery,
  words: readonly string[],
): Promise<Stored<readonly AuditRow[]>> {
  const rows = await store.read((db) => {
    let asked = db.selectFrom("audit").selectAll();
    if (from !== null) asked = asked.where("at", ">=", from);
    if (to !== null) asked = asked.where("at", "<=", to);
    if (kinds !== null) asked = asked.where("kind", "in", [...kinds, ""]);
    if (scope !== null) asked = asked.where("scope", "=", scope);
    if (actor !== null) asked = asked.where("actor", "=", actor);
    if (action !== null) asked = asked.where("action", "=", action);
    if (operationId !== null) asked = asked.where("operation_id", "=", operationId);
    if (beforeSeq !== null) asked = asked.where("seq", "<", beforeSeq);
    for (const word of words) asked = asked.where(sql<boolean>`${EVERYTHING} like ${likePattern(word)} escape '!'`);
    return asked.orderBy("seq", "desc").limit(limit).execute();
  });
  return rows.ok ? { ok: true, value: rows.value.map(rowOf) } : rows;
}
