import type { Client, QueryResult } from "pg";
import type { Secret } from "@/lib/config/types";
import type { PostgresFacts } from "@/lib/domain/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { pgFailureOf } from "./failure";
import { keepOneConnection, type Probe } from "./kept-connection";
import { hidesServerDefault, toPostgresFacts } from "./map";
import { LOOK_SQL, PREPARE_SESSION } from "./queries";
import { lookAnswer } from "./schema";
import { type SslMode, tlsAttempts } from "./tls";

export type PostgresProbeOptions = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret | null;
  readonly database: string;
  readonly sslmode: SslMode;
  /** PEM text. */
  readonly ca: string | null;
  /** Hard limit of one look, including connecting when there is no connection. */
  readonly timeoutMs: number;
  readonly applicationName?: string;
  /** The server ended our connection: it was stopped or killed, or our session was terminated. */
  readonly onLost: () => void;
};

const LOCK_TIMEOUT_MS_MAX = 500;

/**
 * A probe of one PostgreSQL server over one kept, read-only connection; one statement a look, prepared once per connection, as
 * planning it costs several times what running it does.
 *
 * Failures: `refused`, `unreachable`, `dns`, `tls`, `timeout` (the socket is then destroyed, and the server cancels the statement by
 * itself), `starting-up` (57P03), `unauthorized` (class 28), `insufficient-privilege` (42501), `unsupported` (older than 14),
 * `reset` (ended during the look), `malformed`, `aborted`, `failed` (among them: too many connections).
 */
export function createPostgresProbe(options: PostgresProbeOptions): Probe<PostgresFacts> {
  const { host, port, user, password, database, timeoutMs } = options;
  return keepOneConnection({
    server: {
      host,
      port,
      user,
      password,
      database,
      applicationName: options.applicationName ?? "matriarch",
      tls: tlsAttempts(options.sslmode, options.ca),
      startup: {
        statementTimeoutMs: timeoutMs,
        lockTimeoutMs: Math.min(LOCK_TIMEOUT_MS_MAX, timeoutMs),
        options: "-c search_path=pg_catalog",
      },
    },
    timeoutMs,
    prepare: prepareSession,
    ask: look,
    failureOf: (error) => pgFailureOf(error, user),
    onLost: options.onLost,
  });
}

/** Sets our guard; resolves to whether a setting of our own hides the server's read-only default. */
async function prepareSession(client: Client): Promise<boolean> {
  // Two statements in one simple query: `pg` then answers a list, which its types do not say.
  const results: unknown = await client.query(PREPARE_SESSION);
  const [first] = results as QueryResult<{ source: string }>[];
  return hidesServerDefault(first?.rows[0]?.source ?? null);
}

async function look(client: Client, readOnlyHidden: boolean): Promise<Result<PostgresFacts>> {
  const { rows } = await client.query<{ facts: unknown }>({ name: "matriarch-look", text: LOOK_SQL });
  const parsed = lookAnswer.safeParse(rows[0]?.facts);
  if (parsed.success) return ok(toPostgresFacts(parsed.data, readOnlyHidden));
  const issue = parsed.error.issues[0];
  return { ok: false, failure: failureText("malformed", `${issue?.path.join(".")}: ${issue?.message}`) };
}
