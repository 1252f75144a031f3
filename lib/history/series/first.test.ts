import { describe, expect, test } from "vitest";
import { firstObserved, type OldestBuckets } from "./first";

const NONE: OldestBuckets = { sample_2s: null, sample_10s: null, sample_1m: null, sample_10m: null };
/** A whole multiple of every tier. */
const T0 = Date.UTC(2026, 10, 21, 7, 40, 0);
const S = 1_000;
const HOUR = 3_600_000;

describe("since when a metric is kept", () => {
  test.each<[string, readonly OldestBuckets[], number | null]>([
    ["no line was ever kept", [], null],
    ["a line of which nothing is kept any more", [NONE], null],
    ["not rolled up yet: the finest tier", [{ ...NONE, sample_2s: T0 + 12 * S }], T0 + 12 * S],
    [
      "rolled up: not the beginning of the coarse bucket, which lies before the first observation",
      [{ sample_2s: T0 + 134 * S, sample_10s: T0 + 130 * S, sample_1m: T0 + 120 * S, sample_10m: T0 }],
      T0 + 134 * S,
    ],
    [
      "long recorded: what the finer tiers no longer hold is told by the coarse one",
      [{ sample_2s: T0 + 9 * HOUR, sample_10s: T0 + 5 * HOUR, sample_1m: T0 + 60 * S, sample_10m: T0 }],
      T0 + 60 * S,
    ],
    ["only the coarsest reaches back", [{ ...NONE, sample_1m: T0 + 600 * S, sample_10m: T0 }], T0],
    ["a coarse tier that is not rolled up does not hide the finer", [{ ...NONE, sample_10s: T0 }], T0],
    ["the earliest of several lines", [{ ...NONE, sample_2s: T0 + 8 * S }, NONE, { ...NONE, sample_2s: T0 }], T0],
  ])("%s", (_what, lines, first) => {
    expect(firstObserved(lines)).toBe(first);
  });
});
