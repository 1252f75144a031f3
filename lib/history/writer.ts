import type { CompiledQuery, Kysely } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { Store, StoreFailure } from "@/lib/db/types";
import type { EpochMs } from "@/lib/domain/ids";
import { type Batch, createQueue, QUEUE_LIMITS, type QueueLimits, type WaitingBucket } from "./queue";
import type { Bucket } from "./samples/fold";
import { insertBuckets, insertSeries, setMeta } from "./samples/statements";
import { FINEST } from "./samples/tiers";
import { stateOf } from "./status";
import type { StoreStatus } from "./types";

/**
 * The one way into the store. Everything waits in one bounded queue and goes in batches, each a transaction; a store that fails
 * is tried again, ever more slowly. Nothing here throws, and nobody who hands something over waits.
 */
export type Writer = {
  /** Statements of the store's dialect are built with this. */
  readonly build: Kysely<Schema>;
  /** The statement must bear being repeated, and to be written some minutes late. */
  put(statement: CompiledQuery): void;
  buckets(buckets: readonly Bucket[]): void;
  status(): StoreStatus;
  /** Start of the oldest bucket that is not written yet; null when none waits. */
  oldestBucket(): EpochMs | null;
  /** Hears of each batch that was written. */
  onWritten(listener: (batch: Batch) => void): void;
  /** Writes what waits as far as it gets within the time, then stops for good. */
  close(withinMs: number): Promise<void>;
};

export type WriterOptions = {
  readonly flushMs?: number;
  readonly retryMsMax?: number;
  readonly limits?: QueueLimits;
  readonly now?: () => number;
};

const FLUSH_MS = 500;
const RETRY_MS_MAX = 5_000;
const BATCH_ROWS_MAX = 2_000;

export function startWriter(store: Store, options: WriterOptions = {}): Writer {
  const now = () => (options.now ?? Date.now)();
  const flushMs = options.flushMs ?? FLUSH_MS;
  const retryMsMax = options.retryMsMax ?? RETRY_MS_MAX;
  const queue = createQueue(options.limits ?? QUEUE_LIMITS);
  const listeners = new Set<(batch: Batch) => void>();
  /** Series that the store is known to have. */
  const known = new Set<number>();
  let failure: StoreFailure | null = null;
  let lastWriteAt: EpochMs | null = null;
  let state: StoreStatus["state"] = "ok";
  let since = now();
  let retryMs = flushMs;
  let running: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function observe(): void {
    const next = stateOf({ failure, oldestWaitingSince: queue.oldestSince() }, now());
    if (next === state) return;
    state = next;
    since = now();
  }

  function statementsOf({ statements, buckets }: Batch): CompiledQuery[] {
    const news = new Map<number, Bucket>();
    for (const { bucket } of buckets) if (!known.has(bucket.id)) news.set(bucket.id, bucket);
    return [
      ...statements.map(({ query }) => query),
      ...[...news.values()].map((bucket) => insertSeries(store.kind, bucket)),
      ...insertBuckets(store.kind, FINEST, mergedBuckets(buckets)),
    ];
  }

  /** True when there may be more to write at once. */
  async function flush(): Promise<boolean> {
    const batch = queue.take(BATCH_ROWS_MAX);
    if (!batch) return false;
    const answer = await store.write(statementsOf(batch));
    if (answer.ok) {
      written(batch);
      return true;
    }
    if (answer.failure.kind === "failed") return writeSingly(batch);
    return putBack(answer.failure);
  }

  /** The store answers and refuses: find out what, or one bad row would hold up everything behind it for ever. */
  async function writeSingly(batch: Batch): Promise<boolean> {
    const parts: Batch[] = [
      ...batch.statements.map((one) => ({ statements: [one], buckets: [] })),
      ...batch.buckets.map((one) => ({ statements: [], buckets: [one] })),
    ];
    let refused = 0;
    let why: StoreFailure | null = null;
    for (const part of parts) {
      const answer = await store.write(statementsOf(part));
      if (answer.ok) continue;
      why = answer.failure;
      if (why.kind !== "failed") return putBack(why);
      refused += 1;
    }
    if (why && refused === parts.length) {
      // All of it: are they bad rows, or does the store take none at all?
      const probe = await store.write([setMeta(store.kind, "asked_at", String(now()))]);
      if (!probe.ok) return putBack(probe.failure);
    }
    if (why) console.error(`The store refused ${refused} of ${parts.length} rows: ${why.text}`);
    written(batch, refused);
    return true;
  }

  function putBack(by: StoreFailure): false {
    queue.back();
    failed(by);
    return false;
  }

  function written(batch: Batch, refused = 0): void {
    queue.done(refused);
    for (const { bucket } of batch.buckets) known.add(bucket.id);
    failure = null;
    retryMs = flushMs;
    lastWriteAt = now();
    for (const listener of listeners) listener(batch);
  }

  function failed(by: StoreFailure): void {
    if (failure?.kind !== by.kind) console.error(`The store is ${by.kind}: ${by.text}`);
    failure = by;
    retryMs = Math.min(retryMs * 2, retryMsMax);
  }

  async function round(): Promise<void> {
    running = (async () => {
      while (await flush()) {
        observe();
        if (closed) return false;
      }
      return failure !== null;
    })();
    const struggling = await running;
    running = null;
    observe();
    if (!closed) plan(struggling ? retryMs : flushMs);
  }

  function plan(afterMs: number): void {
    timer = setTimeout(() => void round(), afterMs);
    timer.unref();
  }
  plan(0);

  return {
    build: store.build,
    put: (statement) => {
      if (!closed) queue.statement(statement, now());
    },
    buckets: (buckets) => {
      if (!closed) queue.buckets(buckets, now());
    },
    status() {
      observe();
      return {
        kind: store.kind,
        state,
        since,
        lastWriteAt,
        failure,
        waiting: queue.waiting(),
        dropped: queue.dropped(),
      };
    },
    oldestBucket: queue.oldestBucket,
    onWritten: (listener) => void listeners.add(listener),
    async close(withinMs) {
      if (closed) return;
      const end = now() + withinMs;
      if (timer) clearTimeout(timer);
      const late = new Promise<void>((resolve) => setTimeout(resolve, withinMs).unref());
      const drain = async () => {
        if (running) await running;
        closed = true;
        if (timer) clearTimeout(timer);
        while (now() < end && (await flush())) observe();
      };
      await Promise.race([drain(), late]);
      closed = true;
    },
  };
}

/** PostgreSQL refuses to join two rows of one statement: buckets of the same place come once. */
function mergedBuckets(waiting: readonly WaitingBucket[]): Bucket[] {
  const merged = new Map<string, Bucket>();
  for (const { bucket } of waiting) {
    const place = `${bucket.id}/${bucket.at}`;
    const other = merged.get(place);
    merged.set(
      place,
      other
        ? {
            ...bucket,
            min: Math.min(bucket.min, other.min),
            max: Math.max(bucket.max, other.max),
            sum: bucket.sum + other.sum,
            count: bucket.count + other.count,
          }
        : bucket,
    );
  }
  return [...merged.values()];
}
