import type { Client, QueryResult } from "pg";
import type { Secret } from "@/lib/config/types";
import type { PostgresFacts } from "@/lib/domain/facts";
import { ok, type Result } from "@/lib/domain/observation";
import type { DatabaseSizes, PostgresVitals } from "@/lib/domain/vitals/facts";
import { failureText } from "@/lib/sources/shared/failure";
import { pgFailureOf } from "./failure";
import { oneAtATime, type Probe, type SharedConnection, shareConnection } from "./kept-connection";
import { hidesServerDefault, toPostgresFacts } from "./map";
import { LOOK_SQL, PREPARE_SESSION } from "./queries";
import { lookAnswer } from "./schema";
import { type SslMode, tlsAttempts } from "./tls";
import { sizesLook, vitalsLook } from "./vitals";

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

/** Looks at one PostgreSQL server, several kinds of them, over one connection. */
export type PostgresProbe = Probe<PostgresFacts> & {
  /** The slow look: statistics, sessions and the archiver. Waits while another look runs, and never opens a connection. */
  vitals(signal?: AbortSignal): Promise<Result<PostgresVitals>>;
  /** Sizes of the databases: reads directories, so rarely. */
  sizes(signal?: AbortSignal): Promise<Result<DatabaseSizes>>;
  /** Any other question, in its turn; see {@link SharedConnection}. */
  ask: SharedConnection<PostgresSession>["ask"];
};

/** What is known of a session once it is open. */
export type PostgresSession = {
  /** For example 170002. */
  readonly serverVersion: number;
  /** A setting of our own role or database hides the server's read-only default. */
  readonly readOnlyHidden: boolean;
  /** The server's read-only default, read when the configuration was loaded at `configuredAt`. */
  readOnly: { readonly configuredAt: string; readonly value: string } | null;
};

/**
 * A probe of one PostgreSQL server over one kept, read-only connection; one statement a look, prepared once per connection, as
 * planning it costs several times what running it does.
 *
 * Failures: `refused`, `unreachable`, `dns`, `tls`, `timeout` (the socket is then destroyed, and the server cancels the statement by
 * itself), `starting-up` (57P03), `unauthorized` (class 28), `insufficient-privilege` (42501), `unsupported` (older than 14),
 * `reset` (ended during the look), `malformed`, `aborted`, `failed` (among them: too many connections).
 */
export function createPostgresProbe(options: PostgresProbeOptions): PostgresProbe {
  const { host, port, user, password, database, timeoutMs } = options;
  const connection = shareConnection<PostgresSession>({
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
        // A statement with a value would be planned anew the first five times, and compiling these costs more than running them.
        options: "-c search_path=pg_catalog -c plan_cache_mode=force_generic_plan -c jit=off",
      },
    },
    prepare: prepareSession,
    failureOf: (error) => pgFailureOf(error, user),
    onLost: options.onLost,
  });
  return {
    look: oneAtATime(connection, { ask: look, timeoutMs, urgent: true }),
    vitals: vitalsLook(connection),
    sizes: sizesLook(connection),
    ask: (question, signal) => connection.ask(question, signal),
    close: () => connection.close(),
  };
}

/** Sets our guard, and learns what does not change while the connection lasts. */
async function prepareSession(client: Client): Promise<PostgresSession> {
  // Two statements in one simple query: `pg` then answers a list, which its types do not say.
  const results: unknown = await client.query(PREPARE_SESSION);
  const [first] = results as QueryResult<{ source: string; version: number }>[];
  const row = first?.rows[0];
  return {
    serverVersion: row?.version ?? 0,
    readOnlyHidden: hidesServerDefault(row?.source ?? null),
    readOnly: null,
  };
}

async function look(client: Client, session: PostgresSession): Promise<Result<PostgresFacts>> {
  const { rows } = await client.query<{ facts: unknown }>({
    name: "matriarch-look",
    text: LOOK_SQL,
    values: [session.readOnly?.configuredAt ?? null],
  });
  const parsed = lookAnswer.safeParse(rows[0]?.facts);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, failure: failureText("malformed", `${issue?.path.join(".")}: ${issue?.message}`) };
  }
  const { configuredAt, readOnlyDefault } = parsed.data;
  if (readOnlyDefault !== null) session.readOnly = { configuredAt, value: readOnlyDefault };
  const value = session.readOnly?.value ?? null;
  return ok(toPostgresFacts({ ...parsed.data, readOnlyDefault: value }, session.readOnlyHidden));
}
