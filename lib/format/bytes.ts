import type { Translate } from "./message";
import { formatNumber } from "./number";

const UNITS = ["b", "kb", "mb", "gb", "tb", "pb"] as const;

/** Bytes in steps of 1024, as PostgreSQL counts them; unknown is said in words, never as 0. */
export function formatBytes(t: Translate, bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return t("format.unknown");
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 1024 && step < UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step > 0 && Math.abs(value) < 10 ? 1 : 0;
  return t(`format.bytes.${UNITS[step] ?? "b"}`, { value: formatNumber(t.locale, value, digits) });
}
