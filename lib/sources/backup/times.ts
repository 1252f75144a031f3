import { type Instant, instant } from "@/lib/domain/ids";

/** Seconds since 1970 UTC, as a number or as text; null for anything else. */
export function instantOfSeconds(seconds: number | string | null | undefined): Instant | null {
  const value = typeof seconds === "string" && /^\d+(\.\d+)?$/.test(seconds) ? Number(seconds) : seconds;
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? instant(value * 1_000) : null;
}

/** A moment as text; null for text that is none, and for the zero of Go's clock, which stands for "not told". */
export function instantOfText(text: string | null | undefined): Instant | null {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) || ms <= 0 ? null : instant(ms);
}

export function durationBetween(start: Instant | null, stop: Instant | null): number | null {
  return start === null || stop === null ? null : Math.max(0, Date.parse(stop) - Date.parse(start));
}
