import { followTruth, type Truth } from "@/lab/index";

/** What the hosts said of themselves, sample by sample, with the time at which each sample was begun and had come in. */
export type TruthSample = { readonly at: number; readonly arrivedAt: number; readonly truth: Truth };

export type TruthLog = {
  readonly samples: readonly TruthSample[];
  /** Milliseconds of the longest time between two samples: what happened within is not known. */
  longestGapMs(): number;
  stop(): void;
};

/** Follows the lab's truth on a beat of `everyMs` until stopped. */
export function startTruthLog(everyMs = 150): TruthLog {
  const samples: TruthSample[] = [];
  const stop = followTruth(everyMs, (truth) => {
    samples.push({ at: Date.parse(truth.at), arrivedAt: Date.now(), truth });
  });
  return { samples, stop, longestGapMs: () => longestGapMs(samples) };
}

/** Milliseconds of the longest time between the beginnings of two samples that follow each other; 0 for fewer than two. */
export function longestGapMs(samples: readonly Pick<TruthSample, "at">[]): number {
  return samples.reduce((longest, sample, index) => {
    const before = samples[index - 1];
    return before ? Math.max(longest, sample.at - before.at) : longest;
  }, 0);
}
