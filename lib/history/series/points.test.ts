import { describe, expect, test } from "vitest";
import { TIERS } from "../samples/tiers";
import type { Grid } from "./plan";
import { intervalOf, joinSteps, pointsOf, type Step } from "./points";

const [FINEST, , MINUTES] = TIERS;
const T0 = Date.UTC(2026, 10, 21, 3, 0, 0);

/** Steps as they come from observations at these moments after T0, in ms, each of the value 1. */
function observed(at: readonly number[], grid: Grid): Step[] {
  return joinSteps(
    at.map((ms) => {
      const bucket = T0 + Math.floor(ms / grid.tier.ms) * grid.tier.ms;
      const index = Math.floor((bucket - grid.start) / grid.stepMs);
      return { index, min: 1, max: 1, sum: 1, count: 1, first: bucket, last: bucket };
    }),
  );
}
const every = (ms: number, from: number, to: number) =>
  Array.from({ length: Math.ceil((to - from) / ms) }, (_, i) => from + i * ms);
const gridOf = (stepMs: number, steps: number, tier: Grid["tier"] = FINEST): Grid => ({
  start: T0,
  stepMs,
  steps,
  tier,
});

/** One letter a point: `#` a value, `.` a null. */
const drawn = (at: readonly number[], grid: Grid, intervalMs: number, until = T0 + grid.stepMs * grid.steps) =>
  pointsOf(observed(at, grid), grid, intervalMs, until, grid.steps + 5)
    .map(({ mean }) => (mean === null ? "." : "#"))
    .join("");

describe("what is a hole and what is not", () => {
  test.each([
    ["all observed", every(2_000, 0, 20_000), gridOf(2_000, 10), "##########"],
    ["one look missed", [0, 2, 4, 8, 10, 12, 14, 16, 18].map((s) => s * 1_000), gridOf(2_000, 10), "#########"],
    ["two looks missed", [0, 2, 4, 10, 12, 14, 16, 18].map((s) => s * 1_000), gridOf(2_000, 10), "########"],
    [
      "silent for longer than three intervals",
      [0, 2, 4, 14, 16, 18].map((s) => s * 1_000),
      gridOf(2_000, 10),
      "###....###",
    ],
    ["not observed yet, then observed", every(2_000, 12_000, 20_000), gridOf(2_000, 10), "......####"],
    ["observed, and then no more", every(2_000, 0, 8_000), gridOf(2_000, 10), "####......"],
    ["nothing at all but one", [10_000], gridOf(2_000, 11), ".....#....."],
  ])("a metric of 2 s, %s", (_what, at, grid, picture) => {
    expect(drawn(at, grid, 2_000)).toBe(picture);
  });

  test("a metric that is observed more rarely than the steps come has no holes, and its points stand apart", () => {
    expect(drawn(every(15_000, 0, 60_000), gridOf(2_000, 30), 15_000)).toBe("####");
    expect(drawn(every(300_000, 0, 1_500_000), gridOf(10_000, 150), 300_000)).toBe("#####");
  });

  test("configured to be observed ten times more rarely than the catalogue says, it has no holes either", () => {
    expect(drawn(every(20_000, 0, 200_000), gridOf(2_000, 100), 2_000)).toBe("##########");
  });

  test("but a real silence of that metric is one", () => {
    const at = [...every(20_000, 0, 100_000), ...every(20_000, 200_000, 300_000)];
    expect(drawn(at, gridOf(20_000, 15), 2_000)).toBe("#####.....#####".replace(".....", "....".concat(".")));
  });

  test("what lies in the future is no hole", () => {
    expect(drawn(every(2_000, 0, 10_000), gridOf(2_000, 10), 2_000, T0 + 10_500)).toBe("#####");
  });

  test("a whole minute without a look is a hole of a minute's resolution", () => {
    const at = [...every(2_000, 0, 180_000), ...every(2_000, 300_000, 420_000)];
    expect(drawn(at, gridOf(60_000, 7, MINUTES), 2_000)).toBe("###..##");
  });

  test("a hole that leaves no step empty still breaks the line", () => {
    const at = [...every(2_000, 0, 310_000), ...every(2_000, 880_000, 1_200_000)];
    expect(drawn(at, gridOf(300_000, 4, MINUTES), 2_000)).toBe("##.##");
  });
});

describe("what a point says", () => {
  test("lowest, mean and highest over tiers that meet within a step", () => {
    const grid = gridOf(60_000, 1, MINUTES);
    const steps = joinSteps([
      { index: 0, min: 5, max: 9, sum: 60, count: 10, first: T0, last: T0 + 20_000 },
      { index: 0, min: -3, max: 400, sum: 440, count: 10, first: T0 + 30_000, last: T0 + 50_000 },
    ]);
    expect(pointsOf(steps, grid, 2_000, T0 + 60_000, 1)).toEqual([{ at: T0 + 30_000, min: -3, mean: 25, max: 400 }]);
  });

  test("nothing observed and nothing to wait for is no point", () => {
    expect(pointsOf([], gridOf(2_000, 2), 2_000, T0 + 4_000, 2)).toEqual([]);
  });
});

test.each([
  ["too few to tell", [0, 30_000], 2_000],
  ["as the catalogue says", every(2_000, 0, 60_000), 2_000],
  ["more often than the catalogue says, as on a fast beat", every(500, 0, 60_000), 2_000],
  ["more rarely", every(9_000, 0, 90_000), 9_000],
])("how often it is observed: %s", (_what, at, ms) => {
  const interval = intervalOf(observed(at, gridOf(10_000, 12)), 2_000);
  expect(Math.abs(interval - ms)).toBeLessThanOrEqual(1_000);
});
