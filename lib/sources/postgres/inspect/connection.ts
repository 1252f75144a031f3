import type { Client } from "pg";
import type { Secret } from "@/lib/config/types";
import type { Result } from "@/lib/domain/observation";
import { pgFailureOf } from "../failure";
import { keepOneConnection } from "../kept-connection";
import { type SslMode, tlsAttempts } from "../tls";

export type InspectTarget = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret | null;
  readonly sslmode: SslMode;
  /** PEM text. */
  readonly ca: string | null;
};

/** The server on the other end, asked once a connection. */
export type InspectServer = {
  readonly version: number;
  readonly user: string;
  readonly database: string;
  /** Our role may list pg_wal. Asked beforehand, as a statement that only might call the function is refused as a whole. */
  readonly canListWal: boolean;
};

/** One question on one connection. Rejects with what `pg` threw. */
export type InspectLook<T> = (client: Client, server: InspectServer) => Promise<Result<T>>;

export type InspectConnection = {
  /** Never rejects. One at a time: whoever asks waits for the answer before asking again. */
  ask<T>(look: InspectLook<T>): Promise<Result<T>>;
  close(): Promise<void>;
};

const STATEMENT_TIMEOUT_MS = 3_000;
const LOCK_TIMEOUT_MS = 500;
/** Over connecting and asking together. */
const LOOK_TIMEOUT_MS = 4_000;

const SERVER_SQL = `SELECT current_setting('server_version_num')::int AS version, current_user::text AS "user",
  current_database()::text AS database, has_function_privilege('pg_ls_waldir()', 'EXECUTE') AS "canListWal"`;

/**
 * A read-only connection for slow questions, apart from the one of the fast look. It opens with the first question. The server
 * itself ends a statement after 3 s and waits 0.5 s for a lock. Failures are those of the fast look's probe.
 */
export function createInspectConnection(target: InspectTarget, database: string): InspectConnection {
  const { host, port, user, password } = target;
  let next: InspectLook<unknown> | null = null;
  const kept = keepOneConnection<InspectServer, unknown>({
    server: {
      host,
      port,
      user,
      password,
      database,
      applicationName: "matriarch",
      tls: tlsAttempts(target.sslmode, target.ca),
      startup: {
        statementTimeoutMs: STATEMENT_TIMEOUT_MS,
        lockTimeoutMs: LOCK_TIMEOUT_MS,
        // Catalogs are small and the statements are short: compiling them would cost more than running them.
        options: "-c search_path=pg_catalog -c default_transaction_read_only=on -c jit=off",
      },
    },
    timeoutMs: LOOK_TIMEOUT_MS,
    prepare: async (client) => {
      const { rows } = await client.query<InspectServer>(SERVER_SQL);
      return rows[0] as InspectServer;
    },
    ask: (client, server) => {
      if (!next) throw new Error("a connection was asked without a question");
      return next(client, server);
    },
    failureOf: (error) => pgFailureOf(error, user),
    // Whoever looks asks again at the topic's beat, and that opens another one.
    onLost: () => undefined,
  });
  return {
    ask<T>(look: InspectLook<T>) {
      next = look;
      return kept.look() as Promise<Result<T>>;
    },
    close: () => kept.close(),
  };
}
