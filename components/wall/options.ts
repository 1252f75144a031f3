import { type Night, readNight } from "./night";

/** How a wall is set up, by its own address: it has no buttons. */
export type WallOptions = {
  /** Clusters at once, at most. */
  readonly perPage: number;
  /** How long each page stays where there are several, in ms. */
  readonly pageMs: number;
  /** When it dims; null: never. */
  readonly night: Night | null;
  /** What is left of its light at night, 0.1 – 1. */
  readonly dim: number;
  /** Whether it sounds on a new critical finding. */
  readonly sound: boolean;
};

export const TILES_MAX = 24;
const PAGE_SECONDS = { least: 5, most: 600, usual: 20 } as const;
const DIM = { least: 0.1, most: 1, usual: 0.45 } as const;

export type WallSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads `?per=6&seconds=30&night=22:00-07:00&dim=0.4&sound=on`. What cannot be read stands as if it were not there: a wall with a slip in its
 * address must still show the clusters.
 */
export function readWallOptions(search: WallSearch): WallOptions {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" ? value : (value?.[0] ?? null);
  };
  return {
    perPage: Math.round(within(text("per"), 1, TILES_MAX, TILES_MAX)),
    pageMs: 1_000 * within(text("seconds"), PAGE_SECONDS.least, PAGE_SECONDS.most, PAGE_SECONDS.usual),
    night: readNight(text("night")),
    dim: within(text("dim"), DIM.least, DIM.most, DIM.usual),
    sound: /^(on|1|yes|true)$/i.test(text("sound") ?? ""),
  };
}

function within(text: string | null, least: number, most: number, usual: number): number {
  if (text === null || !/^\d+(\.\d+)?$/.test(text.trim())) return usual;
  return Math.min(most, Math.max(least, Number(text)));
}
