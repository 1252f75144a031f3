import type { ConnectionOptions } from "node:tls";
import type { ClusterConfig } from "@/lib/config/types";
import { failureOf } from "@/lib/sources/shared/failure";

export type SslMode = NonNullable<ClusterConfig["postgres"]>["sslmode"];

/** `false` is a connection without TLS. */
export type TlsAttempt = false | ConnectionOptions;

/**
 * The ways to connect, in order, that libpq's `sslmode` stands for: `prefer` encrypts where it can and verifies nothing,
 * `require` encrypts and verifies nothing, `verify-ca` checks the chain, `verify-full` also the name. Without `ca` (PEM text)
 * the roots that Node ships are trusted.
 */
export function tlsAttempts(sslmode: SslMode, ca: string | null): readonly TlsAttempt[] {
  const roots = ca === null ? {} : { ca };
  switch (sslmode) {
    case "disable":
      return [false];
    case "prefer":
      return [{ rejectUnauthorized: false }, false];
    case "require":
      return [{ rejectUnauthorized: false }];
    case "verify-ca":
      return [{ ...roots, rejectUnauthorized: true, checkServerIdentity: () => undefined }];
    case "verify-full":
      return [{ ...roots, rejectUnauthorized: true }];
  }
}

/**
 * True when a server refused *this way* of connecting, so that the next may do: it has no TLS, the handshake failed, or
 * pg_hba.conf has no line for it (28000). A refused password is not among them: it would be refused again, and logged twice.
 */
export function refusesThisWay(error: unknown): boolean {
  if (failureOf(error).kind === "tls") return true;
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === "28000" || (typeof message === "string" && message.includes("establishing an SSL connection"));
}
