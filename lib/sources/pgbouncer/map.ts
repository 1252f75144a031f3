import type { PgbouncerDatabase, PgbouncerFacts, PgbouncerPool } from "@/lib/domain/facts";
import type { DatabaseRow, PoolRow } from "./schema";

/** The admin console lists itself under this name, which no configured database may have. */
const CONSOLE = "pgbouncer";

/** The console's answers in the domain's words, without the console itself. */
export function toPgbouncerFacts(
  version: string | null,
  databases: readonly DatabaseRow[],
  pools: readonly PoolRow[],
): PgbouncerFacts {
  return {
    version,
    databases: databases.filter(({ name }) => name !== CONSOLE).map(toDatabase),
    pools: pools.filter(({ database }) => database !== CONSOLE).map(toPool),
  };
}

/** `PgBouncer 1.18.0` → `1.18.0`. */
export const toVersion = (text: string | null): string | null => text?.replace(/^PgBouncer\s+/i, "").trim() || null;

function toDatabase({ name, host, port, paused, disabled }: DatabaseRow): PgbouncerDatabase {
  return { name, host: host || null, port, paused: paused !== 0, disabled: disabled !== 0 };
}

function toPool(row: PoolRow): PgbouncerPool {
  return {
    database: row.database,
    user: row.user,
    clientsActive: row.cl_active,
    clientsWaiting: row.cl_waiting,
    serversActive: row.sv_active,
    serversIdle: row.sv_idle,
    maxWaitMs: row.maxwait * 1000 + row.maxwait_us / 1000,
    mode: row.pool_mode,
  };
}
