import { type CompiledQuery, type Kysely, sql } from "kysely";
import { storedEventSchema } from "@/lib/contract/record";
import type { Schema } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import { hasAllWords, likePattern, valuesOf, wordsOf } from "@/lib/db/words";
import type { ClusterEvent, StoredEvent } from "@/lib/domain/events/event";
import type { ClusterScope } from "@/lib/domain/ids";
import type { EventQuery } from "./types";

/** The same happening, by its `dedupe`, is kept once. */
export function insertEvent(build: Kysely<Schema>, event: ClusterEvent): CompiledQuery {
  const { scope, at, kind, severity, subject, dedupe } = event;
  return build
    .insertInto("event")
    .values({ scope, at: Date.parse(at), kind, severity, subject, body: JSON.stringify(event), dedupe })
    .onConflict((conflict) => conflict.doNothing())
    .compile();
}

/** Rows read at a time while a search looks for words that few events have. */
const CHUNK = 500;
/** Rows that one search reads at most; older events are then found by asking for the time before. */
const LOOKED_MAX = 50_000;

/** Newest first by the time of the event, then by its id; `beforeId` names the event after which to go on. */
export async function readEvents(
  store: Store,
  scope: ClusterScope,
  query: EventQuery,
): Promise<Stored<readonly StoredEvent[]>> {
  const words = wordsOf(query.search);
  const found: StoredEvent[] = [];
  let beforeId = query.beforeId;
  for (let looked = 0; looked < LOOKED_MAX && found.length < query.limit; ) {
    const limit = words.length === 0 ? query.limit : CHUNK;
    const page = await readPage(store, scope, { ...query, beforeId, limit }, words);
    if (!page.ok) return page;
    const rows = page.value;
    found.push(...rows.flatMap(eventOf).filter((event) => hasAllWords(textsOf(event), words)));
    looked += rows.length;
    beforeId = rows.at(-1)?.id ?? null;
    if (rows.length < limit) break;
  }
  return { ok: true, value: found.slice(0, query.limit) };
}

function readPage(
  store: Store,
  scope: ClusterScope,
  { from, to, kinds, severities, subject, beforeId, limit }: EventQuery,
  words: readonly string[],
): Promise<Stored<readonly Row[]>> {
  return store.read(async (db) => {
    let rows = db.selectFrom("event").select(["id", "body"]).where("scope", "=", scope);
    if (from !== null) rows = rows.where("at", ">=", from);
    if (to !== null) rows = rows.where("at", "<=", to);
    if (kinds !== null) rows = rows.where("kind", "in", [...kinds, ""]);
    if (severities !== null) rows = rows.where("severity", "in", [...severities, ""]);
    if (subject !== null) rows = rows.where("subject", "=", subject);
    for (const word of words) rows = rows.where(sql<boolean>`lower(body) like ${likePattern(word)} escape '!'`);
    if (beforeId !== null) {
      const last = await db.selectFrom("event").select("at").where("id", "=", beforeId).executeTakeFirst();
      if (!last) return [];
      const { at } = last;
      rows = rows.where((of) => of.or([of("at", "<", at), of.and([of("at", "=", at), of("id", "<", beforeId)])]));
    }
    return await rows.orderBy("at", "desc").orderBy("id", "desc").limit(limit).execute();
  });
}

type Row = { readonly id: number; readonly body: string };

function eventOf({ id, body }: Row): StoredEvent[] {
  const parsed = storedEventSchema.safeParse({ ...(JSON.parse(body) as object), id });
  return parsed.success ? [parsed.data] : [];
}

/** Names and values count; the names of fields do not. */
const textsOf = (event: StoredEvent): string[] => [
  event.subject,
  event.kind,
  ...valuesOf(event.text.params),
  ...valuesOf(event.data),
];
