import "server-only";
import { cookies } from "next/headers";
import type { Actor } from "./actor";
import { actorOfCookies } from "./session";
import { wallSecretOf } from "./wall-cookie";
import { type WallActor, wallDoor } from "./wall-door";

/**
 * Who looks at a page of the wall. `revoked`: the browser was a wall, and is none any more. `unknown`: whether it is one cannot be told
 * now, since the walls cannot be read. `nobody`: neither a user nor a wall.
 */
export type Viewer =
  | { readonly kind: "user"; readonly actor: Extract<Actor, { kind: "user" }> }
  | { readonly kind: "wall"; readonly actor: WallActor }
  | { readonly kind: "revoked" | "unknown" | "nobody" };

/** A signed-in user, else a wall: as the guard of the interface judges. */
export async function currentViewer(): Promise<Viewer> {
  const jar = Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]));
  const actor = await actorOfCookies(jar, Date.now());
  if (actor?.kind === "user") return { kind: "user", actor };
  const secret = wallSecretOf(jar);
  if (secret === null) return { kind: "nobody" };
  const seen = await wallDoor()?.see(secret);
  if (seen?.kind === "ok") return { kind: "wall", actor: seen.actor };
  return { kind: seen?.kind === "none" ? "revoked" : "unknown" };
}
