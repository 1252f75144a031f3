import type { Observed, PlotLine, Stretch } from "./plot-data";

/** The lines of a stack at one moment: what each adds, null where it has a hole. */
export type StackRow = { readonly at: number; readonly parts: readonly (number | null)[] };

/** All lines at the moments of all, by the highest of each point: what approaches a limit must not be averaged away. */
export function stackRows(lines: readonly PlotLine[]): readonly StackRow[] {
  const times = new Set<number>();
  for (const { stretches } of lines) {
    stretches.forEach(({ points }, index) => {
      for (const { at } of points) times.add(at);
      const [end, next] = [points.at(-1)?.at, stretches[index + 1]?.points[0]?.at];
      // A row within the hole, so that the stack is broken there even when no other line has a point in it.
      if (end !== undefined && next !== undefined) times.add((end + next) / 2);
    });
  }
  const sorted = [...times].sort((a, b) => a - b);
  const columns = lines.map(({ stretches }) => column(stretches, sorted));
  return sorted.map((at, row) => ({ at, parts: columns.map((values) => values[row] ?? null) }));
}

/**
 * One line's values at the moments of all. Within a stretch the value lies on the stroke between two points: the drawing is the
 * same as without the moments of the other lines. Tables and files never see these.
 */
function column(stretches: readonly Stretch[], times: readonly number[]): (number | null)[] {
  const values: (number | null)[] = [];
  let [stretch, next] = [0, 0];
  for (const at of times) {
    while ((stretches[stretch]?.points.at(-1)?.at ?? Number.POSITIVE_INFINITY) < at) {
      stretch += 1;
      next = 0;
    }
    const points = stretches[stretch]?.points ?? [];
    while ((points[next]?.at ?? Number.POSITIVE_INFINITY) < at) next += 1;
    values.push(between(points[next - 1], points[next], at));
  }
  return values;
}

function between(before: Observed | undefined, after: Observed | undefined, at: number): number | null {
  if (after?.at === at) return after.max;
  if (!before || !after) return null;
  return before.max + ((after.max - before.max) * (at - before.at)) / (after.at - before.at);
}

const total = ({ parts }: StackRow): number => parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
const seen = ({ parts }: StackRow): boolean => parts.some((part) => part !== null);

/** How high the stack reaches; null when nothing was observed. */
export function stackTop(rows: readonly StackRow[]): number | null {
  return rows.filter(seen).reduce<number | null>((highest, row) => Math.max(highest ?? 0, total(row)), null);
}

export type Layer = { readonly at: number; readonly low: number; readonly high: number };

/** One line's layer of the stack, in stretches between the holes of the whole stack. */
export function layerOf(rows: readonly StackRow[], line: number): readonly (readonly Layer[])[] {
  const runs: Layer[][] = [[]];
  for (const row of rows) {
    if (!seen(row)) {
      runs.push([]);
      continue;
    }
    const low = row.parts.slice(0, line).reduce<number>((sum, part) => sum + (part ?? 0), 0);
    runs.at(-1)?.push({ at: row.at, low, high: low + (row.parts[line] ?? 0) });
  }
  return runs.filter((run) => run.length > 0);
}
