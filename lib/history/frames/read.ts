import type { Selectable } from "kysely";
import type { FrameTable } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { FrameMark, PastPicture, RecordedSpan } from "../types";
import { decodeChange, decodeWhole, kindOf, type Plain } from "./codec";
import { readBack } from "./read-back";

/**
 * The last picture of a run stands for this long after it, in ms: one is stored at least each 10 s. Beyond nobody was looking, and an
 * old picture must not be shown as if it were then.
 */
export const LASTS_MS = 15_000;
/** Rows that are read at a time. */
const CHUNK = 100;

type Row = Selectable<FrameTable>;

/** The last picture stored not after `at`, of the run that was recording then; null for a hole. */
export async function readPictureAt(
  store: Store,
  scope: ClusterScope,
  at: EpochMs,
): Promise<Stored<PastPicture | null>> {
  const found = await store.read(async (db) => {
    const running = await db
      .selectFrom("recording")
      .selectAll()
      .where("scope", "=", scope)
      .where("started_at", "<=", at)
      .where((of) =>
        of.or([of("ended_at", ">=", at), of.and([of("ended_at", ">=", at - LASTS_MS), of("orderly", "=", 0)])]),
      )
      .orderBy("started_at", "desc")
      .executeTakeFirst();
    if (!running) return null;
    return await db
      .selectFrom("frame")
      .selectAll()
      .where("scope", "=", scope)
      .where("at", "<=", at)
      .where("at", ">=", running.started_at)
      .where("boot", "=", running.boot)
      .orderBy("at", "desc")
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirst();
  });
  if (!found.ok || !found.value) return found.ok ? { ok: true, value: null } : found;
  return first(await unpack(store, scope, [found.value]));
}

/** The last picture that another run than `boot` drew before `before`; what came later is of another dashboard on the same store. */
export async function readLastPicture(
  store: Store,
  scope: ClusterScope,
  boot: string,
  before: EpochMs,
): Promise<Stored<PastPicture | null>> {
  const rows = await store.read((db) =>
    db
      .selectFrom("frame")
      .selectAll()
      .where("scope", "=", scope)
      .where("boot", "<>", boot)
      .where("at", "<", before)
      .orderBy("at", "desc")
      .orderBy("seq", "desc")
      .limit(1)
      .execute(),
  );
  return rows.ok ? first(await unpack(store, scope, rows.value)) : rows;
}

/** Spans in which one run or another recorded, cut to the window, oldest first; runs may overlap. */
export async function readRecorded(
  store: Store,
  scope: ClusterScope,
  from: EpochMs,
  to: EpochMs,
): Promise<Stored<readonly RecordedSpan[]>> {
  const rows = await store.read((db) =>
    db
      .selectFrom("recording")
      .selectAll()
      .where("scope", "=", scope)
      .where("started_at", "<=", to)
      .where("ended_at", ">=", from - LASTS_MS)
      .orderBy("started_at")
      .execute(),
  );
  if (!rows.ok) return rows;
  const spans = rows.value.map((row) => ({
    from: Math.max(from, row.started_at),
    to: Math.min(to, row.orderly === 1 ? row.ended_at : row.ended_at + LASTS_MS),
  }));
  return { ok: true, value: spans.filter((span) => span.to > span.from) };
}

export async function readMarks(
  store: Store,
  scope: ClusterScope,
  from: EpochMs,
  to: EpochMs,
  limit: number,
): Promise<Stored<readonly FrameMark[]>> {
  const rows = await store.read((db) =>
    db
      .selectFrom("frame")
      .select(["at", "boot", "version", "urgent"])
      .where("scope", "=", scope)
      .where("at", ">=", from)
      .where("at", "<=", to)
      .orderBy("at")
      .orderBy("seq")
      .limit(limit)
      .execute(),
  );
  if (!rows.ok) return rows;
  return { ok: true, value: rows.value.map(({ urgent, ...mark }) => ({ ...mark, urgent: urgent === 1 })) };
}

