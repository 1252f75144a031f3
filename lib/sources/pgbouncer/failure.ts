import type { SourceFailure } from "@/lib/domain/observation";
import { codeOf, pgFailureOf } from "@/lib/sources/postgres/failure";
import { failureText } from "@/lib/sources/shared/failure";

/** PgBouncer says 08P01 to most refusals of a login; only the words tell them apart (`src/client.c`, 1.18 to 1.25). */
const REFUSED_LOGIN = /authentication failed|auth failed|no such user|login rejected|wrong password|not allowed/i;

/** `user` is named in the text; the password never is. */
export function pgbouncerFailureOf(error: unknown, user: string): SourceFailure {
  const said = error instanceof Error ? error.message : "";
  if (codeOf(error) !== "08P01") return pgFailureOf(error, user);
  if (/not allowed/i.test(said)) {
    return failureText("unauthorized", `user "${user}" is in neither stats_users nor admin_users`);
  }
  if (REFUSED_LOGIN.test(said)) return failureText("unauthorized", `user "${user}": ${said}`);
  return failureText("failed", said);
}
