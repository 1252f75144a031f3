/** Transaction ids are 32 bits and compared in a circle: rows older than half of it must have been frozen. */
export const XID_AGE_MAX = 2 ** 31;
/** PostgreSQL takes no more writes when so many ids are left. */
export const XIDS_KEPT_BACK = 3_000_000;
/** PostgreSQL warns in its log from here on. */
const XIDS_WARNED_BEFORE = 40_000_000;
/** An age above `autovacuum_freeze_max_age` by so much says that autovacuum does not keep up. */
const LATE_FACTOR = 1.1;

export type FreezeLevel = "ok" | "due" | "late" | "critical";

/**
 * How near a database or table is to running out of transaction ids. `due` is ordinary: autovacuum has begun to freeze it. `late`:
 * it does not keep up. `critical`: PostgreSQL itself warns, or stops soon.
 */
export function freezeLevel(xidAge: number, freezeMaxAge: number): FreezeLevel {
  if (xidAge >= XID_AGE_MAX - XIDS_WARNED_BEFORE) return "critical";
  if (xidAge >= freezeMaxAge * LATE_FACTOR) return "late";
  return xidAge >= freezeMaxAge ? "due" : "ok";
}

/** Transactions that are left before PostgreSQL takes no more writes. */
export const xidsLeft = (xidAge: number): number => Math.max(0, XID_AGE_MAX - XIDS_KEPT_BACK - xidAge);
