import type { Client } from "pg";
import { z } from "zod";
import type { Secret } from "@/lib/config/types";
import type { ClientAnswer } from "@/lib/domain/client-eye/outcome";
import { ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { pgbouncerFailureOf } from "@/lib/sources/pgbouncer/failure";
import { connect, destroy } from "@/lib/sources/postgres/connect";
import { codeOf } from "@/lib/sources/postgres/failure";
import { hidesServerDefault } from "@/lib/sources/postgres/map";
import { refusesThisWay, type SslMode, type TlsAttempt, tlsAttempts } from "@/lib/sources/postgres/tls";
import { bounded } from "@/lib/sources/shared/bounded";
import { failureText, overdue } from "@/lib/sources/shared/failure";

export type ClientEyeOptions = {
  /** The VIP. */
  readonly host: string;
  /** Its write port, which may lead to HAProxy, PgBouncer or PostgreSQL itself. */
  readonly port: number;
  readonly user: string;
  readonly password: Secret | null;
  readonly database: string;
  readonly sslmode: SslMode;
  /** PEM text. */
  readonly ca: string | null;
  /** Over connecting, logging in and asking together, of our own waking time: see `patience`. */
  readonly timeoutMs: number;
};

export type ClientEye = {
  /** One look by a session of its own. Never rejects; looks may overlap. */
  look(signal?: AbortSignal): Promise<Result<ClientAnswer>>;
};

/**
 * As simple query, which every pooler passes on. `pg_settings` is read only where the default is read-only: it says
 * whether the server or merely our role made it so (then the setting tells nothing of other clients).
 */
const SQL = `SELECT pg_catalog.pg_is_in_recovery()::text AS standby,
  to_char(pg_catalog.pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00:00' AS started,
  coalesce(CASE WHEN current_setting('default_transaction_read_only') = 'on' THEN
    (SELECT source FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only') END, '') AS read_only_by`;

const rowSchema = z.object({
  standby: z.enum(["true", "false"]),
  started: z.string().min(1),
  read_only_by: z.string(),
});

/** What a pooled session may have been left with by its last user; it tells nothing of the server either. */
const LEFT_BY_SESSION: ReadonlySet<string> = new Set(["session", "client"]);

/** "database … does not exist", by PostgreSQL and by PgBouncer: nothing that a client of another database would feel. */
const NO_SUCH_DATABASE = "3D000";
const NO_SUCH_DATABASE_TEXT = /no such database/i;

/**
 * The client's eye: sessions through the VIP's write port, each opened, asked once and closed, as a client without a pool of
 * its own would. No startup parameter but the ones that poolers know; the limit is kept on our side, by cutting the socket.
 *
 * Failures: `refused`, `unreachable`, `reset` (HAProxy has no server, or the session was cut), `timeout`, `starting-up`
 * (57P03), `failed` (among them: too many connections), all of which a client feels; `unauthorized`, `forbidden` (the role's
 * own connection limit), `insufficient-privilege`, `tls`, `unsupported` (no such database), `malformed`, `aborted`, which are
 * about our own access.
 */
export function createClientEye(options: ClientEyeOptions): ClientEye {
  const all = tlsAttempts(options.sslmode, options.ca);
  // Four sessions a second: the way that the last one was taken by is tried alone, not each time after one that is refused.
  let ways: readonly TlsAttempt[] = all;

  async function lookOnce(cut: AbortSignal, onReached: () => void): Promise<Result<ClientAnswer>> {
    const began = performance.now();
    const client = await open(cut, onReached);
    const connectMs = performance.now() - began;
    const onCut = () => destroy(client);
    cut.addEventListener("abort", onCut, { once: true });
    try {
      cut.throwIfAborted();
      const answer = await ask(client, connectMs);
      // Closed with a word of goodbye, so that no server logs a broken connection; nobody waits for it.
      void client.end().catch(() => undefined);
      return answer;
    } catch (error) {
      destroy(client);
      throw error;
    } finally {
      cut.removeEventListener("abort", onCut);
    }
  }

  async function open(cut: AbortSignal, onReached: () => void): Promise<Client> {
    const { host, port, user, password, database } = options;
    const tried = ways;
    const server = { host, port, user, password, database, applicationName: "matriarch client-eye", startup: null };
    for (const way of tried) {
      try {
        const client = await connect({ ...server, tls: [way] }, cut, onReached);
        ways = [way];
        return client;
      } catch (error) {
        if (!refusesThisWay(error)) throw error;
        if (way !== tried.at(-1)) continue;
        ways = all;
        throw error;
      }
    }
    throw new Error("no way to connect was given");
  }

  return {
    look(signal) {
      let reached = false;
      const onReached = () => {
        reached = true;
      };
      const work = (cut: AbortSignal) =>
        lookOnce(cut, onReached).catch(
          (error: unknown) => ({ ok: false, failure: clientFailureOf(error, options.user) }) as const,
        );
      const { timeoutMs } = options;
      const late = () => overdue(reached, timeoutMs);
      return bounded<ClientAnswer>(work, { timeoutMs, late, signal }).answer;
    },
  };
}

async function ask(client: Client, connectMs: number): Promise<Result<ClientAnswer>> {
  const { rows } = await client.query(SQL);
  const parsed = rowSchema.safeParse(rows[0]);
  if (!parsed.success) return { ok: false, failure: failureText("malformed", parsed.error.issues[0]?.message) };
  const { standby, started, read_only_by: by } = parsed.data;
  const readOnlyByServer = by !== "" && !hidesServerDefault(by) && !LEFT_BY_SESSION.has(by);
  return ok({
    finds: standby === "true" || readOnlyByServer ? "read-only" : "writable",
    postmasterStartTime: started,
    connectMs: Math.round(connectMs * 10) / 10,
  });
}

/** `CONNECTION LIMIT` of our own role, and not `max_connections`, which clients would feel too. */
const OUR_LIMIT = /too many connections for (role|database)/i;

/** PgBouncer's words are told apart too: the VIP may lead to one, and it has its own for a refused login. */
function clientFailureOf(error: unknown, user: string): SourceFailure {
  const said = error instanceof Error ? error.message : "";
  if (codeOf(error) === NO_SUCH_DATABASE || NO_SUCH_DATABASE_TEXT.test(said)) return failureText("unsupported", said);
  if (OUR_LIMIT.test(said)) return failureText("forbidden", said);
  return pgbouncerFailureOf(error, user);
}
