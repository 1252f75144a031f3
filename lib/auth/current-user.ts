import "server-only";
import { cookies } from "next/headers";
import type { Actor } from "./actor";
import { actorOfCookies } from "./session";

/** The signed-in user of the page being rendered, as the configuration has it now; null: send them to `/sign-in`. */
export async function currentUser(): Promise<Extract<Actor, { kind: "user" }> | null> {
  const all = (await cookies()).getAll();
  const actor = await actorOfCookies(Object.fromEntries(all.map(({ name, value }) => [name, value])), Date.now());
  return actor?.kind === "user" ? actor : null;
}
