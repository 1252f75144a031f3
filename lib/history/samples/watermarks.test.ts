import { describe, expect, test } from "vitest";
import { TIERS } from "./tiers";
import { deletableBefore, lowered, nextSteps, watermarksOf } from "./watermarks";

const T0 = Date.UTC(2026, 10, 21, 3, 0, 0);
const MINUTE = 60_000;
const named = (steps: ReturnType<typeof nextSteps>) =>
  steps.map(({ fine, coarse, from, to }) => [fine.name, coarse.name, from - T0, to - T0]);

describe("what is rolled up next", () => {
  test("each tier from the one below, in whole buckets of its own, as far as the one below is whole", () => {
    const marks = { "10s": T0, "1m": T0, "10m": T0 };
    expect(named(nextSteps(marks, T0 + 11 * MINUTE + 37_000, null))).toEqual([
      ["2s", "10s", 0, 11 * MINUTE + 30_000],
      ["10s", "1m", 0, 11 * MINUTE],
      ["1m", "10m", 0, 10 * MINUTE],
    ]);
  });

  test("nothing when nothing new is whole", () => {
    expect(nextSteps({ "10s": T0, "1m": T0, "10m": T0 }, T0 + 9_999, null)).toEqual([]);
  });

  test("an empty store has nothing to begin with; a first sample begins in the bucket that holds it", () => {
    expect(nextSteps({}, T0, null)).toEqual([]);
    expect(named(nextSteps({}, T0 + 40_000, T0 + 14_000))).toEqual([["2s", "10s", 10_000, 40_000]]);
  });

  test("a long absence is caught up with in pieces", () => {
    const [first] = nextSteps({ "10s": T0, "1m": T0, "10m": T0 }, T0 + 40 * 3_600_000, null);
    expect(first && first.to - first.from).toBe(3_600_000);
  });

  test("a late bucket takes the marks above it back, and no others", () => {
    const marks = { "10s": T0 + 50_000, "1m": T0, "10m": T0 - 600_000 };
    expect(lowered(marks, T0 + 13_000)).toEqual({ "10s": T0 + 10_000, "1m": T0, "10m": T0 - 600_000 });
    expect(lowered(marks, T0 + 50_000)).toEqual(marks);
  });
});

test.each([
  ["kept long enough and rolled up", { "10s": T0 }, T0 - 3_600_000],
  ["kept long enough, not rolled up so far", { "10s": T0 - 7_200_000 }, T0 - 7_200_000],
  ["never rolled up: nothing may go", {}, Number.NEGATIVE_INFINITY],
])("what may be deleted of the finest tier: %s", (_what, marks, before) => {
  expect(deletableBefore(TIERS[0], marks, T0, 3_600_000)).toBe(before);
});

test("the coarsest tier goes by its age alone", () => {
  expect(deletableBefore(TIERS[3], {}, T0, 1_000)).toBe(T0 - 1_000);
});

test("marks that are missing or damaged are no marks", () => {
  const meta = [
    { key: "rolled:10s", value: String(T0) },
    { key: "rolled:1m", value: "soon" },
  ];
  expect(watermarksOf(meta)).toEqual({ "10s": T0 });
});
