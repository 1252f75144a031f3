import { expect, test } from "vitest";
import { isSameDay } from "./time";

test.each([
  ["the same hour", "2026-11-22T10:04:38Z", "2026-11-22T10:05:01Z", "UTC", true],
  ["midnight between them", "2026-11-22T23:59:59Z", "2026-11-23T00:00:01Z", "UTC", false],
  [
    "one day in UTC and two where the reader is",
    "2026-11-22T20:59:59Z",
    "2026-11-22T21:00:01Z",
    "Europe/Moscow",
    false,
  ],
  [
    "two days in UTC and one where the reader is",
    "2026-11-22T23:59:59Z",
    "2026-11-23T00:00:01Z",
    "Europe/Moscow",
    true,
  ],
  ["the same day of another year", "2025-11-22T10:00:00Z", "2026-11-22T10:00:00Z", "UTC", false],
])("whether a period lies within one day of the reader's: %s", (_what, from, to, zone, same) => {
  expect(isSameDay(from, to, zone)).toBe(same);
});
