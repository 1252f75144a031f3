/** From when to when, in minutes since midnight by the wall's own clock; past midnight where `to` is the smaller one. */
export type Night = { readonly from: number; readonly to: number };

const MINUTES_OF_DAY = 1_440;
const SPAN = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/;

/** Reads `22:00-07:00` or `22-7`; null for anything else, and for a night without length. */
export function readNight(text: string | null): Night | null {
  const found = SPAN.exec((text ?? "").replaceAll(/\s/g, "").replace(/[–—]/, "-"));
  if (!found) return null;
  const from = minutes(found[1], found[2]);
  const to = minutes(found[3], found[4]);
  return from === null || to === null || from === to ? null : { from, to };
}

function minutes(hour = "", minute = "0"): number | null {
  const all = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && all <= MINUTES_OF_DAY ? all % MINUTES_OF_DAY : null;
}

/** `minute`: since midnight by the same clock. */
export function isNight({ from, to }: Night, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minutes since midnight on this machine's clock. */
export function minuteOfDay(ms: number): number {
  const at = new Date(ms);
  return at.getHours() * 60 + at.getMinutes();
}
