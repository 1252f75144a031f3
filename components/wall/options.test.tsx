import { describe, expect, it } from "vitest";
import { isNight, readNight } from "./night";
import { readWallOptions } from "./options";

describe("the wall's address", () => {
  it("says how many at once, how long a page stays, when it dims and whether it sounds", () => {
    const options = readWallOptions({ per: "6", seconds: "30", night: "22:00-07:00", dim: "0.3", sound: "on" });
    expect(options).toEqual({ perPage: 6, pageMs: 30_000, night: { from: 1_320, to: 420 }, dim: 0.3, sound: true });
  });

  it.each([
    [{}],
    [{ per: "many", seconds: "-5", night: "always", dim: "dark", sound: "perhaps" }],
    [{ per: "", seconds: "1e9", night: "25-07", dim: "0x1" }],
  ])("shows the clusters as ever with a slip in it: %o", (search) => {
    expect(readWallOptions(search)).toEqual({ perPage: 24, pageMs: 20_000, night: null, dim: 0.45, sound: false });
  });

  it("never goes dark altogether, turns like a wheel, or shows none", () => {
    expect(readWallOptions({ per: "0", seconds: "0", dim: "0" })).toMatchObject({
      perPage: 1,
      pageMs: 5_000,
      dim: 0.1,
    });
    expect(readWallOptions({ per: "99" }).perPage).toBe(24);
  });
});

describe("the night", () => {
  it.each([
    ["22:00-07:00", 23 * 60, true],
    ["22:00-07:00", 0, true],
    ["22:00-07:00", 6 * 60 + 59, true],
    ["22:00-07:00", 7 * 60, false],
    ["22:00-07:00", 12 * 60, false],
    ["1-5", 3 * 60, true],
    ["1-5", 5 * 60, false],
    ["18–24", 20 * 60, true],
    ["18–24", 60, false],
  ])("%s holds minute %i: %s", (text, minute, wanted) => {
    const night = readNight(text);
    expect(night && isNight(night, minute)).toBe(wanted);
  });

  it.each([null, "", "22", "22-22", "22:60-7", "25-7", "night"])("is none where it says %s", (text) => {
    expect(readNight(text)).toBeNull();
  });
});
