import type { PatroniStatus } from "@/lib/domain/facts";
import type { SourceFailure } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";

export type ExpectedIdentity = {
  readonly name: string | null;
  readonly scope: string | null;
  /** PostgreSQL's system identifier; left out where it is not asked about. */
  readonly systemId?: string | null;
};

/**
 * Did the member answer that was asked? An address can move to another host, or belong to another cluster. What either
 * side does not know (no name before Patroni 3.2) is not held against it.
 */
export function verifyIdentity(status: PatroniStatus, expected: ExpectedIdentity): SourceFailure | null {
  if (expected.scope !== null && status.scope !== null && status.scope !== expected.scope) {
    return failureText("wrong-identity", `a member of cluster "${status.scope}", expected "${expected.scope}"`);
  }
  if (expected.name !== null && status.name !== null && status.name !== expected.name) {
    return failureText("wrong-identity", `member "${status.name}", expected "${expected.name}"`);
  }
  const { systemId = null } = expected;
  if (systemId !== null && status.systemId !== null && status.systemId !== systemId) {
    const text = `a server with the system identifier ${status.systemId}, expected ${systemId}`;
    return failureText("wrong-identity", text);
  }
  return null;
}
