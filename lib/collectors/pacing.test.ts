import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { afterQuiet, DRAW_APART_MS, paceDrawing, QUIET_AT_MOST_MS, QUIET_MS } from "./pacing";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("what is pushed is drawn at once, and what came in one go is one picture", () => {
  const draw = vi.fn();
  const drawing = paceDrawing(draw);
  drawing.now();
  expect(draw).toHaveBeenCalledTimes(1);
  drawing.soon();
  drawing.next();
  drawing.next();
  vi.advanceTimersByTime(0);
  expect(draw).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10 * DRAW_APART_MS);
  expect(draw).toHaveBeenCalledTimes(2);
});

test("answers of one turn are one picture, drawn after that turn", () => {
  const draw = vi.fn();
  const drawing = paceDrawing(draw);
  for (let answer = 0; answer < 12; answer += 1) drawing.soon();
  expect(draw).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(draw).toHaveBeenCalledTimes(1);
});

test("however fast answers come, pictures of them keep their distance, and the last answer is drawn too", () => {
  const draw = vi.fn();
  const drawing = paceDrawing(draw);
  for (let ms = 0; ms < 1_000; ms += 5) {
    drawing.soon();
    vi.advanceTimersByTime(5);
  }
  expect(draw.mock.calls.length).toBeGreaterThan(1_000 / DRAW_APART_MS - 4);
  expect(draw.mock.calls.length).toBeLessThanOrEqual(1_000 / DRAW_APART_MS + 1);
  const before = draw.mock.calls.length;
  drawing.soon();
  vi.advanceTimersByTime(DRAW_APART_MS);
  expect(draw).toHaveBeenCalledTimes(before + 1);
});

test("a picture that was waited for is not drawn a second time after a pushed one", () => {
  const draw = vi.fn();
  const drawing = paceDrawing(draw);
  drawing.soon();
  drawing.now();
  vi.advanceTimersByTime(10 * DRAW_APART_MS);
  expect(draw).toHaveBeenCalledTimes(1);
});

test("nothing is drawn once it was stopped", () => {
  const draw = vi.fn();
  const drawing = paceDrawing(draw);
  drawing.soon();
  drawing.stop();
  drawing.soon();
  drawing.next();
  drawing.now();
  vi.advanceTimersByTime(10 * DRAW_APART_MS);
  expect(draw).not.toHaveBeenCalled();
});

test("a run of news is followed by one act, once it is quiet", () => {
  const act = vi.fn();
  const call = afterQuiet(act);
  call();
  vi.advanceTimersByTime(QUIET_MS - 1);
  call();
  vi.advanceTimersByTime(QUIET_MS - 1);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10 * QUIET_MS);
  expect(act).toHaveBeenCalledTimes(1);
});

test("news that never ends does not put the act off for ever", () => {
  const act = vi.fn();
  const call = afterQuiet(act);
  for (let ms = 0; ms < QUIET_AT_MOST_MS; ms += 20) {
    call();
    vi.advanceTimersByTime(20);
  }
  expect(act).toHaveBeenCalledTimes(1);
});

test("what waits for quiet is forgotten on stop, and can be called for again", () => {
  const act = vi.fn();
  const call = afterQuiet(act);
  call();
  call.stop();
  vi.advanceTimersByTime(10 * QUIET_MS);
  expect(act).not.toHaveBeenCalled();
  call();
  vi.advanceTimersByTime(QUIET_MS);
  expect(act).toHaveBeenCalledTimes(1);
});
