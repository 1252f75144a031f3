import { naturally } from "@/lib/domain/evidence/natural-order";

/** How a line is drawn. `dash` is an SVG dash pattern, empty for a solid line. */
export type LineStyle = { readonly color: string; readonly dash: string };

const COLORS = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => `var(--line-${index})`);
/** Patterns that stay apart at 1.5 px. Five of them and eight colours: forty lines before a pair repeats. */
const DASHES = ["", "7 3", "2 2.5", "9 3 2 3", "4 2"];

const pick = <T>(all: readonly T[], index: number, otherwise: T): T => all[index % all.length] ?? otherwise;

export const styleAt = (index: number): LineStyle => ({
  color: pick(COLORS, index, "var(--ink-2)"),
  dash: pick(DASHES, index, ""),
});

/**
 * Gives each name its style: members in their natural order first; whatever else turns up (a member that has left, a slot, a
 * database) takes the next one that is free and keeps it.
 */
export type StyleBook = (name: string) => LineStyle;

export function styleBook(members: readonly string[]): StyleBook {
  const order = new Map(members.toSorted(naturally).map((name, index) => [name, index]));
  return (name) => {
    const index = order.get(name) ?? order.size;
    order.set(name, index);
    return styleAt(index);
  };
}
