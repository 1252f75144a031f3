import type { Locale } from "./locale";

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: Locale, zone: string, withDate: boolean): Intl.DateTimeFormat {
  const key = `${locale}:${zone}:${withDate}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    ...(withDate ? ({ day: "numeric", month: "short", year: "numeric" } as const) : {}),
  });
  cache.set(key, made);
  return made;
}

/** Wall-clock time with the date, 24 hours, in the given IANA zone; null for text that is no instant. */
export function formatDateTime(locale: Locale, iso: string, zone: string): string | null {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : formatter(locale, zone, true).format(ms);
}

/** Wall-clock time alone, `03:12:45`. */
export function formatClock(locale: Locale, iso: string, zone: string): string | null {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : formatter(locale, zone, false).format(ms);
}

const days = new Map<string, Intl.DateTimeFormat>();

/** A calendar day in the given IANA zone, `Saturday, 21 November 2026`; null for text that is no instant. */
export function formatDay(locale: Locale, iso: string, zone: string): string | null {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return null;
  const key = `${locale}:${zone}`;
  const known = days.get(key);
  const made =
    known ?? new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { timeZone: zone, dateStyle: "full" });
  if (!known) days.set(key, made);
  return made.format(ms);
}

/** Whether two instants are of one calendar day in the given IANA zone. */
export const isSameDay = (one: string, other: string, zone: string): boolean =>
  formatDay("en", one, zone) === formatDay("en", other, zone);

/** A moment on this machine's wall clock, to be typed over: `2026-11-21 02:13:07`. */
export function localMoment(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const WALL = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;

/**
 * What a person typed, on this machine's wall clock, in epoch ms: a date with a time, an ISO 8601 instant, or a time alone, which
 * is of the day of `near`. Null for anything else.
 */
export function readMoment(text: string, near: number): number | null {
  const typed = text.trim();
  if (CLOCK.test(typed)) return readMoment(`${localMoment(near).slice(0, 10)} ${typed}`, near);
  const wall = WALL.exec(typed);
  const ms = Date.parse(wall ? `${wall[1]}T${(wall[2] ?? "").padStart(5, "0").replace(/^(\d):/, "0$1:")}` : typed);
  const isInstant = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(typed);
  return Number.isNaN(ms) || (!wall && !isInstant) ? null : ms;
}
