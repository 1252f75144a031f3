import { z } from "zod";
import type { BackendFacts, ServerFacts } from "@/lib/domain/actions/facts";
import type { BackendId } from "@/lib/domain/actions/request";
import type { Instant, Lsn, MemberName } from "@/lib/domain/ids";
import { plainText, shownQuery } from "@/lib/domain/inspect/query-text";
import { ok, type Result } from "@/lib/domain/observation";
import { CAN_READ_STATS, needsMonitor, readFacts } from "./inspect/facts";
import { askOnce, OURS, type PostgresAccess } from "./once";

/** Past it a transaction is told one by one: it holds up a shutdown, and a drain. */
const LONG_SECONDS = 10;
const LONG_MAX = 50;
const GROUPS_MAX = 200;
/** Sizes read directories, which takes long where there are many files: then the size is not known. */
const SIZE_TIMEOUT_MS = 1_500;

/** What Patroni (3.0 to 4.1) calls its own sessions: they come back by themselves, and nobody misses them. */
const PATRONI_OWN = "^Patroni( (restapi|heartbeat))?$";

const instantOf = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** `CheckpointerMain` is where the checkpointer waits for work (PostgreSQL 14 to 18); it is anywhere else while it has some. */
const SERVER_SQL = `
WITH others AS MATERIALIZED (
  SELECT a.* FROM pg_stat_activity a
  WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid() AND NOT ${OURS}
    AND a.application_name !~ '${PATRONI_OWN}'
), me AS MATERIALIZED (
  SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_current_wal_lsn() END AS lsn
)
SELECT json_build_object(
  'canRead', ${CAN_READ_STATS},
  'dataDirectory', CASE WHEN pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
    THEN current_setting('data_directory') END,
  'clients', (SELECT coalesce(json_agg(g), '[]') FROM (
    SELECT coalesce(o.application_name, '') AS application, coalesce(o.usename, '') AS user, coalesce(o.datname, '') AS database,
      count(*) AS count, count(*) FILTER (WHERE o.xact_start IS NOT NULL) AS "inTransaction"
    FROM others o GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT ${GROUPS_MAX}) g),
  'longTransactions', (SELECT coalesce(json_agg(g), '[]') FROM (
    SELECT o.pid, o.usename AS user, nullif(o.application_name, '') AS application,
      extract(epoch FROM clock_timestamp() - o.xact_start)::float8 AS seconds
    FROM others o WHERE o.xact_start < clock_timestamp() - interval '${LONG_SECONDS} s'
    ORDER BY o.xact_start LIMIT ${LONG_MAX}) g),
  'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts),
  'sinceCheckpointBytes', CASE WHEN me.lsn IS NOT NULL
    THEN greatest(0, pg_wal_lsn_diff(me.lsn, (SELECT c.redo_lsn FROM pg_control_checkpoint() c))) END,
  'checkpointRunning', (SELECT a.wait_event IS DISTINCT FROM 'CheckpointerMain'
    FROM pg_stat_activity a WHERE a.backend_type = 'checkpointer' LIMIT 1),
  'baseBackups', (SELECT coalesce(json_agg(coalesce(nullif(a.application_name, ''), a.usename, 'pid ' || b.pid) ORDER BY b.pid), '[]')
    FROM pg_stat_progress_basebackup b LEFT JOIN pg_stat_activity a ON a.pid = b.pid),
  'currentLsn', me.lsn::text
) AS facts FROM me`;

const SIZE_SQL = `SELECT json_build_object('bytes', sum(pg_database_size(d.oid))) AS facts FROM pg_database d`;

const serverSchema = z.object({
  canRead: z.boolean(),
  dataDirectory: z.string().nullable(),
  clients: z.array(
    z.object({
      application: z.string(),
      user: z.string(),
      database: z.string(),
      count: z.number(),
      inTransaction: z.number(),
    }),
  ),
  longTransactions: z.array(
    z.object({
      pid: z.number(),
      user: z.string().nullable(),
      application: z.string().nullable(),
      seconds: z.number(),
    }),
  ),
  preparedTransactions: z.number(),
  sinceCheckpointBytes: z.number().nullable(),
  checkpointRunning: z.boolean().nullable(),
  baseBackups: z.array(z.string()),
  currentLsn: z.string().nullable(),
});

/**
 * One look at one server (PostgreSQL 14 to 18) for a plan: who is connected, what a shutdown would wait for. Our own sessions and
 * Patroni's are not told. Needs `pg_monitor`; without it the failure says so, as the rest would read as "nobody".
 */
