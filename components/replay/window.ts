import type { EpochMs } from "@/lib/domain/ids";

/** The stretch of time that the slider spans. */
export type Window = { readonly from: EpochMs; readonly to: EpochMs };

const MINUTE = 60_000;
/** Lengths that the slider can be set to. */
export const SPANS_MS = [2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, 24 * 60 * MINUTE] as const;
export const SPAN_DEFAULT_MS = 10 * MINUTE;

/** A window of that length around `at`, that does not reach into the future. */
export function windowAround(at: EpochMs, spanMs: number, now: EpochMs): Window {
  const to = Math.max(at, Math.min(Math.round(at + spanMs / 2), now));
  return { from: to - spanMs, to };
}

/** The same window while `at` is inside of it, else one of the same length around `at`. */
export function windowWith(window: Window, at: EpochMs, now: EpochMs): Window {
  return at >= window.from && at <= window.to ? window : windowAround(at, window.to - window.from, now);
}

/** Where a moment stands in a window, 0 at its beginning and 1 at its end; null outside. */
export function placeIn(window: Window, at: EpochMs): number | null {
  const place = (at - window.from) / (window.to - window.from);
  return place >= 0 && place <= 1 ? place : null;
}
