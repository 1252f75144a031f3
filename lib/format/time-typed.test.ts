import { describe, expect, it } from "vitest";
import { localMoment, readMoment } from "./time";

const NEAR = new Date(2026, 10, 21, 3, 0, 0).getTime();
const at = (h: number, m: number, s = 0) => new Date(2026, 10, 21, h, m, s).getTime();

describe("a typed moment", () => {
  it.each([
    ["2026-11-21 02:13:07", at(2, 13, 7)],
    ["2026-11-21T02:13", at(2, 13)],
    ["2026-11-21 2:13", at(2, 13)],
    ["02:13:07", at(2, 13, 7)],
    [" 2:13 ", at(2, 13)],
    ["2026-11-21T02:13:07Z", Date.UTC(2026, 10, 21, 2, 13, 7)],
    ["2026-11-21T02:13:07+03:00", Date.UTC(2026, 10, 20, 23, 13, 7)],
    ["2026-11-21", null],
    ["25:00", null],
    ["2026-13-01 00:00", null],
    ["11/21/2026", null],
    ["1", null],
    ["", null],
  ])("%j", (text, moment) => {
    expect(readMoment(text, NEAR)).toBe(moment);
  });
  it("reads back what it writes", () => {
    expect(readMoment(localMoment(NEAR), 0)).toBe(NEAR);
  });
});
