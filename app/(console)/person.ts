import "server-only";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Person } from "@/components/shell/user-menu";
import { currentUser } from "@/lib/auth/current-user";
import { signInPath } from "@/lib/client/paths";

/** The signed-in user, read once a request. */
export const readUser = cache(currentUser);

/**
 * Who reads this page; without a session the reader is sent to sign in and comes back. Called by every page: a
 * layout is not drawn again when one goes from page to page.
 */
export async function requirePerson(returnTo: string): Promise<Person> {
  const user = await readUser();
  if (!user) redirect(signInPath(returnTo));
  return { name: user.name, role: user.role };
}
