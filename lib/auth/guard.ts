import { config } from "@/lib/config/current";
import type { UserRole } from "@/lib/config/types";
import { problemResponse } from "@/lib/contract/problem";
import { type Actor, roleAtLeast } from "./actor";
import { parseCookies } from "./cookies";
import { isSameOrigin } from "./origin";
import { actorOfCookies } from "./session";
import { actorOfToken } from "./tokens";
import { wallSecretOf } from "./wall-cookie";
import { type WallActor, wallDoor } from "./wall-door";

export type Authorized =
  | { readonly kind: "ok"; readonly actor: Actor | WallActor }
  | { readonly kind: "refused"; readonly response: Response };

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Who asks, if they may: a bearer token, else a session's cookie. A request with an `Authorization` header is judged by that
 * alone. What changes state by a cookie must also come from a page of ours and be JSON, which no form of another site can send.
 * With `walls` the cookie of a wall opens it too, where there is no session: reading is all that a wall is let into.
 */
export async function authorize(request: Request, minRole: UserRole, walls = false): Promise<Authorized> {
  const header = request.headers.get("authorization");
  const actor = header === null ? await actorOfSession(request) : actorOfHeader(header);
  if (!actor && header === null && walls && SAFE_METHODS.has(request.method)) {
    const seen = await wallOf(request);
    if (seen.kind === "ok") return roleAtLeast(seen.actor.role, minRole) ? seen : refused(problemResponse("forbidden"));
    if (seen.kind === "unknown") return refused(problemResponse("store-failed", "Walls cannot be read now."));
  }
  if (!actor) return refused(problemResponse("unauthenticated", undefined, { "www-authenticate": "Bearer" }));
  if (!roleAtLeast(actor.role, minRole)) {
    return refused(problemResponse("forbidden", `This needs the role ${minRole}; yours is ${actor.role}.`));
  }
  const forgery = actor.kind === "user" && !SAFE_METHODS.has(request.method) ? checkForgery(request) : null;
  return forgery ? refused(forgery) : { kind: "ok", actor };
}

const refused = (response: Response): Authorized => ({ kind: "refused", response });

const actorOfSession = (request: Request) => actorOfCookies(parseCookies(request.headers.get("cookie")), Date.now());

async function wallOf(request: Request) {
  const secret = wallSecretOf(parseCookies(request.headers.get("cookie")));
  if (secret === null) return { kind: "none" } as const;
  return (await wallDoor()?.see(secret)) ?? ({ kind: "unknown" } as const);
}

function actorOfHeader(header: string): Actor | null {
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  return token ? actorOfToken(token, config().auth.tokens) : null;
}

/** Why a request does not come from a page of ours; null: it does. For routes that give a cookie instead of asking for one. */
export function checkForgery(request: Request): Response | null {
  if (!isSameOrigin(request.headers, config().server)) return problemResponse("cross-site");
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  return type === "application/json" ? null : problemResponse("unsupported-media-type");
}
