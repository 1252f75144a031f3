import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Config } from "@/lib/config/types";
import type { Actor } from "./actor";

const TOKEN_BYTES = 32;
const TOKEN_CHARS_MAX = 512;

/** A new bearer token, 256 random bits. */
export const newToken = (): string => `mtr_${randomBytes(TOKEN_BYTES).toString("base64url")}`;

/** `sha256:` and the token's SHA-256 in hex, as `auth.tokens[].hash` wants it. Long random tokens need no slow hash. */
export const hashToken = (token: string): string => `sha256:${createHash("sha256").update(token).digest("hex")}`;

/** The token's actor, or null. Every configured token is compared, each in constant time. */
export function actorOfToken(token: string, tokens: Config["auth"]["tokens"]): Actor | null {
  if (token.length === 0 || token.length > TOKEN_CHARS_MAX) return null;
  const given = Buffer.from(hashToken(token));
  let actor: Actor | null = null;
  for (const { name, hash, role } of tokens) {
    const stored = Buffer.from(hash);
    if (stored.length === given.length && timingSafeEqual(stored, given)) actor = { kind: "token", name, role };
  }
  return actor;
}
