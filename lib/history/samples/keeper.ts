import type { Store } from "@/lib/db/types";
import type { Writer } from "../writer";
import { deleteOlder, rollUp, setMeta } from "./statements";
import { FINEST, type SampleRetention, TIERS, type TierName } from "./tiers";
import { deletableBefore, lowered, nextSteps, type Watermarks, watermarkKey, watermarksOf } from "./watermarks";

/**
 * Thins samples out in steps and deletes what is older than it is kept. What was done is noted in the same transaction, so that a
 * process that was killed, or another one on the same store, goes on from there.
 */
export type Keeper = {
  /** One round of work; called by a timer, and by tests. Never rejects. */
  round(): Promise<void>;
  stop(): void;
};

export type KeeperOptions = {
  readonly store: Store;
  readonly writer: Writer;
  readonly retention: SampleRetention;
  /** Start of the oldest bucket that is still being filled. */
  readonly oldestOpen: () => number | null;
  readonly now?: () => number;
  readonly everyMs?: number;
};

const EVERY_MS = 5_000;
/** Observations arrive this late at most without being rolled up a second time. */
const GRACE_MS = 6_000;
const DELETE_EVERY_MS = 60_000;
const DELETE_SERIES = 20;
const ROUNDS_MAX = 50;

export function startKeeper({ store, writer, retention, oldestOpen, ...options }: KeeperOptions): Keeper {
  const now = options.now ?? Date.now;
  const everyMs = options.everyMs ?? EVERY_MS;
  let marks: Watermarks | null = null;
  let lateFrom: number | null = null;
  let deletedAt = 0;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  writer.onWritten(({ buckets }) => {
    for (const { bucket } of buckets) lateFrom = Math.min(lateFrom ?? bucket.at, bucket.at);
  });

  /** Up to where the finest tier will not change any more. */
  function complete(): number {
    const waiting = [oldestOpen(), writer.oldestBucket()].filter((at) => at !== null);
    return Math.min(now() - GRACE_MS, ...waiting);
  }

  async function readMarks(): Promise<Watermarks | null> {
    const meta = await store.read((db) => db.selectFrom("meta").selectAll().where("key", "like", "rolled:%").execute());
    return meta.ok ? watermarksOf(meta.value) : null;
  }

  async function oldestSample(): Promise<number | null> {
    const answer = await store.read((db) =>
      db
        .selectFrom(FINEST.table)
        .select((of) => of.fn.min("at").as("at"))
        .executeTakeFirst(),
    );
    return answer.ok ? (answer.value?.at ?? null) : null;
  }

  /** True when there is more to do at once. */
  async function rollUpOnce(): Promise<boolean> {
    marks = await readMarks();
    if (marks === null) return false;
    if (lateFrom !== null) {
      marks = lowered(marks, lateFrom);
      lateFrom = null;
    }
    const whole = TIERS.slice(1).every(({ name }) => marks?.[name] !== undefined);
    const steps = nextSteps(marks, complete(), whole ? null : await oldestSample());
    if (steps.length === 0) return false;
    const answer = await store.write(
      steps.flatMap(({ fine, coarse, from, to }) => [
        rollUp(store.kind, fine, coarse, from, to),
        setMeta(store.kind, watermarkKey(coarse.name), String(to)),
      ]),
    );
    if (!answer.ok) return false;
    marks = { ...marks, ...Object.fromEntries(steps.map(({ coarse, to }) => [coarse.name, to])) };
    return nextSteps(marks, complete(), null).length > 0;
  }

  async function deleteOld(known: Watermarks): Promise<void> {
    const ids = await store.read((db) => db.selectFrom("series").select("id").orderBy("id").execute());
    if (!ids.ok) return;
    const starts = [-1, ...ids.value.map(({ id }) => id).filter((_, index) => (index + 1) % DELETE_SERIES === 0)];
    for (const tier of TIERS) {
      const before = deletableBefore(tier, known, now(), retention[tier.name]);
      if (!Number.isFinite(before)) continue;
      for (const start of starts) {
        if (stopped) return;
        const answer = await store.write([deleteOlder(store.kind, tier, before, start, DELETE_SERIES)]);
        if (!answer.ok) return;
      }
    }
    deletedAt = now();
  }

  async function work(): Promise<void> {
    // What is failing has enough to do with what waits.
    if (writer.status().failure) return;
    for (let round = 0; round < ROUNDS_MAX && !stopped && (await rollUpOnce()); round += 1);
    if (marks && !stopped && now() - deletedAt >= DELETE_EVERY_MS) await deleteOld(marks);
  }

  function round(): Promise<void> {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  }

  const plan = () => {
    timer = setTimeout(() => {
      void round().finally(() => {
        if (!stopped) plan();
      });
    }, everyMs);
    timer.unref();
  };
  plan();

  return {
    round,
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

export type { TierName };
