import { ceilTo, FINEST, floorTo, type SampleRetention, TIERS, type Tier } from "../samples/tiers";
import type { Watermarks } from "../samples/watermarks";

/** The grid of an answer: point `i` stands for `[start + i × stepMs, start + (i + 1) × stepMs)`. */
export type Grid = { readonly start: number; readonly stepMs: number; readonly steps: number; readonly tier: Tier };

/** A stretch that is read from one tier. */
export type Part = { readonly tier: Tier; readonly from: number; readonly to: number };

/** Of a hundred points two are left for breaks in a line that fall between two steps. */
const SPARE = 0.02;

/**
 * The coarsest tier that is not coarser than a step, or a coarser one when that is not kept for so long. Steps begin at whole
 * multiples of their length, so that a window that moves along shows the same points and not a shimmer.
 */
export function gridOf(
  { from, to, points }: { readonly from: number; readonly to: number; readonly points: number },
  retention: SampleRetention,
  now: number,
): Grid {
  const pointsMax = Math.max(1, points - Math.ceil(points * SPARE));
  const wanted = (to - from) / pointsMax;
  const fitting = TIERS.filter(({ ms }) => ms <= wanted).at(-1) ?? FINEST;
  const kept = TIERS.slice(TIERS.findIndex(({ name }) => name === fitting.name)).find(
    ({ name }) => from >= now - retention[name],
  );
  const tier: Tier = kept ?? TIERS[TIERS.length - 1] ?? FINEST;
  for (let stepMs = Math.max(tier.ms, ceilTo(wanted, tier.ms)); ; stepMs += tier.ms) {
    const start = floorTo(from, stepMs);
    const steps = Math.ceil((to - start) / stepMs);
    if (steps <= pointsMax || stepMs > to - from) return { start, stepMs, steps: Math.max(1, steps), tier };
  }
}

/** The grid's tier as far as it is rolled up, and what is newer from the finer ones. */
export function partsOf({ start, stepMs, steps, tier }: Grid, marks: Watermarks): Part[] {
  const end = start + steps * stepMs;
  const parts: Part[] = [];
  let from = start;
  for (const one of [...TIERS].reverse().filter(({ ms }) => ms <= tier.ms)) {
    const to = one.name === FINEST.name ? end : Math.min(end, marks[one.name] ?? Number.NEGATIVE_INFINITY);
    if (to <= from) continue;
    parts.push({ tier: one, from, to });
    from = to;
  }
  return parts;
}
