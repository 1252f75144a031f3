import { describe, expect, it } from "vitest";
import {
  advance,
  askedMoment,
  type Frame,
  frameIndexAt,
  joinFrames,
  nextChange,
  parseMoment,
  previousChange,
  upcoming,
} from "./replay";

const frame = (at: number, urgent = false, boot = "a"): Frame => ({ at, boot, version: at, urgent });
/** A run of the dashboard with two changes, and after a hole another run. */
const FRAMES = [
  frame(1_000),
  frame(2_000, true),
  frame(2_120, true),
  frame(3_000),
  frame(60_000, false, "b"),
  frame(61_000, false, "b"),
];

describe("which picture is asked for", () => {
  it.each([
    ["before the first frame the store is asked for the moment itself", 900, 0],
    ["at a frame it is that one", 2_120, 2_120],
    ["between two frames of a run it is the earlier", 2_999, 2_120],
    ["after the last of a run only the store knows when the run ended", 30_400, 30_000],
    ["just after the last of a run it is never a moment before it", 3_001, 3_000],
    ["after the last frame of all likewise", 61_900, 61_000],
  ])("%s", (_what, at, asked) => {
    expect(askedMoment(FRAMES, at)).toBe(asked);
  });
  it("asks for the moment itself where nothing is known", () => {
    expect(askedMoment([], 12_345)).toBe(12_000);
  });
  it("never asks for a moment whose picture is older than the frame shown", () => {
    const frames = [frame(2_500)];
    expect(askedMoment(frames, 2_700)).toBe(2_700);
  });
});

describe("stepping", () => {
  it.each([
    [0, 2_000],
    [2_000, 2_120],
    [2_120, 60_000],
    [60_000, null],
  ])("after %d the next change is at %s", (at, next) => {
    expect(nextChange(FRAMES, at)?.at ?? null).toBe(next);
  });
  it.each([
    [70_000, 60_000],
    [60_000, 2_120],
    [2_500, 2_000],
    [2_120, 2_000],
    [2_000, null],
  ])("before %d the previous change is at %s", (at, before) => {
    expect(previousChange(FRAMES, at)?.at ?? null).toBe(before);
  });
  it("reaches every change one by one", () => {
    const seen: number[] = [];
    for (let next = nextChange(FRAMES, 0); next; next = nextChange(FRAMES, next.at)) seen.push(next.at);
    expect(seen).toEqual([2_000, 2_120, 60_000]);
  });
});

describe("playing", () => {
  it("passes time at its speed", () => {
    expect(advance(FRAMES, 2_120, 100, 4, 90_000)).toBe(2_520);
  });
  it("stands on every change, however fast", () => {
    expect(advance(FRAMES, 1_000, 100, 60, 90_000)).toBe(2_000);
    expect(advance(FRAMES, 2_000, 100, 60, 90_000)).toBe(2_120);
  });
  it("does not pass the present", () => {
    expect(advance(FRAMES, 61_000, 1_000, 60, 62_000)).toBe(62_000);
    expect(advance(FRAMES, 62_500, 100, 1, 62_000)).toBe(62_500);
  });
  it("knows what comes next, each once", () => {
    expect(upcoming(FRAMES, 1_000, 16, 100, 3)).toEqual([2_000, 2_120, 3_000]);
    expect(upcoming([], 1_000, 1, 100, 3)).toEqual([]);
  });
});

describe("frames", () => {
  it("are found by time", () => {
    expect([0, 1_000, 2_119, 99_000].map((at) => frameIndexAt(FRAMES, at))).toEqual([-1, 0, 1, 5]);
  });
  it("of several pieces are one list without repeats, oldest first", () => {
    const joined = joinFrames([FRAMES.slice(3), FRAMES.slice(0, 4)]);
    expect(joined).toEqual(FRAMES);
  });
});

it.each([
  ["2026-11-21T02:13:07Z", Date.UTC(2026, 10, 21, 2, 13, 7)],
  ["", null],
  ["yesterday", null],
  [null, null],
])("reads %s as a moment, or as none", (text, moment) => {
  expect(parseMoment(text)).toBe(moment);
});
