import type { PgbouncerDatabase, PgbouncerFacts, PgbouncerPool, PgbouncerStats } from "@/lib/domain/facts";
import type { DatabaseRow, PoolRow, StateRow, StatsRow } from "./schema";

/** The admin console lists itself under this name, which no configured database may have. */
const CONSOLE = "pgbouncer";

/** The console's answers in the domain's words, without the console itself. */
export function toPgbouncerFacts(
  version: string | null,
  databases: readonly DatabaseRow[],
  pools: readonly PoolRow[],
  stats: readonly StatsRow[],
  state: readonly StateRow[] | null = null,
): PgbouncerFacts {
  const paused = state?.find(({ key }) => key === "paused");
  return {
    version,
    allPaused: paused ? paused.value === "yes" : null,
    databases: databases.filter(({ name }) => name !== CONSOLE).map(toDatabase),
    pools: pools.filter(({ database }) => database !== CONSOLE).map(toPool),
    stats: stats.filter(({ database }) => database !== CONSOLE).map(toStats),
  };
}

/** `PgBouncer 1.18.0` → `1.18.0`. */
export const toVersion = (text: string | null): string | null => text?.replace(/^PgBouncer\s+/i, "").trim() || null;

function toDatabase({ name, host, port, paused, disabled, ...row }: DatabaseRow): PgbouncerDatabase {
  return {
    name,
    host: host || null,
    port,
    paused: paused !== 0,
    disabled: disabled !== 0,
    poolSize: row.pool_size ?? null,
    // 0 is PgBouncer's way to say that there is no limit.
    connectionsMax: row.max_connections || null,
    connections: row.current_connections ?? null,
  };
}

function toPool(row: PoolRow): PgbouncerPool {
  return {
    database: row.database,
    user: row.user,
    clientsActive: row.cl_active,
    clientsWaiting: row.cl_waiting,
    serversActive: row.sv_active,
    serversIdle: row.sv_idle,
    serversUnchecked: row.sv_used + row.sv_tested,
    serversLogin: row.sv_login,
    maxWaitMs: row.maxwait * 1000 + row.maxwait_us / 1000,
    mode: row.pool_mode,
  };
}

const US_PER_MS = 1000;

function toStats(row: StatsRow): PgbouncerStats {
  return {
    database: row.database,
    transactions: row.total_xact_count,
    queries: row.total_query_count,
    assignments: row.total_server_assignment_count ?? null,
    receivedBytes: row.total_received,
    sentBytes: row.total_sent,
    transactionMs: row.total_xact_time / US_PER_MS,
    queryMs: row.total_query_time / US_PER_MS,
    waitMs: row.total_wait_time / US_PER_MS,
  };
}
