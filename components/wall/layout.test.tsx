import { describe, expect, it } from "vitest";
import { densityOf, gridOf, pageAt, pagesOf, shiftAt } from "./layout";

const TELEVISION = 16 / 9;

describe("the grid", () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 2, 2],
    [4, 2, 2],
    [5, 3, 2],
    [6, 3, 2],
    [9, 3, 3],
    [12, 4, 3],
    [16, 4, 4],
    [20, 5, 4],
    [24, 6, 4],
  ])("puts %i on a television into %i by %i", (count, columns, rows) => {
    expect(gridOf(count, TELEVISION)).toEqual({ columns, rows });
  });

  it("stands upright where the screen does", () => {
    const { columns, rows } = gridOf(6, 9 / 16);
    expect(rows).toBeGreaterThan(columns);
  });

  it.each(Array.from({ length: 24 }, (_, i) => i + 1))("has a place for each of %i, and no empty row", (count) => {
    for (const aspect of [TELEVISION, 4 / 3, 21 / 9, 9 / 16]) {
      const { columns, rows } = gridOf(count, aspect);
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      expect(columns * (rows - 1)).toBeLessThan(count);
    }
  });

  it("tells more the fewer there are", () => {
    expect([1, 4, 9, 16, 24].map(densityOf)).toEqual(["one", "few", "some", "many", "dense"]);
  });
});

describe("pages", () => {
  it("are equally long, and hold everyone once, in order", () => {
    const all = Array.from({ length: 25 }, (_, i) => i);
    const pages = pagesOf(all, 24);
    expect(pages.map((page) => page.length)).toEqual([13, 12]);
    expect(pages.flat()).toEqual(all);
  });

  it("are one, and empty, for nothing", () => {
    expect(pagesOf([], 24)).toEqual([[]]);
  });

  it("come around by the clock", () => {
    const seen = [0, 20_000, 40_000, 60_000].map((now) => pageAt(now, 20_000, 3));
    expect(seen).toEqual([0, 1, 2, 0]);
    expect(pageAt(123_456, 20_000, 1)).toBe(0);
  });
});

describe("the shift against burn-in", () => {
  it("moves a step each minute, comes back, and never leaves the margin", () => {
    const places = Array.from({ length: 9 }, (_, minute) => shiftAt(minute * 60_000));
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(9);
    for (const [i, { x, y }] of places.entries()) {
      const next = shiftAt((i + 1) * 60_000);
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
      expect([next.x, next.y]).not.toEqual([x, y]);
    }
  });
});
