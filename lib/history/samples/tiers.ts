import type { SeriesAnswer } from "@/lib/contract/series";
import type { SampleTableName } from "@/lib/db/schema";

export type TierName = SeriesAnswer["tier"];

/** A resolution in which samples are kept; each is made from the one before it. */
export type Tier = { readonly name: TierName; readonly table: SampleTableName; readonly ms: number };

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Finest first. */
export const TIERS = [
  { name: "2s", table: "sample_2s", ms: 2 * SECOND_MS },
  { name: "10s", table: "sample_10s", ms: 10 * SECOND_MS },
  { name: "1m", table: "sample_1m", ms: MINUTE_MS },
  { name: "10m", table: "sample_10m", ms: 10 * MINUTE_MS },
] as const satisfies readonly Tier[];

export const FINEST: Tier = TIERS[0];

/** How long each resolution is kept, in ms. */
export type SampleRetention = Readonly<Record<TierName, number>>;

export const floorTo = (at: number, ms: number): number => Math.floor(at / ms) * ms;
export const ceilTo = (at: number, ms: number): number => Math.ceil(at / ms) * ms;
