import type { Span } from "./plot-data";

/** Where the plot lies inside a chart, in px; the layers over and under it are placed by the same figures. */
export const LEFT = 62;
export const TOP = 10;
export const AXIS = 22;
/** Room for the names at the lines' ends; on a narrow screen the legend alone names them. */
export const rightOf = (narrow: boolean): number => (narrow ? 10 : 78);

export const insets = (narrow: boolean) => ({ left: LEFT, right: rightOf(narrow), top: TOP, bottom: AXIS });

/** Where a moment lies in the window, from 0 to 1. */
export const partOf = (at: number, { from, to }: Span): number =>
  Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
export const momentAt = (part: number, { from, to }: Span): number =>
  from + Math.min(1, Math.max(0, part)) * (to - from);
export const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;
