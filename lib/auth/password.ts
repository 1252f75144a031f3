import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { type PasswordHash, parsePasswordHash } from "@/lib/config/password-hash";

/** Cost as OWASP gives it for 32 MiB: several sign-ins at once must not burst the process's memory. */
const COST = { cost: 2 ** 15, blockSize: 8, parallelization: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
export const PASSWORD_CHARS_MAX = 1024;

/** Verifications that run at once, and that may wait; each takes tens of megabytes and a core. */
const RUNNING_MAX = 2;
const WAITING_MAX = 16;

/** Makes `scrypt:N:r:p:salt:hash` of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, { ...COST, salt, hash: new Uint8Array(HASH_BYTES) });
  const { cost, blockSize, parallelization } = COST;
  return ["scrypt", cost, blockSize, parallelization, salt.toString("base64"), hash.toString("base64")].join(":");
}

export type Verified = "right" | "wrong" | "busy";

/**
 * Compares a password with a hash, in constant time. `stored` null is a user who does not exist: the same work is done, so
 * that the time of the answer does not tell. `busy`: too many verifications wait already.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<Verified> {
  const parsed = stored === null ? null : parsePasswordHash(stored);
  const against = parsed ?? DUMMY;
  const derived = await queue(() => derive(password.slice(0, PASSWORD_CHARS_MAX), against));
  if (derived === "busy") return "busy";
  const equal = timingSafeEqual(derived, against.hash);
  return equal && parsed !== null && password.length <= PASSWORD_CHARS_MAX ? "right" : "wrong";
}

const DUMMY: PasswordHash = { ...COST, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };

let running = 0;
const waiting: (() => void)[] = [];

async function queue<T>(work: () => Promise<T>): Promise<T | "busy"> {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) return "busy";
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The place is handed over, not given back: whoever comes between must not slip in.
    if (next) next();
    else running -= 1;
  }
}

function derive(password: string, to: PasswordHash): Promise<Buffer> {
  const options = {
    N: to.cost,
    r: to.blockSize,
    p: to.parallelization,
    maxmem: 128 * to.cost * to.blockSize + 128 * to.blockSize * to.parallelization + 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), to.salt, to.hash.length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
