/** Which stretch of time the charts show, and how it stands in the page's address. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const PRESETS = ["15m", "1h", "6h", "24h", "7d", "30d", "90d", "1y"] as const;
export type Preset = (typeof PRESETS)[number];
export const DEFAULT_PRESET: Preset = "1h";

export const PRESET_MS: Readonly<Record<Preset, number>> = {
  "15m": 15 * MINUTE,
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": DAY,
  "7d": 7 * DAY,
  "30d": 30 * DAY,
  "90d": 90 * DAY,
  "1y": 365 * DAY,
};

/** `live` ends now and moves on; `fixed` lies between two moments, in epoch ms. */
export type Range =
  | { readonly kind: "live"; readonly preset: Preset }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export type Window = { readonly from: number; readonly to: number };

/** The least that can be selected: five looks of the fastest beat. */
export const LEAST_SPAN_MS = 10_000;
export const MOST_SPAN_MS = 2 * PRESET_MS["1y"];

/** The points asked for each line; more than a chart has pixels for would only cost. */
export const POINTS = 300;

const isPreset = (text: string | null): text is Preset => PRESETS.some((preset) => preset === text);

/** The range that an address asks for. What makes no sense is not guessed at: the default stands. */
export function readRange(params: { get(name: string): string | null }): Range {
  const [from, to] = [Date.parse(params.get("from") ?? ""), Date.parse(params.get("to") ?? "")];
  if (to - from >= LEAST_SPAN_MS && to - from <= MOST_SPAN_MS) return { kind: "fixed", from, to };
  const preset = params.get("range");
  return { kind: "live", preset: isPreset(preset) ? preset : DEFAULT_PRESET };
}

/** The query, without its question mark, that {@link readRange} reads back; other parameters are not touched. */
export function writeRange(range: Range, others: URLSearchParams = new URLSearchParams()): string {
  const params = new URLSearchParams(others);
  for (const name of ["range", "from", "to"]) params.delete(name);
  if (range.kind === "fixed") {
    params.set("from", new Date(range.from).toISOString());
    params.set("to", new Date(range.to).toISOString());
  } else if (range.preset !== DEFAULT_PRESET) {
    params.set("range", range.preset);
  }
  return params.toString();
}

/** A stretch between two moments, put in order and widened to the least that can be shown. */
export function fixedRange(a: number, b: number): Range {
  const [from, to] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  const missing = Math.max(0, LEAST_SPAN_MS - (to - from));
  return { kind: "fixed", from: from - Math.ceil(missing / 2), to: to + Math.floor(missing / 2) };
}

export const windowOf = (range: Range, now: number): Window =>
  range.kind === "fixed" ? { from: range.from, to: range.to } : { from: now - PRESET_MS[range.preset], to: now };

/** True while the range still grows: it ends now, or later. */
export const isLive = (range: Range, now: number): boolean => range.kind === "live" || range.to > now;

/** Three times the stretch around the same middle; what would reach past now becomes the live range that holds it. */
export function zoomOut(range: Range, now: number): Range {
  const { from, to } = windowOf(range, now);
  const span = Math.min(MOST_SPAN_MS, (to - from) * 3);
  const middle = (from + to) / 2;
  if (middle + span / 2 < now) return fixedRange(middle - span / 2, middle + span / 2);
  const wanted = range.kind === "live" ? to - from + 1 : now - from;
  return { kind: "live", preset: PRESETS.find((preset) => PRESET_MS[preset] >= wanted) ?? "1y" };
}

/** The neighbouring stretch of the same length; one that would reach past now ends now. */
export function shift(range: Range, by: -1 | 1, now: number): Range {
  const { from, to } = windowOf(range, now);
  const step = ((to - from) / 2) * by;
  if (to + step < now) return fixedRange(from + step, to + step);
  const preset = PRESETS.find((each) => PRESET_MS[each] === to - from);
  return preset ? { kind: "live", preset } : fixedRange(now - (to - from), now);
}

/** How often a live range is asked for anew: at the pace of a point, from 2 s to 1 min. */
export const paceMs = ({ from, to }: Window): number => Math.min(MINUTE, Math.max(2_000, (to - from) / POINTS));
