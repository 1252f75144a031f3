import type { SeriesLine } from "@/lib/contract/series";
import type { MetricId } from "@/lib/domain/metrics/catalog";
import type { StyleBook } from "./line-style";

/** How one metric is shown. Its title is `charts.title.<id>`. */
export type ChartDefinition = {
  readonly id: string;
  readonly metric: MetricId;
  /** `stack`: the lines are parts of a whole. */
  readonly kind: "lines" | "stack";
  /** Has several plots, and the whole width. */
  readonly wide?: boolean;
  /** A metric of the same subjects that limits this one. */
  readonly limit?: MetricId;
  /** One plot for each value; without it all lines share one. */
  readonly facet?: (line: SeriesLine) => string;
  /** Section of the messages that has a title for each facet; without it the facet is a name. */
  readonly facetWords?: string;
  /** Which lines are shown at first; the rest on demand, under `charts.rest.<id>`. */
  readonly first?: (line: SeriesLine) => boolean;
  /** Details are words of ours, with a text under `charts.detail`, and not names. */
  readonly words?: boolean;
  /** Details in the order of a stack, from below; others follow. */
  readonly order?: readonly string[];
  readonly label: (line: SeriesLine) => string;
  /** What a line is coloured by: a member's name wherever it stands for one. */
  readonly styleOf: (line: SeriesLine, styles: StyleBook) => ReturnType<StyleBook>;
};

/** More lines in one plot could not be told apart. The highest are drawn; the table and the file have all. */
export const MOST_LINES = 12;
