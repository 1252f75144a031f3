import type { SourceFailure } from "@/lib/domain/observation";
import { TOO_MANY_CONNECTIONS } from "@/lib/domain/vitals/facts";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import { NO_PASSWORD } from "./connect";

/** SQLSTATEs that an older server answers to a column, function or view that it does not have. */
const MISSING_IN_SERVER = new Set(["42703", "42883", "42P01"]);

/** Of a server that a client of PostgreSQL's protocol spoke to. The text names the user where the server does, never the password. */
export function pgFailureOf(error: unknown, user: string): SourceFailure {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : "";
  if (code === NO_PASSWORD) {
    return failureText("unauthorized", `the server asks user "${user}" for a password and none is configured`);
  }
  if (code === null && said.startsWith("SASL")) return failureText("unauthorized", `user "${user}": ${said}`);
  if (code === "53300") return failureText("failed", `${TOO_MANY_CONNECTIONS}: ${said}`);
  if (code === "08P01") return failureText("failed", said);
  if (code !== null && MISSING_IN_SERVER.has(code)) return failureText("unsupported", `PostgreSQL before 14? ${said}`);
  return failureOf(error);
}

/** True when the server answered with an error that leaves the connection usable (unlike shutdown, protocol or internal errors). */
export function leavesConnectionUsable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) && /^(22|25|42|55|57014)/.test(code);
}

export function codeOf(error: unknown): string | null {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : null;
  return typeof code === "string" ? code : null;
}
