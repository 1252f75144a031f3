import { createHash } from "node:crypto";
import type { AuthOptions } from "next-auth";
import { getToken, type JWT } from "next-auth/jwt";
import { config } from "@/lib/config/current";
import type { Config } from "@/lib/config/types";
import type { Actor } from "./actor";
import { sessionSecret } from "./session-secret";
import { signIn } from "./sign-in";
import { tellSignIn } from "./sign-in-news";

/** All that we know of next-auth is in this file and in `next-auth-handler.ts`, so that it can be replaced. */

const HOUR_SECONDS = 3_600;
const COOKIE = "next-auth.session-token";
const COOKIES = [`__Secure-${COOKIE}`, COOKIE] as const;

export type Cookies = Readonly<Record<string, string>>;

/** What a session's token says. Only the name is believed; role and existence come from the configuration each time. */
type Claims = { readonly name: string; readonly sinceMs: number; readonly hashMark: string };

/** The options of next-auth for a request; `secure` when the browser speaks TLS to us, `from` the address that it comes from. */
export function authOptions(secure: boolean, from: string): AuthOptions {
  const { auth } = config();
  const maxAge = auth.sessionHours * HOUR_SECONDS;
  return {
    secret: sessionSecret(config()),
    useSecureCookies: secure,
    pages: { signIn: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge },
    jwt: { maxAge },
    // Its default logger prints what it was sent, a wrong password's user and all.
    logger: { error: (code) => console.error(`next-auth: ${code}`), warn: () => {}, debug: () => {} },
    providers: [
      {
        id: "credentials",
        name: "Password",
        type: "credentials",
        credentials: { username: {}, password: {} },
        authorize: async (given, request) => signIn(given, new Headers(stringHeaders(request.headers)), Date.now()),
      },
    ],
    events: {
      // Called once next-auth has checked its own token: a page of another site signs nobody out.
      signOut({ token }) {
        const actor = token && actorOfClaims(token, config(), Date.now());
        if (actor) tellSignIn({ kind: "sign-out", name: actor.name, role: actor.role, from, why: null });
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...claimsOf(String(user.name), auth.users) } : living(token)),
      session: ({ session, token }) => ({
        ...session,
        user: { name: String(token.name), role: actorOfClaims(token, config(), Date.now())?.role },
      }),
    },
  };
}

/** The user of a session's cookie, as the configuration has it now; null without a session that still holds. */
export async function actorOfCookies(cookies: Cookies, nowMs: number): Promise<Actor | null> {
  for (const cookieName of COOKIES) {
    if (!Object.keys(cookies).some((name) => name.startsWith(cookieName))) continue;
    const request = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"];
    const token = await getToken({ req: request, secret: sessionSecret(config()), cookieName });
    const actor = token && actorOfClaims(token, config(), nowMs);
    if (actor) return actor;
  }
  return null;
}

function claimsOf(name: string, users: Config["auth"]["users"]): Claims {
  const user = users.find((one) => one.name === name);
  return { name, sinceMs: Date.now(), hashMark: user ? markOf(user.passwordHash.reveal()) : "" };
}

/** A renewed token keeps its beginning: a session ends `sessionHours` after the sign-in, however busy it is. */
function living(token: JWT): JWT {
  if (!actorOfClaims(token, config(), Date.now())) throw new Error("the session has ended");
  return token;
}

function actorOfClaims(token: JWT, { auth }: Config, nowMs: number): Actor | null {
  const { name, sinceMs, hashMark } = token as Partial<Claims>;
  if (typeof sinceMs !== "number") return null;
  const expiresAtMs = sinceMs + auth.sessionHours * HOUR_SECONDS * 1_000;
  const user = auth.users.find((one) => one.name === name);
  // A changed password ends the sessions that were begun with the old one.
  if (!user || nowMs >= expiresAtMs || hashMark !== markOf(user.passwordHash.reveal())) return null;
  return { kind: "user", name: user.name, role: user.role, expiresAtMs };
}

const markOf = (hash: string) => createHash("sha256").update(hash).digest("base64url").slice(0, 22);

function stringHeaders(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
