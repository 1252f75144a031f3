import type { Level } from "@/components/status/level";
import { worstOf } from "./standing";

/** What stands over all tiles: the worst level, the key of its sentence, and how many stand that badly. */
export type Summary = { readonly level: Level; readonly key: string; readonly count: number };

export function summaryOf(levels: readonly Level[]): Summary {
  if (levels.length === 0) return { level: "blind", key: "wall.summary.none", count: 0 };
  const level = worstOf(levels);
  const count = levels.filter((one) => one === level).length;
  return { level, key: `wall.summary.${level}`, count };
}
