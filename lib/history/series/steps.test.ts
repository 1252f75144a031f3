import { describe, expect, test } from "vitest";
import { TIERS, type Tier } from "../samples/tiers";
import { piecesOf } from "./steps";

const tier = (name: string): Tier => {
  const found = TIERS.find((one) => one.name === name);
  if (!found) throw new Error(`no tier ${name}`);
  return found;
};
const ids = Array.from({ length: 24 }, (_, index) => index);
const DAY = 86_400_000;

describe("the lines that one statement folds", () => {
  test("a day of minutes is read some lines at a time, each line once and in order", () => {
    const pieces = piecesOf(ids, { tier: tier("1m"), from: 0, to: DAY });
    expect(pieces.map((piece) => piece.length)).toEqual([8, 8, 8]);
    expect(pieces.flat()).toEqual(ids);
  });

  test("what the last minutes left is one statement for all lines", () => {
    expect(piecesOf(ids, { tier: tier("2s"), from: DAY - 60_000, to: DAY })).toEqual([ids]);
  });

  test("a line that is longer than that is read by itself", () => {
    expect(piecesOf(ids, { tier: tier("2s"), from: 0, to: DAY })).toHaveLength(24);
  });

  test("nothing is asked for no lines", () => {
    expect(piecesOf([], { tier: tier("1m"), from: 0, to: DAY })).toEqual([]);
  });
});
