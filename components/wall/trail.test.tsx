import { describe, expect, it } from "vitest";
import { createTrails, SLOT_MS, SLOTS, stretchesOf, type Trail, trailAfter } from "./trail";

const trailOf = (points: readonly (readonly [number, number | null])[]): Trail =>
  points.reduce<Trail>((trail, [slot, bytes]) => trailAfter(trail, slot * SLOT_MS, bytes), []);

describe("the trail of a lag", () => {
  it("is as long after a week as after ten minutes", () => {
    let trail: Trail = [];
    for (let slot = 0; slot < 120_000; slot += 1) trail = trailAfter(trail, slot * SLOT_MS, slot);
    expect(trail.length).toBe(SLOTS);
    expect(trail.at(-1)?.slot).toBe(119_999);
  });

  it("keeps the most of a slot, however often it is looked at", () => {
    expect(
      trailOf([
        [1, 5],
        [1, 900],
        [1, 7],
      ]),
    ).toEqual([{ slot: 1, bytes: 900 }]);
  });

  it("knows nothing of a slot in which it once was unknown", () => {
    expect(
      trailOf([
        [1, 5],
        [1, null],
        [1, 7],
      ]),
    ).toEqual([{ slot: 1, bytes: null }]);
  });

  it("is not led back by a clock that goes back", () => {
    const trail = trailOf([[10, 1]]);
    expect(trailAfter(trail, 3 * SLOT_MS, 9)).toBe(trail);
  });

  it("draws no line across what was not known, nor across what was not seen", () => {
    const stretches = stretchesOf(
      trailOf([
        [1, 1],
        [2, 2],
        [3, null],
        [4, 4],
        [40, 5],
        [41, 6],
      ]),
    );
    expect(stretches.map((points) => points.map(({ slot }) => slot))).toEqual([[1, 2], [4], [40, 41]]);
  });

  it("tells its readers only of what changed", () => {
    const trails = createTrails();
    let told = 0;
    trails.subscribe(() => {
      told += 1;
    });
    trails.add("a", 0, 10);
    trails.add("a", 1, 10);
    trails.add("a", 2, 5);
    expect(told).toBe(1);
    expect(trails.of("a")).toHaveLength(1);
    expect(trails.of("b")).toHaveLength(0);
  });
});
