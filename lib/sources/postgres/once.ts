import type { Client } from "pg";
import type { ClusterConfig } from "@/lib/config/types";
import type { Result } from "@/lib/domain/observation";
import { pgFailureOf } from "./failure";
import { shareConnection } from "./kept-connection";
import { tlsAttempts } from "./tls";

/** A server and who asks it: a member's address and what is configured for the cluster. */
export type PostgresAccess = Pick<
  NonNullable<ClusterConfig["postgres"]>,
  "user" | "password" | "database" | "sslmode" | "ca"
> & { readonly host: string; readonly port: number };

/** SQL: the session is one of a dashboard's own, the one that asks among them. */
export const OURS = "(a.application_name LIKE 'matriarch%' AND a.usename = current_user)";

const LOCK_TIMEOUT_MS = 500;

/**
 * One connection, one question, closed after it. The server itself ends a statement after `timeoutMs`, which is also the limit of
 * everything together. Failures are those of the fast look's probe. Never rejects.
 */
export async function askOnce<T>(
  access: PostgresAccess,
  ask: (client: Client) => Promise<Result<T>>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Result<T>> {
  const { host, port, user, password, database } = access;
  const connection = shareConnection<null>({
    server: {
      host,
      port,
      user,
      password,
      database,
      applicationName: "matriarch",
      tls: tlsAttempts(access.sslmode, access.ca),
      startup: {
        statementTimeoutMs: timeoutMs,
        lockTimeoutMs: LOCK_TIMEOUT_MS,
        options: "-c search_path=pg_catalog -c default_transaction_read_only=on -c jit=off",
      },
    },
    prepare: async () => null,
    failureOf: (error) => pgFailureOf(error, user),
    onLost: () => undefined,
  });
  const { answer } = connection.ask({ ask, timeoutMs, urgent: true }, signal);
  const result = await answer;
  // Not awaited: a goodbye is nothing that an answer should wait for.
  void connection.close();
  return result;
}
