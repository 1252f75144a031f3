/** How many columns and rows hold the tiles. */
export type Grid = { readonly columns: number; readonly rows: number };

/** Width by height that a tile reads best at. */
const BEST_ASPECT = 1.4;
/** What an empty place costs, against a shape that is off. */
const EMPTY_COST = 1.5;

/** The grid for `count` tiles on a screen of that width by height: tiles near their best shape, few places empty. */
export function gridOf(count: number, aspect: number): Grid {
  const grids = Array.from({ length: Math.max(1, count) }, (_, index) => {
    const columns = index + 1;
    return { columns, rows: Math.ceil(Math.max(1, count) / columns) };
  });
  const cost = ({ columns, rows }: Grid) => {
    const places = columns * rows;
    return Math.abs(Math.log((aspect * rows) / columns / BEST_ASPECT)) + (EMPTY_COST * (places - count)) / places;
  };
  return grids.reduce((best, grid) => (cost(grid) < cost(best) ? grid : best));
}

/** How much a tile can tell: the fewer there are, the more. */
export const DENSITIES = ["one", "few", "some", "many", "dense"] as const;
export type Density = (typeof DENSITIES)[number];

export function densityOf(count: number): Density {
  if (count <= 1) return "one";
  if (count <= 4) return "few";
  if (count <= 9) return "some";
  return count <= 16 ? "many" : "dense";
}

/** Whether a tile is so small that each line in it has to be worth its place. */
export const isSmall = (density: Density): boolean => density === "many" || density === "dense";

/** Equally long pages, in the order given, of at most `perPage`; one empty page for nothing. */
export function pagesOf<T>(all: readonly T[], perPage: number): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(all.length / Math.max(1, perPage)));
  const size = Math.ceil(all.length / count);
  return Array.from({ length: count }, (_, page) => all.slice(page * size, (page + 1) * size));
}

/** Which page stands at `now`. By the clock alone, so that walls side by side turn together. */
export const pageAt = (now: number, pageMs: number, count: number): number =>
  count <= 1 ? 0 : Math.floor(now / pageMs) % count;

/**
 * Where the picture stands at `now`, in steps from its middle: one of a ring of places, a minute each, so that no pixel shows the same edge
 * for weeks.
 */
export function shiftAt(now: number): { readonly x: number; readonly y: number } {
  return RING[Math.floor(now / 60_000) % RING.length] ?? { x: 0, y: 0 };
}

const RING = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
] as const;
