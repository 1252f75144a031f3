import { createHash, randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** What a wall's link carries, 256 random bits. */
export const newLinkToken = (): string => `mtw_${randomBytes(SECRET_BYTES).toString("base64url")}`;

/** What a wall's cookie holds, 256 random bits. */
export const newCookieSecret = (): string => randomBytes(SECRET_BYTES).toString("base64url");

/** What is stored of either: SHA-256 in hex. Long random secrets need no slow hash, and looking one up by it tells nothing of it. */
export const hashOfSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");
