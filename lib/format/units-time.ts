import type { Locale } from "./locale";

/** Where a time axis has its lines, in a reader's zone, and what stands at them. Times are epoch ms. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
  ...[1, 2, 3].map((n) => n * MONTH),
];

export type TimeTick = { readonly at: number; readonly label: string };

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    ...options,
    timeZone: zone,
    hourCycle: "h23",
  });
  formats.set(key, made);
  return made;
}

/** How far the zone's wall clock is ahead of UTC at `at`, in ms. */
export function zoneOffset(at: number, zone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  const wanted = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  for (const { type, value } of format("en", zone, { ...wanted, second: "numeric" }).formatToParts(at)) {
    parts[type] = Number(value);
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / SECOND) * SECOND;
}

/** The moment at which the zone's wall clock shows `local` (read as if it were UTC). */
function fromLocal(local: number, zone: string): number {
  const guess = local - zoneOffset(local, zone);
  return local - zoneOffset(guess, zone);
}

const WEEK_START = 4 * DAY;

function localTicks(from: number, to: number, step: number, zone: string): number[] {
  const [first, last] = [from + zoneOffset(from, zone), to + zoneOffset(to, zone)];
  if (step >= MONTH) {
    const months = Math.round(step / MONTH);
    const date = new Date(first);
    const start = date.getUTCFullYear() * 12 + Math.ceil(date.getUTCMonth() / months) * months;
    const all: number[] = [];
    for (let month = start; ; month += months) {
      const local = Date.UTC(Math.floor(month / 12), month % 12);
      if (local > last) return all;
      if (local >= first) all.push(local);
    }
  }
  // The epoch was a Thursday; weeks begin on Monday.
  const shift = step >= 7 * DAY ? WEEK_START : 0;
  const all: number[] = [];
  for (let local = Math.ceil((first - shift) / step) * step + shift; local <= last; local += step) all.push(local);
  return all;
}

/** At most `most` lines between two moments, at round times of the zone's wall clock. */
export function timeTicks(locale: Locale, from: number, to: number, zone: string, most: number): readonly TimeTick[] {
  if (!(to > from)) return [];
  const step = STEPS.find((each) => (to - from) / each <= most) ?? 3 * MONTH;
  return localTicks(from, to, step, zone)
    .map((local) => ({ at: fromLocal(local, zone), label: tickLabel(locale, local, step) }))
    .filter(({ at }, index, all) => at >= from && at <= to && at !== all[index - 1]?.at);
}

function tickLabel(locale: Locale, local: number, step: number): string {
  // `local` already is the wall clock's time, so it is written as if the zone were UTC.
  if (step >= MONTH) return format(locale, "UTC", { month: "short", year: "2-digit" }).format(local);
  if (step >= DAY || local % DAY === 0) return format(locale, "UTC", { day: "numeric", month: "short" }).format(local);
  const seconds = step < MINUTE ? ({ second: "2-digit" } as const) : {};
  return format(locale, "UTC", { hour: "2-digit", minute: "2-digit", ...seconds }).format(local);
}

/** What an `<input type="datetime-local">` holds for a moment, on the zone's wall clock: `2026-11-21T03:12:45`. */
export const toLocalInput = (at: number, zone: string): string =>
  new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 19);

/** The moment that such a text means in the zone; null for text that is none. */
export function fromLocalInput(text: string, zone: string): number | null {
  const local = Date.parse(`${text}${text.length === 16 ? ":00" : ""}Z`);
  return Number.isNaN(local) ? null : fromLocal(local, zone);
}
