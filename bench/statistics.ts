/** The value below which the share `p` (0…1) of the values lies, by the nearest rank; null without values. */
export function percentile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? null;
}

export type Point = { readonly x: number; readonly y: number };

/** Slope of the least-squares line through the points, in y per x; null for fewer than two different x. */
export function slope(points: readonly Point[]): number | null {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (n < 2 || spread === 0) return null;
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** `12.3`, or `–` for nothing. */
export const figure = (value: number | null, digits = 0): string => (value === null ? "–" : value.toFixed(digits));
