import type { SeriesAnswer, SeriesLine } from "@/lib/contract/series";
import { naturally } from "@/lib/domain/evidence/natural-order";
import { type ChartDefinition, MOST_LINES } from "./chart-definition";
import type { StyleBook } from "./line-style";
import { observedOf, type PlotData, plotData, type Span } from "./plot-data";

export type Facet = {
  /** Empty when all lines share one plot. */
  readonly name: string;
  readonly data: PlotData;
  readonly limit: number | null;
  /** Lines that found no room. */
  readonly left: number;
};

export type FacetInput = {
  readonly definition: ChartDefinition;
  readonly answer: SeriesAnswer;
  readonly limit: SeriesAnswer | null;
  readonly window: Span;
  readonly now: number;
  readonly styles: StyleBook;
  /** Also the lines that are not shown at first. */
  readonly all: boolean;
  /** A line's name in the reader's language. */
  readonly label: (line: SeriesLine) => string;
};

/** The plots of one chart, in the natural order of their names; `hidden` lines wait to be asked for. */
export function facetsOf(input: FacetInput): { readonly facets: readonly Facet[]; readonly hidden: number } {
  const { definition, answer, window, now, styles, all } = input;
  const { facet = () => "", first = () => true } = definition;
  const wanted = answer.lines.filter((line) => all || first(line));
  const byName = new Map<string, SeriesLine[]>();
  for (const line of wanted) byName.set(facet(line), [...(byName.get(facet(line)) ?? []), line]);
  const look = (line: SeriesLine) => ({ label: input.label(line), style: definition.styleOf(line, styles) });
  const facets = [...byName]
    .sort(([a], [b]) => naturally(a, b))
    .map(([name, lines]): Facet => {
      const drawn = highest(lines, definition.kind === "stack" ? lines.length : MOST_LINES, definition.order ?? []);
      return {
        name,
        data: plotData(answer, drawn, look, window, now),
        limit: limitOf(input.limit, lines),
        left: lines.length - drawn.length,
      };
    });
  return { facets, hidden: answer.lines.length - wanted.length };
}

/** The `most` lines that reach highest, in their natural order. */
function highest(lines: readonly SeriesLine[], most: number, known: readonly string[]): readonly SeriesLine[] {
  const rank = ({ detail }: SeriesLine) => (known.includes(detail) ? known.indexOf(detail) : known.length);
  const order = (a: SeriesLine, b: SeriesLine) =>
    naturally(a.subject, b.subject) || rank(a) - rank(b) || naturally(a.detail, b.detail);
  if (lines.length <= most) return lines.toSorted(order);
  const top = (line: SeriesLine) => Math.max(...observedOf(line.points).map(({ max }) => max), -1);
  return lines
    .map((line) => ({ line, top: top(line) }))
    .sort((a, b) => b.top - a.top)
    .slice(0, most)
    .map(({ line }) => line)
    .sort(order);
}

/** The newest limit of the facet's subject; null where several share the plot, or none is known. */
function limitOf(limit: SeriesAnswer | null, lines: readonly SeriesLine[]): number | null {
  const subjects = new Set(lines.map(({ subject }) => subject));
  if (limit === null || subjects.size !== 1) return null;
  const own = limit.lines.find(({ subject }) => subjects.has(subject));
  return observedOf(own?.points ?? []).at(-1)?.max ?? null;
}
