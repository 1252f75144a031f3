/**
 * The form in which a password is kept: `scrypt:N:r:p:salt:hash`, salt and hash in base64. Here is only its grammar and its
 * bounds; `lib/auth/password` makes and verifies such hashes.
 */
export type PasswordHash = {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
};

/** Memory that one verification may take, in bytes; a hash from elsewhere must not be able to exhaust the process. */
export const HASH_MEMORY_MAX_BYTES = 128 * 1024 * 1024;
const COST_MIN = 2 ** 10;
const COST_MAX = 2 ** 20;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Reads a password hash; null when it is not one, or is too weak or too dear to verify. */
export function parsePasswordHash(text: string): PasswordHash | null {
  const [scheme, cost, blockSize, parallelization, salt, hash, ...rest] = text.split(":");
  if (scheme !== "scrypt" || rest.length > 0 || !salt || !hash || !BASE64.test(salt) || !BASE64.test(hash)) return null;
  const parsed = {
    cost: whole(cost),
    blockSize: whole(blockSize),
    parallelization: whole(parallelization),
    salt: new Uint8Array(Buffer.from(salt, "base64")),
    hash: new Uint8Array(Buffer.from(hash, "base64")),
  };
  return isBounded(parsed) ? parsed : null;
}

function isBounded({ cost, blockSize, parallelization, salt, hash }: PasswordHash): boolean {
  return (
    cost >= COST_MIN &&
    cost <= COST_MAX &&
    Number.isInteger(Math.log2(cost)) &&
    blockSize >= 1 &&
    blockSize <= 32 &&
    parallelization >= 1 &&
    parallelization <= 16 &&
    128 * cost * blockSize <= HASH_MEMORY_MAX_BYTES &&
    salt.length >= 8 &&
    salt.length <= 64 &&
    hash.length >= 32 &&
    hash.length <= 64
  );
}

const whole = (text: string | undefined): number => (text && /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN);
