import type { Lsn } from "./ids";

const TEXT = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/;

/** Parses `X/Y` (hexadecimal halves of a 64-bit byte position); anything else is null, never 0. */
export function parseLsn(text: string | null | undefined): bigint | null {
  const match = text ? TEXT.exec(text) : null;
  if (!match?.[1] || !match[2]) return null;
  return (BigInt(`0x${match[1]}`) << 32n) + BigInt(`0x${match[2]}`);
}

/** Formats a byte position as PostgreSQL does: upper-case hexadecimal, no padding. */
export function formatLsn(position: bigint): Lsn {
  const hi = (position >> 32n).toString(16).toUpperCase();
  const lo = (position & 0xffff_ffffn).toString(16).toUpperCase();
  return `${hi}/${lo}` as Lsn;
}

/** Patroni and etcd report positions as integer bytes, sometimes beyond 2^53: text or number in, LSN out. */
export function lsnFromBytes(bytes: string | number | null | undefined): Lsn | null {
  if (bytes === null || bytes === undefined) return null;
  const text = String(bytes);
  return /^\d+$/.test(text) ? formatLsn(BigInt(text)) : null;
}

/**
 * Bytes by which `behind` trails `ahead`, clamped at 0 (the two are never sampled atomically); null when either is unknown.
 * Meaningful on one timeline only: the caller compares timelines first.
 */
export function lagBytes(ahead: Lsn | null | undefined, behind: Lsn | null | undefined): number | null {
  const a = parseLsn(ahead);
  const b = parseLsn(behind);
  if (a === null || b === null) return null;
  return a > b ? Number(a - b) : 0;
}
