import { describe, expect, it } from "vitest";
import {
  fixedRange,
  isLive,
  LEAST_SPAN_MS,
  PRESETS,
  paceMs,
  type Range,
  readRange,
  shift,
  windowOf,
  writeRange,
  zoomOut,
} from "./series-range";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;
const fixed = (from: number, to: number): Range => ({ kind: "fixed", from: NOW + from * HOUR, to: NOW + to * HOUR });

describe("the range in the address", () => {
  it.each<Range>([...PRESETS.map((preset) => ({ kind: "live", preset }) as const), fixed(-3, -2)])(
    "comes back as it was written: %o",
    (range) => {
      expect(readRange(new URLSearchParams(writeRange(range)))).toEqual(range);
    },
  );

  it.each([
    ["nothing", ""],
    ["a preset that does not exist", "range=3w"],
    ["an end before its beginning", "from=2026-11-21T12:00:00Z&to=2026-11-21T11:00:00Z"],
    ["text that is no moment", "from=yesterday&to=now"],
    ["a stretch too short to hold a point", "from=2026-11-21T12:00:00Z&to=2026-11-21T12:00:01Z"],
    ["half of a stretch", "from=2026-11-21T12:00:00Z"],
  ])("is the default for %s", (_what, query) => {
    expect(readRange(new URLSearchParams(query))).toEqual({ kind: "live", preset: "1h" });
  });

  it("leaves other parameters alone", () => {
    const others = new URLSearchParams("range=6h&tab=x");
    expect(writeRange(fixed(-2, -1), others)).toMatch(/^tab=x&from=.*&to=/);
  });
});

describe("moving through time", () => {
  it("is live while it reaches to now", () => {
    expect(isLive({ kind: "live", preset: "1y" }, NOW)).toBe(true);
    expect(isLive(fixed(-1, 1), NOW)).toBe(true);
    expect(isLive(fixed(-2, -1), NOW)).toBe(false);
  });

  it.each<[string, Range, Range]>([
    ["widens a stretch of the past around its middle", fixed(-10, -9), fixed(-11, -8)],
    ["becomes live where it would reach past now", fixed(-2, -1), { kind: "live", preset: "6h" }],
    ["goes to the next preset", { kind: "live", preset: "1h" }, { kind: "live", preset: "6h" }],
    ["ends at the longest preset", { kind: "live", preset: "1y" }, { kind: "live", preset: "1y" }],
  ])("zooming out %s", (_what, range, expected) => {
    expect(zoomOut(range, NOW)).toEqual(expected);
  });

  it("steps back by half, and forward to live again", () => {
    const back = shift({ kind: "live", preset: "1h" }, -1, NOW);
    expect(back).toEqual(fixed(-1.5, -0.5));
    expect(shift(back, 1, NOW)).toEqual({ kind: "live", preset: "1h" });
  });

  it("selects at least what can be shown, whichever way it was dragged", () => {
    expect(fixedRange(NOW, NOW - HOUR)).toEqual(fixed(-1, 0));
    const least = windowOf(fixedRange(NOW, NOW), NOW);
    expect(least.to - least.from).toBe(LEAST_SPAN_MS);
  });

  it.each([
    ["15 minutes", 0.25, 3_000],
    ["a minute", 1 / 60, 2_000],
    ["a day", 24, 60_000],
  ])("%s are read anew at the pace of a point, within bounds", (_what, hours, expected) => {
    expect(paceMs({ from: 0, to: hours * HOUR })).toBe(expected);
  });
});
