import { describe, expect, test } from "vitest";
import type { SampleRetention } from "../samples/tiers";
import { gridOf, partsOf } from "./plan";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 3, 0, 0);
const RETENTION: SampleRetention = { "2s": HOUR, "10s": DAY, "1m": 30 * DAY, "10m": 365 * DAY };
const grid = (from: number, to: number, points: number) => gridOf({ from, to, points }, RETENTION, NOW);

describe("which resolution a window is read in", () => {
  test.each([
    ["five minutes", 5 * MINUTE, 300, "2s", 2_000],
    ["fifteen minutes", 15 * MINUTE, 300, "2s", 4_000],
    ["an hour", HOUR, 300, "10s", 20_000],
    ["six hours", 6 * HOUR, 300, "1m", 120_000],
    ["a day", DAY, 300, "1m", 300_000],
    ["a week", 7 * DAY, 300, "10m", 2_400_000],
    ["a year", 365 * DAY, 300, "10m", 108_000_000],
    ["a day in fine points", DAY, 2_000, "10s", 50_000],
  ])("%s up to now, in %d ms and %d points: %s in steps of %d ms", (_what, length, points, tier, stepMs) => {
    const chosen = grid(NOW - length, NOW, points);
    expect([chosen.tier.name, chosen.stepMs]).toEqual([tier, stepMs]);
    expect(chosen.steps).toBeLessThanOrEqual(points);
    expect(chosen.start).toBeLessThanOrEqual(NOW - length);
    expect(chosen.start + chosen.steps * chosen.stepMs).toBeGreaterThanOrEqual(NOW);
  });

  test.each([
    ["two hours ago the finest is gone", 2 * HOUR, "10s"],
    ["two days ago 10 s are gone", 2 * DAY, "1m"],
    ["two months ago 1 min is gone", 60 * DAY, "10m"],
    ["two years ago everything is gone, and the coarsest says so", 730 * DAY, "10m"],
  ])("five minutes are read coarser where they are long past: %s", (_what, ago, tier) => {
    expect(grid(NOW - ago, NOW - ago + 5 * MINUTE, 300).tier.name).toBe(tier);
  });

  test("a window that moves along keeps its steps in place", () => {
    const first = grid(NOW - HOUR, NOW, 300);
    const later = grid(NOW - HOUR + 7_321, NOW + 7_321, 300);
    expect(later.stepMs).toBe(first.stepMs);
    expect((later.start - first.start) % first.stepMs).toBe(0);
  });

  test.each([1, 2, 3, 7, 50, 299, 2_000])("never more than %d points, for windows of any length", (points) => {
    for (const length of [1, 999, 2_000, 59_999, HOUR + 1, DAY - 1, 97 * DAY]) {
      const chosen = grid(NOW - length - 1_234, NOW - 1_234, points);
      expect(chosen.steps).toBeLessThanOrEqual(Math.max(points, 2));
    }
  });
});

describe("which tiers an answer is put together from", () => {
  const day = grid(NOW - DAY, NOW, 300);
  const ends = day.start + day.steps * day.stepMs;

  test("coarse as far as it is rolled up, then finer, then finest, without gap or overlap", () => {
    const marks = { "1m": NOW - 5 * MINUTE, "10s": NOW - 20_000, "10m": NOW - HOUR };
    const parts = partsOf(day, marks).map(({ tier, from, to }) => [tier.name, from, to]);
    expect(parts).toEqual([
      ["1m", day.start, NOW - 5 * MINUTE],
      ["10s", NOW - 5 * MINUTE, NOW - 20_000],
      ["2s", NOW - 20_000, ends],
    ]);
  });

  test("nothing rolled up yet: all from the finest", () => {
    expect(partsOf(day, {}).map(({ tier }) => tier.name)).toEqual(["2s"]);
  });

  test("a window of the past: from its own tier alone", () => {
    const past = grid(NOW - 3 * DAY, NOW - 2 * DAY, 300);
    expect(partsOf(past, { "1m": NOW, "10s": NOW }).map(({ tier }) => tier.name)).toEqual(["1m"]);
  });
});
