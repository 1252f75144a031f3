import { formatBytes } from "./bytes";
import { formatDuration } from "./duration";
import type { Translate } from "./message";
import { formatNumber } from "./number";

/** Units that a figure over time may have; the same words as the catalogue of metrics. */
export type FigureUnit = "bytes" | "seconds" | "ms" | "bytes-per-second" | "per-second" | "count" | "ratio";

const MINUTE_S = 60;

/** Enough digits to tell neighbours apart, and no more: `0.25`, `3.4`, `120`. */
const digitsOf = (value: number): number => (value === 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) < 1 ? 2 : 1);

/** One figure in the unit that fits it; null is said as unknown, never as 0. */
export function formatFigure(t: Translate, unit: FigureUnit, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return t("format.unknown");
  const plain = (scaled: number) => formatNumber(t.locale, scaled, digitsOf(scaled));
  switch (unit) {
    case "bytes":
      return formatBytes(t, value);
    case "bytes-per-second":
      return t("charts.unit.perSecond", { value: formatBytes(t, value) });
    case "per-second":
      return t("charts.unit.perSecond", { value: plain(value) });
    case "seconds":
      return formatSeconds(t, value);
    case "ms":
      return value < 1_000 ? t("format.duration.ms", { value: plain(value) }) : formatSeconds(t, value / 1_000);
    case "ratio":
      return t("charts.unit.percent", { value: formatNumber(t.locale, value * 100, value > 0 && value < 1 ? 2 : 0) });
    case "count":
      return plain(value);
  }
}

function formatSeconds(t: Translate, value: number): string {
  if (value >= MINUTE_S) return formatDuration(t, value * 1_000);
  if (value !== 0 && Math.abs(value) < 0.1)
    return t("format.duration.ms", { value: formatNumber(t.locale, value * 1_000, 0) });
  return t("format.duration.s", { value: formatNumber(t.locale, value, digitsOf(value)) });
}

/** A value axis from 0: where it ends, and where its lines are. */
export type ValueAxis = { readonly top: number; readonly ticks: readonly number[] };

/** The least that an axis spans, so that the noise of an idle cluster looks as small as it is. */
const LEAST_TOP: Readonly<Record<FigureUnit, number>> = {
  bytes: 1024 ** 2,
  "bytes-per-second": 256 * 1024,
  seconds: 1,
  ms: 20,
  "per-second": 10,
  count: 4,
  ratio: 1,
};

const MOST_STEPS = 4;

/** The axis for figures up to `highest`; null when there is none. */
export function valueAxis(unit: FigureUnit, highest: number | null): ValueAxis {
  const wanted = Math.max(LEAST_TOP[unit], highest ?? 0);
  const step = unit === "ratio" ? 0.25 : niceStep(unit, wanted / MOST_STEPS);
  const count = Math.max(1, Math.ceil(wanted / step - 1e-9));
  // Multiplied, not added up: 0.1 + 0.2 would label an axis with 0.30000000000000004.
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

const SECONDS = [15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];

function niceStep(unit: FigureUnit, rough: number): number {
  if (unit === "bytes" || unit === "bytes-per-second") return 2 ** Math.ceil(Math.log2(rough));
  if (unit === "seconds" && rough > 10) {
    const days = 86_400;
    return SECONDS.find((step) => step >= rough) ?? Math.ceil(rough / days) * days;
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  return unit === "count" ? Math.max(1, step) : step;
}
