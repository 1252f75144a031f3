/** Slows down whoever guesses passwords. Bounded memory; the clock is passed in. */
export type Throttle = {
  /** How long this address must wait before it may try as this user, in ms; 0: may try now. */
  waitMs(user: string, address: string, nowMs: number): number;
  failed(user: string, address: string, nowMs: number): void;
  succeeded(user: string, address: string): void;
  /** Remembered entries, for tests of the bound. */
  size(): number;
};

export type ThrottleLimits = {
  /** Failures of one user from one address before delays begin, and of one user from everywhere. */
  readonly freePerAddress: number;
  readonly freePerUser: number;
  readonly firstDelayMs: number;
  readonly delayMaxMs: number;
  /** Failures are forgotten after this quiet time, in ms. */
  readonly forgetMs: number;
  readonly entriesMax: number;
};

export const LIMITS: ThrottleLimits = {
  freePerAddress: 3,
  freePerUser: 30,
  firstDelayMs: 1_000,
  delayMaxMs: 60_000,
  forgetMs: 15 * 60_000,
  entriesMax: 10_000,
};

type Entry = { failures: number; lastMs: number };

/**
 * Two counters: of a user from an address, and of a user from everywhere, because the address of a client can be forged where
 * no proxy of ours stands before us. An address from which the user signed in before is spared the second, so that a guesser
 * elsewhere cannot lock the user out.
 */
export function createThrottle(limits: ThrottleLimits = LIMITS): Throttle {
  const entries = new Map<string, Entry>();
  const trusted = new Set<string>();
  const pair = (user: string, address: string) => JSON.stringify([user, address]);
  const whole = (user: string) => JSON.stringify([user]);

  function waitOf(key: string, free: number, nowMs: number): number {
    const entry = entries.get(key);
    if (!entry || nowMs - entry.lastMs > limits.forgetMs || entry.failures < free) return 0;
    return Math.max(0, entry.lastMs + delayMs(entry.failures - free, limits) - nowMs);
  }

  function count(key: string, nowMs: number): void {
    const entry = entries.get(key);
    const failures = entry && nowMs - entry.lastMs <= limits.forgetMs ? entry.failures + 1 : 1;
    // Deleted first, so that the oldest comes first in the map's order.
    entries.delete(key);
    entries.set(key, { failures, lastMs: nowMs });
    trim(entries, limits.entriesMax);
  }

  return {
    waitMs(user, address, nowMs) {
      const own = waitOf(pair(user, address), limits.freePerAddress, nowMs);
      return trusted.has(pair(user, address)) ? own : Math.max(own, waitOf(whole(user), limits.freePerUser, nowMs));
    },
    failed(user, address, nowMs) {
      count(pair(user, address), nowMs);
      count(whole(user), nowMs);
    },
    succeeded(user, address) {
      entries.delete(pair(user, address));
      trusted.delete(pair(user, address));
      trusted.add(pair(user, address));
      trim(trusted, limits.entriesMax);
    },
    size: () => entries.size + trusted.size,
  };
}

const delayMs = (beyond: number, limits: ThrottleLimits) =>
  Math.min(limits.delayMaxMs, limits.firstDelayMs * 2 ** Math.min(beyond, 20));

function trim(all: Map<string, unknown> | Set<string>, max: number): void {
  for (const key of all.keys()) {
    if (all.size <= max) return;
    all.delete(key);
  }
}
