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
