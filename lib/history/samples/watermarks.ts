import type { Tier, TierName } from "./tiers";
import { FINEST, floorTo, TIERS } from "./tiers";

/** Up to where each coarser tier is made; what is later must be read from the finer ones. The finest has none: it is written. */
export type Watermarks = Readonly<Partial<Record<TierName, number>>>;

export const watermarkKey = (tier: TierName): string => `rolled:${tier}`;

export function watermarksOf(meta: readonly { readonly key: string; readonly value: string }[]): Watermarks {
  const found: Partial<Record<TierName, number>> = {};
  for (const { name } of TIERS.slice(1)) {
    const value = Number(meta.find(({ key }) => key === watermarkKey(name))?.value ?? Number.NaN);
    if (Number.isFinite(value)) found[name] = value;
  }
  return found;
}

/** One piece of rolling up: the range is whole buckets of `coarse`. */
export type RollUpStep = { readonly fine: Tier; readonly coarse: Tier; readonly from: number; readonly to: number };

/** So many coarse buckets in one transaction: what a long absence left is caught up with in pieces that hold up no write. */
const BUCKETS_MAX = 360;

/**
 * What can be rolled up now, finest first. `complete` is up to where the finest tier is whole; a coarser tier is whole up to its
 * own watermark. A tier without a watermark begins at `oldest`, the first sample of the tier below.
 */
export function nextSteps(marks: Watermarks, complete: number, oldest: number | null): RollUpStep[] {
  const steps: RollUpStep[] = [];
  let whole = complete;
  for (const [index, coarse] of TIERS.entries()) {
    const fine = TIERS[index - 1];
    if (!fine) continue;
    const from = marks[coarse.name] ?? (oldest === null ? null : floorTo(oldest, coarse.ms));
    if (from === null) break;
    const to = Math.min(floorTo(whole, coarse.ms), from + BUCKETS_MAX * coarse.ms);
    if (to > from) steps.push({ fine, coarse, from, to });
    whole = Math.max(from, to);
  }
  return steps;
}

/** After buckets of the finest tier at `at` were written late, the tiers above are made again from there. */
export function lowered(marks: Watermarks, at: number): Watermarks {
  const next: Partial<Record<TierName, number>> = { ...marks };
  for (const { name, ms } of TIERS) {
    const mark = marks[name];
    if (name !== FINEST.name && mark !== undefined && at < mark) next[name] = floorTo(at, ms);
  }
  return next;
}

/** What may be deleted of a tier: older than it is kept, and already in the tier above. */
export function deletableBefore(tier: Tier, marks: Watermarks, now: number, keepMs: number): number {
  const above = TIERS[TIERS.findIndex(({ name }) => name === tier.name) + 1];
  return Math.min(now - keepMs, above ? (marks[above.name] ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY);
}
