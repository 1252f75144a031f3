const TEXT = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h|d)$/;
const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Parses `500ms`, `2s`, `1.5s`, `5m`, `1h` or `30d` into whole milliseconds; anything else is null, never 0. */
export function parseDurationMs(text: string): number | null {
  const match = TEXT.exec(text.trim());
  if (!match?.[1] || !match[2]) return null;
  const ms = Math.round(Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS]);
  return ms > 0 ? ms : null;
}
