import type { Translate } from "./message";
import { formatNumber } from "./number";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Unit = "d" | "h" | "min" | "s";

const part = (t: Translate, unit: Unit, value: number) =>
  t(`format.duration.${unit}`, { value: formatNumber(t.locale, value) });

/** Two units at most: `3 d 4 h`, `4 h 12 min`, `12 min 5 s`, `12 s`, and `0.4 s` below one second. `ms` is clamped at 0. */
export function formatDuration(t: Translate, ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return t("format.unknown");
  const left = Math.max(0, ms);
  if (left < SECOND)
    return t("format.duration.s", { value: formatNumber(t.locale, Math.floor(left / 100) / 10, 1, 1) });
  if (left < MINUTE) return part(t, "s", Math.floor(left / SECOND));
  if (left < HOUR) return pair(t, ["min", Math.floor(left / MINUTE)], ["s", Math.floor((left % MINUTE) / SECOND)]);
  if (left < DAY) return pair(t, ["h", Math.floor(left / HOUR)], ["min", Math.floor((left % HOUR) / MINUTE)]);
  return pair(t, ["d", Math.floor(left / DAY)], ["h", Math.floor((left % DAY) / HOUR)]);
}

function pair(t: Translate, first: [Unit, number], second: [Unit, number]): string {
  const head = part(t, ...first);
  return second[1] === 0 ? head : `${head} ${part(t, ...second)}`;
}

/** How old something is, in whole seconds, so that a ticking age does not flicker; null is said as unknown. */
export function formatAge(t: Translate, ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return t("format.unknown");
  const whole = Math.floor(Math.max(0, ms) / SECOND) * SECOND;
  return whole === 0 ? part(t, "s", 0) : formatDuration(t, whole);
}

/** Like `formatAge` in the greatest unit alone, where there is no room for two: `19 h`, never more than it is. */
export function formatRoughAge(t: Translate, ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return t("format.unknown");
  const left = Math.max(0, ms);
  const unit = left < MINUTE ? SECOND : left < HOUR ? MINUTE : left < DAY ? HOUR : DAY;
  return formatAge(t, Math.floor(left / unit) * unit);
}

/** How often something is looked at: `2 s`, `0.5 s`, `5 min`. */
export function formatInterval(t: Translate, ms: number): string {
  return ms < MINUTE
    ? t("format.duration.s", { value: formatNumber(t.locale, ms / SECOND, 1) })
    : formatDuration(t, ms);
}

/** How long an answer took: `3 ms` below one second, seconds with one decimal above. */
export function formatLatency(t: Translate, ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return t("format.unknown");
  if (ms < SECOND) return t("format.duration.ms", { value: formatNumber(t.locale, Math.max(0, Math.round(ms))) });
  return t("format.duration.s", { value: formatNumber(t.locale, ms / SECOND, 1) });
}

/** How long something took, as exactly as it is measured: `340 ms`, `2.34 s`, `1 min 12 s`; null is said as unknown. */
export function formatSpan(t: Translate, ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return t("format.unknown");
  if (ms < SECOND) return t("format.duration.ms", { value: formatNumber(t.locale, Math.max(0, Math.round(ms))) });
  if (ms < MINUTE) return t("format.duration.s", { value: formatNumber(t.locale, ms / SECOND, 2) });
  return formatDuration(t, ms);
}
