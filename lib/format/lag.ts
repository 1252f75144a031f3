import { formatBytes } from "./bytes";
import { formatDuration } from "./duration";
import type { Translate } from "./message";
import { formatNumber } from "./number";

/** Lag in bytes. Null is "unknown": a replica that we know nothing of must never look like one that is caught up. */
export const formatLagBytes = (t: Translate, bytes: number | null): string => formatBytes(t, bytes);

/** Replay delay in seconds, one decimal below ten; null is "unknown". */
export function formatLagSeconds(t: Translate, seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return t("format.unknown");
  if (seconds < 10) return t("format.duration.s", { value: formatNumber(t.locale, Math.max(0, seconds), 1, 1) });
  return formatDuration(t, seconds * 1000);
}
