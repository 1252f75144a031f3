import type { Actor } from "@/lib/auth/actor";
import { parseCookies } from "@/lib/auth/cookies";
import { originOf } from "@/lib/auth/origin";
import { wallCookie, wallSecretOf } from "@/lib/auth/wall-cookie";
import { type WallActor, wallDoor } from "@/lib/auth/wall-door";
import { config } from "@/lib/config/current";
import type { ClusterScope } from "@/lib/domain/ids";
import { wallSees } from "@/lib/domain/wall";
import type { Live } from "@/lib/live/types";

/** Clusters that the viewer may see, in the order of the configuration. */
export const scopesFor = (actor: Actor | WallActor, store: Live): readonly ClusterScope[] =>
  actor.kind === "wall" ? store.scopes().filter((scope) => wallSees(actor.scopes, scope)) : store.scopes();

/** True over TLS, where a cookie must not travel in the clear. */
export const isSecure = (request: Request): boolean =>
  originOf(request.headers, config().server)?.startsWith("https:") ?? false;

/** For the stream of a wall: whether it is still let in, and its cookie, whose time begins anew. */
export function wallWatch(request: Request): { readonly holds: () => boolean; readonly cookie: string } {
  const secret = wallSecretOf(parseCookies(request.headers.get("cookie"))) ?? "";
  return { holds: () => wallDoor()?.holds(secret) ?? false, cookie: wallCookie(secret, isSecure(request)) };
}
