import { describe, expect, test } from "vitest";
import { freezeLevel, xidsLeft } from "./freeze";

const MAX = 200_000_000;

describe("the age of transaction ids", () => {
  test.each([
    [0, "ok"],
    [MAX - 1, "ok"],
    [MAX, "due"],
    [MAX * 1.05, "due"],
    [MAX * 1.2, "late"],
    [2_147_483_648 - 40_000_001, "late"],
    [2_147_483_648 - 40_000_000, "critical"],
    [2_147_483_647, "critical"],
  ] as const)("%i is %s", (age, level) => {
    expect(freezeLevel(age, MAX)).toBe(level);
  });

  test("a limit near the end does not hide the end", () => {
    expect(freezeLevel(2_110_000_000, 2_000_000_000)).toBe("critical");
  });

  test("what is left is never negative", () => {
    expect(xidsLeft(0)).toBe(2_144_483_648);
    expect(xidsLeft(2_147_483_647)).toBe(0);
  });
});
