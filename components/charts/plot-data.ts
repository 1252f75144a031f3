import type { SeriesAnswer, SeriesLine, SeriesPoint } from "@/lib/contract/series";
import { METRICS } from "@/lib/domain/metrics/catalog";
import type { LineStyle } from "./line-style";

/** What a chart is drawn from: the server's answer, cut into stretches at its holes. Times are epoch ms. */

export type Observed = { readonly at: number; readonly min: number; readonly mean: number; readonly max: number };

export type Span = { readonly from: number; readonly to: number };

/** Points that follow each other without a hole, oldest first, and the time that they stand for. */
export type Stretch = Span & { readonly points: readonly Observed[] };

export type PlotLine = {
  readonly id: string;
  readonly label: string;
  readonly style: LineStyle;
  readonly stretches: readonly Stretch[];
};

export type PlotData = {
  readonly lines: readonly PlotLine[];
  /** Where none of the lines was observed. */
  readonly holes: readonly Span[];
  readonly highest: number | null;
  /** Some point stands for values that differ. */
  readonly banded: boolean;
};

const TIER_MS: Readonly<Record<SeriesAnswer["tier"], number>> = {
  "2s": 2_000,
  "10s": 10_000,
  "1m": 60_000,
  "10m": 600_000,
};

/** How far from the window's edges the first and the last point may lie before that is a hole: three looks. */
const edgeOf = ({ metric, stepMs, tier }: Pick<SeriesAnswer, "metric" | "stepMs" | "tier">): number =>
  Math.max(3 * METRICS[metric].intervalMs, 1.5 * Math.max(stepMs, TIER_MS[tier]));

const observed = ({ at, min, mean, max }: SeriesPoint): Observed | null =>
  min === null || mean === null || max === null ? null : { at, min, mean, max };

export const observedOf = (points: readonly SeriesPoint[]): Observed[] =>
  points.map(observed).filter((point) => point !== null);

export type LineLook = { readonly label: string; readonly style: LineStyle };

/** Prepares lines of an answer for drawing within `window`; what lies after `now` has not come yet and is no hole. */
export function plotData(
  answer: SeriesAnswer,
  lines: readonly SeriesLine[],
  look: (line: SeriesLine) => LineLook,
  window: Span,
  now: number,
): PlotData {
  const within = { from: window.from, to: Math.min(window.to, now) };
  const cut = { within, halfMs: answer.stepMs / 2, edgeMs: edgeOf(answer) };
  const plotted = lines.map((line): PlotLine => {
    const points = line.points.toSorted((a, b) => a.at - b.at);
    return { id: `${line.subject}\n${line.detail}`, ...look(line), stretches: stretchesOf(points, cut) };
  });
  const stretches = plotted.flatMap((line) => line.stretches);
  const all = stretches.flatMap(({ points }) => points);
  return {
    lines: plotted,
    holes: complement(stretches, within),
    highest: all.reduce<number | null>((highest, { max }) => (highest === null || max > highest ? max : highest), null),
    banded: all.some(({ min, max }) => min !== max),
  };
}

type Cut = { readonly within: Span; readonly halfMs: number; readonly edgeMs: number };

/** The server puts a null where a silence is a hole, and leaves out what is merely observed more rarely. */
function stretchesOf(points: readonly SeriesPoint[], { within, halfMs, edgeMs }: Cut): Stretch[] {
  const runs: Observed[][] = [[]];
  for (const point of points) {
    const value = observed(point);
    if (value) runs.at(-1)?.push(value);
    else runs.push([]);
  }
  return runs.flatMap((run, index) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    const fromStart = index === 0 && first.at - within.from <= edgeMs;
    const toEnd = index === runs.length - 1 && within.to - last.at <= edgeMs;
    return [
      {
        from: fromStart ? Math.min(within.from, first.at) : first.at - halfMs,
        to: toEnd ? Math.max(within.to, last.at) : last.at + halfMs,
        points: run,
      },
    ];
  });
}

/** What of `within` no stretch covers. */
function complement(stretches: readonly Span[], within: Span): Span[] {
  const holes: Span[] = [];
  let reached = within.from;
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    if (from > reached) holes.push({ from: reached, to: Math.min(from, within.to) });
    reached = Math.max(reached, to);
  }
  if (reached < within.to) holes.push({ from: reached, to: within.to });
  return holes;
}

/** The observed point of a line that is nearest to a moment; null where the line has a hole then. */
export function pointAt({ stretches }: Pick<PlotLine, "stretches">, at: number): Observed | null {
  const points = stretches.find(({ from, to }) => at >= from && at <= to)?.points;
  if (!points) return null;
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [points[low - 1], points[low]];
  if (!before || !after) return before ?? after ?? null;
  return at - before.at <= after.at - at ? before : after;
}

/** The newest point of a line. */
export const lastOf = ({ stretches }: Pick<PlotLine, "stretches">): Observed | null =>
  stretches.at(-1)?.points.at(-1) ?? null;

/** At most `most` lines: those with the highest figures at that moment, in the order of the chart. What was not observed comes last. */
export function highestAt({ lines }: Pick<PlotData, "lines">, at: number, most: number) {
  const all = lines.map((line, order) => ({ line, order, point: pointAt(line, at) }));
  if (all.length <= most) return all;
  const height = (point: Observed | null) => point?.mean ?? Number.NEGATIVE_INFINITY;
  return all
    .toSorted((a, b) => height(b.point) - height(a.point) || a.order - b.order)
    .slice(0, most)
    .toSorted((a, b) => a.order - b.order);
}
