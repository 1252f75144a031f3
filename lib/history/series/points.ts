import type { SeriesPoint } from "@/lib/contract/series";
import type { Grid } from "./plan";

/** What one step of the grid holds of a series. */
export type Step = {
  readonly index: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
  /** Start of the first and of the last bucket in it. */
  readonly first: number;
  readonly last: number;
};

/** So many of a metric's own intervals without an observation are a hole. */
const HOLE_INTERVALS = 3;
/** Fewer spacings than this tell nothing of how often something is observed. */
const SPACINGS_MIN = 3;

/** Joins steps that came from several tiers; ordered by index. */
export function joinSteps(steps: readonly Step[]): Step[] {
  if (steps.every(({ index }, i) => i === 0 || index > (steps[i - 1]?.index ?? index))) return [...steps];
  const joined = new Map<number, Step>();
  for (const step of steps) {
    const other = joined.get(step.index);
    joined.set(
      step.index,
      other
        ? {
            index: step.index,
            min: Math.min(step.min, other.min),
            max: Math.max(step.max, other.max),
            sum: step.sum + other.sum,
            count: step.count + other.count,
            first: Math.min(step.first, other.first),
            last: Math.max(step.last, other.last),
          }
        : step,
    );
  }
  return [...joined.values()].sort((a, b) => a.index - b.index);
}

/**
 * How often the series is really observed, in ms: configuration may ask for fewer looks than the catalogue says, and then the usual
 * distance of the observations themselves counts.
 */
export function intervalOf(steps: readonly Step[], catalogueMs: number): number {
  const spacings = steps
    .slice(1)
    .map((step, index) => {
      const before = steps[index];
      return before ? (step.first - before.first) / before.count : 0;
    })
    .sort((a, b) => a - b);
  const median = spacings.length < SPACINGS_MIN ? 0 : (spacings[Math.floor(spacings.length / 2)] ?? 0);
  return Math.max(catalogueMs, median);
}

/**
 * A line's points. Steps without an observation are nulls where the silence is a hole, and are left out where the metric is merely
 * observed more rarely than the steps come. A hole that leaves no step empty gets a break between its neighbours.
 * `until`: nothing can have been observed later than this.
 */
export function pointsOf(
  steps: readonly Step[],
  grid: Grid,
  intervalMs: number,
  until: number,
  points: number,
): SeriesPoint[] {
  const { start, stepMs, tier } = grid;
  const limit = HOLE_INTERVALS * intervalOf(steps, intervalMs) + tier.ms;
  const end = Math.min(grid.steps, Math.ceil((until - start) / stepMs));
  const result: SeriesPoint[] = [];
  const middle = (index: number) => start + index * stepMs + stepMs / 2;
  const empty = (at: number): SeriesPoint => ({ at, min: null, mean: null, max: null });
  let breaks = points - grid.steps;
  /** First index that is not told yet, and when something was observed last. */
  let next = 0;
  let seen: number | null = null;

  const silence = (upTo: number, at: number) => {
    if (at - (seen ?? start) > limit) {
      for (let index = next; index < upTo; index += 1) result.push(empty(middle(index)));
      if (next === upTo && seen !== null && at - seen >= stepMs && breaks > 0) {
        breaks -= 1;
        result.push(empty(start + upTo * stepMs));
      }
    }
  };

  for (const step of steps) {
    silence(step.index, step.first);
    result.push({ at: middle(step.index), min: step.min, mean: step.sum / step.count, max: step.max });
    next = step.index + 1;
    seen = step.last;
  }
  if (next < end) silence(end, Math.min(until, start + grid.steps * stepMs));
  return result;
}