export function getServerFacts(
  access: PostgresAccess,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Result<ServerFacts>> {
  return askOnce(
    access,
    async (client) => {
      const raw = await readFacts(client, { name: "plan-server", text: SERVER_SQL }, serverSchema);
      if (!raw.ok) return raw;
      const { canRead, ...facts } = raw.value;
      if (!canRead)
        return needsMonitor({ version: 0, user: access.user, database: access.database, canListWal: false });
      await client.query(`SET statement_timeout = ${Math.min(SIZE_TIMEOUT_MS, Math.ceil(timeoutMs / 2))}`);
      const sizes = await readFacts(
        client,
        { name: "plan-size", text: SIZE_SQL },
        z.object({ bytes: z.number().nullable() }),
      ).catch(() => null);
      return ok({
        ...facts,
        currentLsn: facts.currentLsn as Lsn | null,
        databaseBytes: sizes?.ok ? sizes.value.bytes : null,
        clients: facts.clients.map((group) => ({
          ...group,
          application: plainText(group.application),
          user: plainText(group.user),
          database: plainText(group.database),
        })),
      });
    },
    timeoutMs,
    signal,
  );
}

/** Who waits for a backend, directly or not; `pg_blocking_pids` stops the lock manager, so it is asked of those who wait alone. */
const BACKEND_SQL = `
WITH RECURSIVE waits AS MATERIALIZED (
  SELECT a.pid, unnest(pg_blocking_pids(a.pid)) AS blocker FROM pg_stat_activity a WHERE a.wait_event_type = 'Lock'
), held AS (
  SELECT w.pid FROM waits w WHERE w.blocker = $1::int
  UNION
  SELECT w.pid FROM waits w JOIN held h ON w.blocker = h.pid
)
SELECT json_build_object(
  'canRead', ${CAN_READ_STATS},
  'backend', (SELECT json_build_object(
      'pid', a.pid, 'user', a.usename, 'database', a.datname, 'application', nullif(a.application_name, ''),
      'clientAddress', host(a.client_addr), 'backendType', a.backend_type, 'state', a.state,
      'queryStart', ${instantOf("a.query_start")}, 'transactionStart', ${instantOf("a.xact_start")},
      'query', a.query, 'backendStart', ${instantOf("a.backend_start")},
      'ours', ${OURS} OR a.pid = pg_backend_pid(),
      'superuser', (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = a.usesysid),
      'blocks', (SELECT coalesce(json_agg(h.pid ORDER BY h.pid), '[]') FROM held h WHERE h.pid <> a.pid))
    FROM pg_stat_activity a
    WHERE a.pid = $1::int
      AND date_trunc('milliseconds', a.backend_start) = date_trunc('milliseconds', $2::timestamptz))
) AS facts`;

const backendSchema = z.object({
  canRead: z.boolean(),
  backend: z
    .object({
      pid: z.number(),
      user: z.string().nullable(),
      database: z.string().nullable(),
      application: z.string().nullable(),
      clientAddress: z.string().nullable(),
      backendType: z.string().nullable(),
      state: z.string().nullable(),
      queryStart: z.string().nullable(),
      transactionStart: z.string().nullable(),
      query: z.string().nullable(),
      backendStart: z.string(),
      ours: z.boolean().nullable(),
      superuser: z.boolean().nullable(),
      blocks: z.array(z.number()),
    })
    .nullable(),
});
type RawBackend = NonNullable<z.output<typeof backendSchema>["backend"]>;

/** One backend of one server, told apart from a later one of its number by its start; null when it has ended. Needs `pg_monitor`. */
export function getBackendFacts(
  access: PostgresAccess,
  member: MemberName,
  { pid, backendStart }: BackendId,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Result<BackendFacts | null>> {
  return askOnce<BackendFacts | null>(
    access,
    async (client) => {
      const query = { name: "plan-backend", text: BACKEND_SQL, values: [pid, backendStart] };
      const raw = await readFacts(client, query, backendSchema);
      if (!raw.ok) return raw;
      const { canRead, backend } = raw.value;
      if (!canRead)
        return needsMonitor({ version: 0, user: access.user, database: access.database, canListWal: false });
      return ok(backend && toBackend(member, backend));
    },
    timeoutMs,
    signal,
  );
}

function toBackend(member: MemberName, raw: RawBackend): BackendFacts {
  const shown = (text: string | null) => (text === null ? null : plainText(text));
  return {
    ...raw,
    member,
    user: shown(raw.user),
    database: shown(raw.database),
    application: shown(raw.application),
    backendType: raw.backendType ?? "unknown",
    queryStart: raw.queryStart as Instant | null,
    transactionStart: raw.transactionStart as Instant | null,
    query: raw.query === null || raw.query === "" ? null : shownQuery(raw.query).text,
    backendStart: raw.backendStart as Instant,
    ours: raw.ours === true,
  };
}
