import type { Cookies } from "./session";

const NAME = "matriarch-wall";
/** Over TLS under a name that no plain connection can set. */
const SECURE_NAME = `__Secure-${NAME}`;
/** As long as browsers keep a cookie at most; each new stream begins the time anew. */
const MAX_AGE_SECONDS = 400 * 86_400;
const SECRET = /^[\w-]{1,128}$/;

/** The secret of a wall's cookie, unchecked; null where there is none. */
export function wallSecretOf(cookies: Cookies): string | null {
  const value = cookies[SECURE_NAME] ?? cookies[NAME] ?? null;
  return value !== null && SECRET.test(value) ? value : null;
}

/** The `Set-Cookie` line that makes a browser a wall. `Lax`: a link from a chat must find the wall signed in. */
export const wallCookie = (secret: string, secure: boolean): string =>
  [
    `${secure ? SECURE_NAME : NAME}=${secret}`,
    "Path=/",
    `Max-Age=${MAX_AGE_SECONDS}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(secure ? ["Secure"] : []),
  ].join("; ");
