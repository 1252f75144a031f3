import type { Client } from "pg";
import type { z } from "zod";
import type { Secret } from "@/lib/config/types";
import type { PgbouncerFacts } from "@/lib/domain/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { keepOneConnection, type Probe } from "@/lib/sources/postgres/kept-connection";
import { tlsAttempts } from "@/lib/sources/postgres/tls";
import { failureText } from "@/lib/sources/shared/failure";
import { pgbouncerFailureOf } from "./failure";
import { toPgbouncerFacts, toVersion } from "./map";
import { databaseRows, poolRows, stateRows, statsRows, versionRows } from "./schema";

export type PgbouncerProbeOptions = {
  readonly host: string;
  readonly port: number;
  /** One of `stats_users` (all that we read) or `admin_users`. */
  readonly user: string;
  readonly password: Secret | null;
  /** Hard limit of one look, including connecting when there is no connection. */
  readonly timeoutMs: number;
  /** PgBouncer ended our connection. */
  readonly onLost: () => void;
};

/**
 * A probe of one PgBouncer's admin console (1.18 to 1.26) over one kept connection. The console speaks the simple query
 * protocol only, one command a query, and takes no startup parameter but `application_name`.
 *
 * Failures: as `createPostgresProbe`, `unauthorized` also for a user who may not use the console.
 */
export function createPgbouncerProbe(options: PgbouncerProbeOptions): Probe<PgbouncerFacts> {
  const { host, port, user, password, timeoutMs, onLost } = options;
  return keepOneConnection({
    server: {
      host,
      port,
      user,
      password,
      database: "pgbouncer",
      applicationName: "matriarch",
      tls: tlsAttempts("prefer", null),
      startup: null,
    },
    timeoutMs,
    prepare: readVersion,
    ask: look,
    failureOf: (error) => pgbouncerFailureOf(error, user),
    onLost,
  });
}

/** The version does not change while a connection lasts: a restart ends it. */
async function readVersion(client: Client): Promise<string | null> {
  const rows = versionRows.safeParse(await show(client, "SHOW VERSION"));
  return toVersion(rows.success ? (rows.data[0]?.version ?? null) : null);
}

async function look(client: Client, version: string | null): Promise<Result<PgbouncerFacts>> {
  const databases = databaseRows.safeParse(await show(client, "SHOW DATABASES"));
  if (!databases.success) return malformed("SHOW DATABASES", databases.error);
  const pools = poolRows.safeParse(await show(client, "SHOW POOLS"));
  if (!pools.success) return malformed("SHOW POOLS", pools.error);
  const stats = statsRows.safeParse(await show(client, "SHOW STATS"));
  if (!stats.success) return malformed("SHOW STATS", stats.error);
  const state = tellsState(version) ? stateRows.safeParse(await show(client, "SHOW STATE")) : null;
  if (state && !state.success) return malformed("SHOW STATE", state.error);
  return ok(toPgbouncerFacts(version, databases.data, pools.data, stats.data, state?.data ?? null));
}

/** `SHOW STATE` came with 1.19. */
function tellsState(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 19);
}

/** Text alone, without values or a name: anything else makes `pg` speak the extended protocol, and the console hangs up. */
async function show(client: Client, command: string): Promise<unknown[]> {
  return (await client.query(command)).rows;
}

function malformed(command: string, { issues: [issue] }: z.ZodError): Result<PgbouncerFacts> {
  return { ok: false, failure: failureText("malformed", `${command}: ${issue?.path.join(".")}: ${issue?.message}`) };
}
