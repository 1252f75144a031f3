import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { Sample } from "@/lib/domain/metrics/sample";
import { type SeriesKey, seriesIdOf } from "./series-id";
import { FINEST, floorTo } from "./tiers";

/** What a series showed within one bucket of the finest tier. */
export type Bucket = {
  readonly id: number;
  readonly series: SeriesKey;
  /** Start of the bucket. */
  readonly at: EpochMs;
  min: number;
  max: number;
  sum: number;
  count: number;
};

/** Folds single figures into buckets and gives out those in which nothing more is expected. */
export type Fold = {
  add(scope: ClusterScope, samples: readonly Sample[]): void;
  /** Buckets that ended before `before`, oldest first; they are forgotten here. */
  take(before: EpochMs): Bucket[];
  /** Start of the oldest bucket that is still open; null when none is. */
  oldest(): EpochMs | null;
};

export function createFold(): Fold {
  const open = new Map<string, Bucket>();
  const ids = new Map<string, number>();

  function idOf(series: SeriesKey, key: string): number {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = seriesIdOf(series);
    ids.set(key, id);
    return id;
  }

  return {
    add(scope, samples) {
      for (const { metric, subject, detail, at, value } of samples) {
        // A source's nonsense (a division by zero, an overflow) is not a figure.
        if (!Number.isFinite(value) || !Number.isFinite(at)) continue;
        const key = `${scope}\0${metric}\0${subject}\0${detail}`;
        const start = floorTo(at, FINEST.ms);
        const place = `${start}\0${key}`;
        const bucket = open.get(place);
        if (bucket) {
          bucket.min = Math.min(bucket.min, value);
          bucket.max = Math.max(bucket.max, value);
          bucket.sum += value;
          bucket.count += 1;
        } else {
          const series = { scope, metric, subject, detail };
          open.set(place, { id: idOf(series, key), series, at: start, min: value, max: value, sum: value, count: 1 });
        }
      }
    },
    take(before) {
      const done: Bucket[] = [];
      for (const [place, bucket] of open) {
        if (bucket.at + FINEST.ms > before) continue;
        done.push(bucket);
        open.delete(place);
      }
      return done.sort((a, b) => a.at - b.at);
    },
    oldest() {
      let oldest: EpochMs | null = null;
      for (const { at } of open.values()) if (oldest === null || at < oldest) oldest = at;
      return oldest;
    },
  };
}
