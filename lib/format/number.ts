import type { Locale } from "./locale";

const cache = new Map<string, Intl.NumberFormat>();

function formatter(locale: Locale, fractionDigits: number): Intl.NumberFormat {
  const key = `${locale}:${fractionDigits}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { maximumFractionDigits: fractionDigits });
  cache.set(key, made);
  return made;
}

/** A number as the language writes it: `12,345.6` or `12 345,6`. */
export function formatNumber(locale: Locale, value: number, fractionDigits = 0): string {
  return formatter(locale, fractionDigits).format(value);
}
