import { type Client, escapeIdentifier } from "pg";
import type { BackupConfig, ClusterConfig } from "@/lib/config/types";
import type { BackupFacts, BaseBackupFacts } from "@/lib/domain/backups/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { connect, destroy, type ServerAddress } from "@/lib/sources/postgres/connect";
import { codeOf, pgFailureOf } from "@/lib/sources/postgres/failure";
import { tlsAttempts } from "@/lib/sources/postgres/tls";
import { failureText, overdue } from "@/lib/sources/shared/failure";
import { baseBackupRows, PROGRESS_SQL, toBaseBackupFacts } from "./base-backups";
import { parserOf } from "./parsers";

type Access = NonNullable<ClusterConfig["postgres"]>;
export type Server = { readonly host: string; readonly port: number };

/**
 * Asks the function that we ship (`public/sql/pgbackrest-info.sql`), or one like it that returns the same JSON, on one member. The session is
 * read-only and ends with the answer: a repository may take seconds to tell, and the kept connection must not wait for it.
 *
 * Failures: as `createPostgresProbe`; `unsupported` when the function is not there, or writes; `insufficient-privilege`; `failed` with
 * pgBackRest's own words; `too-large`.
 */
export async function askBySql(
  access: Access,
  server: Server,
  config: BackupConfig,
  signal: AbortSignal,
): Promise<Result<BackupFacts>> {
  const { timeoutMs, outputMaxBytes } = config;
  const name = config.function.split(".").map(escapeIdentifier).join(".");
  const asked = await once(access, server, timeoutMs, signal, async (client) => {
    const { rows } = await client.query<{ info: string | null }>(`SELECT ${name}()::text AS info`);
    return rows[0]?.info ?? "";
  });
  if (!asked.ok) return { ok: false, failure: clearer(asked, config.function) };
  if (Buffer.byteLength(asked.value) > outputMaxBytes)
    return { ok: false, failure: failureText("too-large", `${outputMaxBytes} bytes`) };
  return parserOf(config)(asked.value);
}

/** Base backups that stream from one member now. Needs `pg_monitor`, without which it answers `insufficient-privilege`. */
export async function askBaseBackups(
  access: Access,
  server: Server,
  signal: AbortSignal,
): Promise<Result<BaseBackupFacts>> {
  const asked = await once(access, server, access.timeoutMs, signal, async (client) => {
    const { rows } = await client.query<{ readable: unknown; streams: unknown }>(PROGRESS_SQL);
    return rows[0];
  });
  if (!asked.ok) return { ok: false, failure: asked.failure };
  const parsed = baseBackupRows.safeParse(asked.value);
  if (!parsed.success) return { ok: false, failure: failureText("malformed", parsed.error.issues[0]?.message) };
  if (!parsed.data.readable)
    return { ok: false, failure: failureText("insufficient-privilege", "pg_monitor is missing") };
  return ok(toBaseBackupFacts(parsed.data.streams));
}

type Failed = Extract<Result<never>, { ok: false }>;
type Asked<T> = { readonly ok: true; readonly value: T } | (Failed & { readonly code: string | null });

async function once<T>(
  access: Access,
  { host, port }: Server,
  timeoutMs: number,
  signal: AbortSignal,
  ask: (client: Client) => Promise<T>,
): Promise<Asked<T>> {
  const limit = AbortSignal.timeout(timeoutMs);
  const cut = AbortSignal.any([signal, limit]);
  let reached = false;
  try {
    const client = await connect(addressOf(access, host, port, timeoutMs), cut, () => {
      reached = true;
    });
    const drop = () => destroy(client);
    cut.addEventListener("abort", drop, { once: true });
    try {
      return { ok: true, value: await ask(client) };
    } finally {
      cut.removeEventListener("abort", drop);
      void client.end().catch(() => undefined);
    }
  } catch (error) {
    if (signal.aborted) return { ok: false, failure: failureText("aborted"), code: null };
    const late = overdue(reached, timeoutMs);
    return { ok: false, failure: limit.aborted ? late : pgFailureOf(error, access.user), code: codeOf(error) };
  }
}

function addressOf(access: Access, host: string, port: number, timeoutMs: number): ServerAddress {
  return {
    host,
    port,
    user: access.user,
    password: access.password,
    database: access.database,
    applicationName: "matriarch backups",
    tls: tlsAttempts(access.sslmode, access.ca),
    startup: {
      statementTimeoutMs: timeoutMs,
      lockTimeoutMs: Math.min(500, timeoutMs),
      options: "-c search_path=pg_catalog -c default_transaction_read_only=on",
    },
  };
}

const NO_SUCH_FUNCTION = new Set(["42883", "3F000"]);
const READ_ONLY = "25006";
const ROUTINE_FAILED = /^(38|39)/;

/** What a person can set right is said in those words. */
function clearer({ failure, code }: Failed & { readonly code: string | null }, name: string) {
  if (code !== null && NO_SUCH_FUNCTION.has(code))
    return failureText("unsupported", `no function ${name}() in this database: install public/sql/pgbackrest-info.sql`);
  if (code === READ_ONLY)
    return failureText("unsupported", `${name}() writes, which a read-only session and a standby refuse`);
  if (code !== null && ROUTINE_FAILED.test(code)) return { kind: "failed" as const, text: failure.text };
  return failure;
}
