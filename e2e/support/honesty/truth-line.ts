import type { TruthSample } from "../truth-log";

/** What one truth sample says of a claim; null: the hosts gave no answer that decides it. */
export type Verdict = boolean | null;

/**
 * A sample's leader key is null both when nobody holds it and when etcd did not answer in time. Where the same key of the
 * same revision was seen before and after, it was held in between: a key that is released comes back with another revision.
 */
export function mendLeaderKey(samples: readonly TruthSample[]): TruthSample[] {
  const mended = [...samples];
  let last = -1;
  for (let i = 0; i < mended.length; i += 1) {
    const here = mended[i]?.truth;
    if (!here || here.leaderKey === null) continue;
    const before = last >= 0 ? mended[last]?.truth : undefined;
    if (before && before.leaderKeyRevision === here.leaderKeyRevision) fill(mended, last + 1, i, here);
    last = i;
  }
  return mended;
}

function fill(samples: TruthSample[], from: number, to: number, known: TruthSample["truth"]): void {
  const { leaderKey, leaderKeyRevision } = known;
  for (let i = from; i < to; i += 1) {
    const sample = samples[i];
    if (sample) samples[i] = { ...sample, truth: { ...sample.truth, leaderKey, leaderKeyRevision } };
  }
}

/**
 * The samples that tell of the time from `from` to `to`: those within, the last one that was complete before it and the
 * first one that was begun after it, because a change may fall between two samples. Null when the log does not reach
 * around that time on both sides.
 */
export function around(samples: readonly TruthSample[], from: number, to: number): readonly TruthSample[] | null {
  const first = lastIndex(samples, (sample) => sample.arrivedAt <= from);
  const after = firstIndex(samples, (sample) => sample.at >= to);
  return first < 0 || after < 0 ? null : samples.slice(first, after + 1);
}

/** What a host that did not answer in time said before and after is looked up for so long, in ms. */
const SILENT_MS_MAX = 1_000;

/**
 * Where the first or the last of the samples `seen` around a time does not decide, the nearest one beyond it that does: the host was
 * silent just then, and what was so in its silence may show only there.
 */
export function beyondSilence(
  samples: readonly TruthSample[],
  seen: readonly TruthSample[],
  decides: (sample: TruthSample) => boolean,
): readonly TruthSample[] {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return [];
  const near = (sample: TruthSample | undefined, from: TruthSample) =>
    sample && Math.abs(sample.at - from.at) <= SILENT_MS_MAX ? [sample] : [];
  const earlier = decides(first) ? undefined : samples.slice(0, samples.indexOf(first)).findLast(decides);
  const later = decides(last) ? undefined : samples.slice(samples.indexOf(last) + 1).find(decides);
  return [...near(earlier, first), ...near(later, last)];
}

/** Index of the last sample for which `test` holds; samples are in order, and once it fails it fails for the rest. */
function lastIndex(samples: readonly TruthSample[], test: (sample: TruthSample) => boolean): number {
  let low = -1;
  let high = samples.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const sample = samples[middle];
    if (sample && test(sample)) low = middle;
    else high = middle;
  }
  return low;
}

function firstIndex(samples: readonly TruthSample[], test: (sample: TruthSample) => boolean): number {
  const before = lastIndex(samples, (sample) => !test(sample));
  return before + 1 < samples.length ? before + 1 : -1;
}
