import { describe, expect, test } from "vitest";
import { parseDurationMs } from "./duration";

describe("durations", () => {
  test.each([
    ["500ms", 500],
    ["2s", 2_000],
    ["1.5s", 1_500],
    ["5m", 300_000],
    ["1h", 3_600_000],
    ["30d", 2_592_000_000],
    [" 2 s ", 2_000],
  ])("%s is read with its unit", (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  test.each(["", "2", "two seconds", "-2s", "0s", "2 w", "2s3", "1e3ms"])("%j is nothing, not zero", (text) => {
    expect(parseDurationMs(text)).toBeNull();
  });
});
