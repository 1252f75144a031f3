import type { SeriesAnswer, SeriesQuery } from "@/lib/contract/series";
import type { Store, Stored } from "@/lib/db/types";
import type { ClusterScope } from "@/lib/domain/ids";
import type { Sample } from "@/lib/domain/metrics/sample";
import { createFold } from "./samples/fold";
import { type Keeper, startKeeper } from "./samples/keeper";
import type { SampleRetention } from "./samples/tiers";
import { readSeries } from "./series/read";
import type { Writer } from "./writer";

/** The record of figures over time: folds what is observed, thins it out, and reads it back as lines. */
export type SampleRecord = {
  samples(scope: ClusterScope, samples: readonly Sample[]): void;
  series(scope: ClusterScope, query: SeriesQuery): Promise<Stored<SeriesAnswer>>;
  readonly keeper: Keeper;
  /** Hands every bucket over, also those that are not full, and stops. */
  stop(): void;
};

const TAKE_EVERY_MS = 500;
/** An answer that took some time to come belongs to the bucket of its look. */
const LATE_MS = 1_500;

export function startSampleRecord(
  store: Store,
  writer: Writer,
  retention: SampleRetention,
  now: () => number = Date.now,
): SampleRecord {
  const fold = createFold();
  const keeper = startKeeper({ store, writer, retention, oldestOpen: fold.oldest, now });
  const timer = setInterval(() => writer.buckets(fold.take(now() - LATE_MS)), TAKE_EVERY_MS);
  timer.unref();
  return {
    samples: fold.add,
    series: (scope, query) => readSeries(store, scope, query, retention, now()),
    keeper,
    stop() {
      clearInterval(timer);
      keeper.stop();
      writer.buckets(fold.take(Number.POSITIVE_INFINITY));
    },
  };
}