/**
 * What `take` makes of each stored picture between two moments, oldest first, at most `limit`. Pictures are unpacked a few at a time,
 * so that a long window takes no more memory than what is made of it. One that cannot be read any more is left out.
 */
export async function mapPictures<T>(
  store: Store,
  scope: ClusterScope,
  window: { readonly from: EpochMs; readonly to: EpochMs; readonly limit: number },
  take: (picture: PastPicture) => T,
): Promise<Stored<readonly T[]>> {
  const made: T[] = [];
  let after: { readonly at: EpochMs; readonly seq: number } | null = null;
  for (let left = window.limit; left > 0; ) {
    const rows: Stored<readonly Row[]> = await readRows(store, scope, {
      ...window,
      after,
      limit: Math.min(left, CHUNK),
    });
    if (!rows.ok) return rows;
    const pictures = await unpack(store, scope, rows.value);
    if (!pictures.ok) return pictures;
    for (const picture of pictures.value) made.push(take(picture));
    left -= rows.value.length;
    const last = rows.value.at(-1);
    if (!last || rows.value.length < CHUNK) break;
    after = last;
  }
  return { ok: true, value: made };
}

type Page = {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly limit: number;
  readonly after: { readonly at: EpochMs; readonly seq: number } | null;
};

function readRows(
  store: Store,
  scope: ClusterScope,
  { from, to, limit, after }: Page,
): Promise<Stored<readonly Row[]>> {
  return store.read((db) => {
    let query = db
      .selectFrom("frame")
      .selectAll()
      .where("scope", "=", scope)
      .where("at", ">=", from)
      .where("at", "<=", to);
    if (after) {
      query = query.where((of) =>
        of.or([of("at", ">", after.at), of.and([of("at", "=", after.at), of("seq", ">", after.seq)])]),
      );
    }
    return query.orderBy("at").orderBy("seq").limit(limit).execute();
  });
}

/** Pictures of rows, each with the whole one that it builds on. */
async function unpack(
  store: Store,
  scope: ClusterScope,
  rows: readonly Row[],
): Promise<Stored<readonly PastPicture[]>> {
  const missing = [...new Set(rows.filter(({ body }) => kindOf(body)?.kind === "change").map((row) => row.key_at))];
  const keys: Stored<readonly Row[]> =
    missing.length === 0
      ? { ok: true, value: [] }
      : await store.read((db) =>
          db.selectFrom("frame").selectAll().where("scope", "=", scope).where("at", "in", missing).execute(),
        );
  if (!keys.ok) return keys;
  const wholes = new Map<string, Row>(keys.value.map((row) => [`${row.boot} ${row.version}`, row]));
  const opened = new Map<Row, Plain>();
  const open = (row: Row): Plain => {
    const known = opened.get(row) ?? decodeWhole(row.body);
    opened.set(row, known);
    return known;
  };
  return { ok: true, value: rows.flatMap((row) => develop(row, wholes, open)) };
}

function develop(row: Row, wholes: ReadonlyMap<string, Row>, open: (row: Row) => Plain): PastPicture[] {
  const kind = kindOf(row.body);
  const key = kind?.kind === "change" ? wholes.get(`${row.boot} ${kind.keyVersion}`) : null;
  if (kind === null || key === undefined) return [];
  try {
    const plain = key === null ? open(row) : decodeChange(open(key), row.body, row.version);
    const snapshot = readBack(plain);
    return snapshot ? [{ snapshot, at: row.at, boot: row.boot }] : [];
  } catch (error) {
    console.error(`A stored picture of ${row.scope} at ${new Date(row.at).toISOString()} cannot be read:`, error);
    return [];
  }
}

const first = (pictures: Stored<readonly PastPicture[]>): Stored<PastPicture | null> =>
  pictures.ok ? { ok: true, value: pictures.value[0] ?? null } : pictures;
