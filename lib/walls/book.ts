import type { CompiledQuery } from "kysely";
import type { Store, Stored } from "@/lib/db/types";
import type { EpochMs } from "@/lib/domain/ids";
import { wallOf } from "./rows";
import { forgetWalls, sawWall } from "./statements";
import type { Clock, WallRecord } from "./types";

/** Another dashboard on the same store may revoke a wall: so often ours looks. */
const REFRESH_MS = 5_000;
/** Strangers' cookies make the store be asked at most so often. */
const MISS_MS = 500;
const SEEN_EVERY_MS = 60_000;
const KEPT_MS = 30 * 86_400_000;
const FORGET_EVERY_MS = 3_600_000;

/**
 * The walls in memory, as the store had them last: a wall that was let in stays so while the store is away, and no request waits for
 * the store unless it brings a cookie that is not known.
 */
export type Book = {
  /** False until the store was read once. */
  known(): boolean;
  all(): readonly WallRecord[];
  byCookie(hash: string): WallRecord | null;
  byLink(hash: string): WallRecord | null;
  /** Reads the store unless that was done within the last half second; false when it cannot be read. */
  refreshed(): Promise<boolean>;
  /** Writes, then reads all anew. */
  write(statements: readonly CompiledQuery[]): Promise<Stored<void>>;
  /** Takes over what is known to be stored, where it could not be read again. */
  put(record: WallRecord): void;
  /** That a wall has asked for something just now. */
  saw(id: string): void;
  close(): Promise<void>;
};

export function createBook(store: Store, now: Clock): Book {
  let records: readonly WallRecord[] | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<boolean> | null = null;
  const seen = new Map<string, EpochMs>();

  async function readNow(): Promise<boolean> {
    const rows = await store.read((db) => db.selectFrom("wall").selectAll().orderBy("created_at", "desc").execute());
    if (!rows.ok) return false;
    records = rows.value.flatMap((row) => wallOf(row) ?? []);
    readAt = now();
    return true;
  }
  function read(): Promise<boolean> {
    reading ??= readNow().finally(() => {
      reading = null;
    });
    return reading;
  }

  const timer = setInterval(() => void read(), REFRESH_MS);
  const forget = setInterval(() => void store.write([forgetWalls(store.build, now() - KEPT_MS)]), FORGET_EVERY_MS);
  timer.unref();
  forget.unref();
  void read();

  const find = (fits: (record: WallRecord) => boolean) => records?.find(fits) ?? null;
  return {
    known: () => records !== null,
    all: () => records ?? [],
    byCookie: (hash) => find(({ cookieHash }) => cookieHash === hash),
    byLink: (hash) => find(({ linkHash }) => linkHash === hash),
    refreshed: async () => now() - readAt < MISS_MS || (await read()),
    async write(statements) {
      const written = await store.write(statements);
      // A read that was under way may have begun before the commit.
      await reading;
      await read();
      return written;
    },
    put(record) {
      records = (records ?? []).map((one) => (one.id === record.id ? record : one));
    },
    saw(id) {
      const at = now();
      if (at - (seen.get(id) ?? Number.NEGATIVE_INFINITY) < SEEN_EVERY_MS) return;
      seen.set(id, at);
      for (const known of seen.keys()) if (!find((record) => record.id === known)) seen.delete(known);
      void store.write([sawWall(store.build, id, at)]);
    },
    async close() {
      clearInterval(timer);
      clearInterval(forget);
      await reading;
    },
  };
}
