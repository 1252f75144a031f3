const UNITS = ["b", "kb", "mb", "gb", "tb"] as const;

/**
 * Bytes as a number and its unit (steps of 1024), for texts that say `{bytes, number} {unit, select, …}`. Under ten it keeps one digit
 * after the point; never 0 for what is not 0.
 */
export function sized(bytes: number): { readonly bytes: number; readonly unit: (typeof UNITS)[number] } {
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 1024 && step < UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return { bytes: value < 10 ? Math.round(value * 10) / 10 : Math.round(value), unit: UNITS[step] ?? "b" };
}

/** Names for a sentence; an empty list is a dash, so that no text has a hole in it. */
export const listed = (names: readonly string[]): string => (names.length === 0 ? "–" : names.join(", "));

/** Patroni's own spelling of a state: `creating-replica` → `creating replica`. */
export const spelt = (word: string): string => word.replaceAll("-", " ");

/** The reason of a failure for a text's `select`; `none` where nothing was tried or nothing failed. */
export const failed = (failure: { readonly kind: string } | null | undefined): string =>
  failure ? failure.kind.replaceAll("-", "_") : "none";
