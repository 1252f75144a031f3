import { expect, test } from "vitest";
import { parseSizeBytes } from "./size";

test.each([
  ["1kB", 1_024],
  ["64MB", 67_108_864],
  ["64 MB", 67_108_864],
  ["1.5GB", 1_610_612_736],
  ["2TB", 2_199_023_255_552],
])("%s is a size, in PostgreSQL's units", (text, bytes) => {
  expect(parseSizeBytes(text)).toBe(bytes);
});

test.each(["", "64", "MB", "64mb", "64KB", "-1MB", "0MB", "64MiB", "1e3MB", "64MB/s"])(
  "%j is no size, and never 0",
  (text) => {
    expect(parseSizeBytes(text)).toBeNull();
  },
);
