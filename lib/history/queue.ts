import type { CompiledQuery } from "kysely";
import type { EpochMs } from "@/lib/domain/ids";
import type { Bucket } from "./samples/fold";

/** A statement that waits for the store, with what it takes in memory. */
export type WaitingStatement = { readonly query: CompiledQuery; readonly bytes: number; readonly since: EpochMs };
export type WaitingBucket = { readonly bucket: Bucket; readonly since: EpochMs };
export type Batch = { readonly statements: readonly WaitingStatement[]; readonly buckets: readonly WaitingBucket[] };

export type QueueLimits = { readonly rows: number; readonly bytes: number };

/** About an hour of a three-member cluster's samples, and some hours of its events and pictures. */
export const QUEUE_LIMITS: QueueLimits = { rows: 200_000, bytes: 64 * 1024 * 1024 };

/** What waits to be written, bounded. Samples make room for the rest: a figure can be missed, an event cannot. */
export type Queue = {
  statement(query: CompiledQuery, now: EpochMs): void;
  buckets(buckets: readonly Bucket[], now: EpochMs): void;
  /** The next batch, oldest first, statements before samples; it stays counted as waiting until {@link done} or {@link back}. */
  take(rowsMax: number): Batch | null;
  /** The taken batch is written, but for `refused` rows of it, which are lost. */
  done(refused: number): void;
  /** Puts the taken batch back to the front. */
  back(): void;
  waiting(): number;
  dropped(): number;
  oldestSince(): EpochMs | null;
  /** Start of the oldest bucket that waits. */
  oldestBucket(): EpochMs | null;
};

export function createQueue(limits: QueueLimits = QUEUE_LIMITS): Queue {
  let statements: WaitingStatement[] = [];
  let buckets: WaitingBucket[] = [];
  let taken: Batch | null = null;
  let bytes = 0;
  let dropped = 0;

  const rows = () => statements.length + buckets.length + (taken ? taken.statements.length + taken.buckets.length : 0);

  function makeRoom(): void {
    const over = rows() - limits.rows;
    if (over > 0) {
      const samples = Math.min(over, buckets.length);
      const others = Math.min(over - samples, statements.length);
      buckets = buckets.slice(samples);
      for (const { bytes: freed } of statements.slice(0, others)) bytes -= freed;
      statements = statements.slice(others);
      dropped += samples + others;
    }
    while (bytes > limits.bytes && statements.length > 0) {
      bytes -= statements.shift()?.bytes ?? 0;
      dropped += 1;
    }
  }

  const first = () => [taken?.statements[0], taken?.buckets[0], statements[0], buckets[0]];
  return {
    statement(query, now) {
      const size = bytesOf(query);
      statements.push({ query, bytes: size, since: now });
      bytes += size;
      makeRoom();
    },
    buckets(more, now) {
      for (const bucket of more) buckets.push({ bucket, since: now });
      makeRoom();
    },
    take(rowsMax) {
      if (taken) throw new Error("a batch is out already");
      if (statements.length + buckets.length === 0) return null;
      const some = statements.slice(0, rowsMax);
      const samples = buckets.slice(0, rowsMax - some.length);
      statements = statements.slice(some.length);
      buckets = buckets.slice(samples.length);
      taken = { statements: some, buckets: samples };
      return taken;
    },
    done(refused) {
      for (const one of taken?.statements ?? []) bytes -= one.bytes;
      dropped += refused;
      taken = null;
    },
    back() {
      statements = [...(taken?.statements ?? []), ...statements];
      buckets = [...(taken?.buckets ?? []), ...buckets];
      taken = null;
      makeRoom();
    },
    waiting: rows,
    dropped: () => dropped,
    oldestSince() {
      const times = first().flatMap((one) => (one ? [one.since] : []));
      return times.length === 0 ? null : Math.min(...times);
    },
    oldestBucket() {
      let oldest: EpochMs | null = null;
      for (const { bucket } of [...(taken?.buckets ?? []), ...buckets]) {
        if (oldest === null || bucket.at < oldest) oldest = bucket.at;
      }
      return oldest;
    },
  };
}

/** Roughly what a statement holds in memory. */
function bytesOf({ parameters }: CompiledQuery): number {
  let bytes = 200;
  for (const value of parameters) {
    if (typeof value === "string") bytes += value.length * 2;
    else if (value instanceof Uint8Array) bytes += value.byteLength;
    else bytes += 8;
  }
  return bytes;
}
