const TEXT = /^(\d{1,9}(?:\.\d{1,3})?)\s*(kB|MB|GB|TB)$/;
const UNIT_BYTES = { kB: 1_024, MB: 1_024 ** 2, GB: 1_024 ** 3, TB: 1_024 ** 4 } as const;

/** Parses `64MB` or `1.5GB` as PostgreSQL does (units of 1024) into whole bytes; anything else is null, never 0. */
export function parseSizeBytes(text: string): number | null {
  const match = TEXT.exec(text.trim());
  if (!match?.[1] || !match[2]) return null;
  const bytes = Math.round(Number(match[1]) * UNIT_BYTES[match[2] as keyof typeof UNIT_BYTES]);
  return bytes > 0 ? bytes : null;
}
