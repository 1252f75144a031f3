import type { Locale } from "./locale";

const cache = new Map<string, Intl.NumberFormat>();

function formatter(locale: Locale, fractionDigits: number, least: number): Intl.NumberFormat {
  const key = `${locale}:${fractionDigits}:${least}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: fractionDigits });
  cache.set(key, made);
  return made;
}

/** A number as the language writes it: `12,345.6` or `12 345,6`; with at least `least` digits after the point. */
export function formatNumber(locale: Locale, value: number, fractionDigits = 0, least = 0): string {
  return formatter(locale, fractionDigits, least).format(value);
}
