import { expect, test } from "vitest";
import { roughBytes, roughTime } from "./amounts";

test.each([
  [0, 0, "b"],
  [700, 700, "b"],
  [1_234_567, 1, "mb"],
  [64 * 2 ** 20, 64, "mb"],
  [153.4 * 2 ** 20, 150, "mb"],
  [1.6 * 2 ** 30, 1.5, "gb"],
  [1_000 * 2 ** 30, 1_000, "gb"],
])("%d bytes are about %d %s", (bytes, value, unit) => {
  expect(roughBytes(bytes)).toEqual({ bytes: value, unit });
});

test.each([
  [61, 60, "s"],
  [89.9, 60, "s"],
  [119, 90, "s"],
  [125, 2, "min"],
  [7_199, 119, "min"],
  [36_000, 10, "h"],
])("%d seconds are at least %d %s", (seconds, time, timeUnit) => {
  expect(roughTime(seconds)).toEqual({ time, timeUnit });
});
