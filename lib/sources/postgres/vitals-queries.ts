/**
 * The SQL of the slow look. The views change between PostgreSQL 14 and 18; the columns are chosen by the server's version, never by
 * trying. Cheap on purpose: every view is read once, settings are asked for by name (`pg_settings` builds them all), and nothing
 * touches a table, a file or a lock of the database's users.
 */

const TIME = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const utc = (value: string) => `to_char(${value} AT TIME ZONE 'UTC', ${TIME})`;

/** 17 moved the checkpoints' counters, and counts a standby's restartpoints apart; before, both were one. */
const CHECKPOINTER_SINCE = 170_000;

const checkpoints = (version: number) =>
  version >= CHECKPOINTER_SINCE
    ? `SELECT json_build_object('timed', c.num_timed + c.restartpoints_timed,
        'requested', c.num_requested + c.restartpoints_req, 'resetAt', c.stats_reset::text)
      FROM pg_stat_checkpointer c`
    : `SELECT json_build_object('timed', c.checkpoints_timed, 'requested', c.checkpoints_req, 'resetAt', c.stats_reset::text)
      FROM pg_stat_bgwriter c`;

/** What members of a cluster should have in common. A release that does not know one answers NULL. */
export const SHARED_SETTINGS = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
  "max_replication_slots",
  "wal_level",
  "wal_log_hints",
  "track_commit_timestamp",
  "shared_buffers",
  "archive_mode",
  "data_checksums",
] as const;
const settings = SHARED_SETTINGS.map((name) => `'${name}', current_setting('${name}', true)`).join(",\n    ");

const note = (since: string) =>
  `json_build_object('pid', a.pid, 'user', pg_get_userbyid(a.usesysid), 'application', a.application_name,
      'seconds', extract(epoch FROM clock_timestamp() - ${since})::float8)`;

/**
 * One statement, one row, one JSON value. `archive_library` is there since 15, `reserved_connections` since 16. Our own session counts
 * as idle. The reset key changes with the newest reset and with the number of databases: a sum over a set that changed
 * tells nothing. Locks are read only while somebody waits for one: reading them holds up everybody for a moment. Whether the
 * function that tells the space on disks may be asked is looked up in the catalogue, because asking for its name fails without USAGE.
 */
export const vitalsSql = (version: number): string => `
WITH me AS MATERIALIZED (
  SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS can_read
), a AS MATERIALIZED (
  SELECT g.pid, g.usesysid, g.application_name, g.state, g.wait_event_type, g.xact_start, g.state_change,
    g.pid = pg_backend_pid() AS own
  FROM me, pg_stat_get_activity(NULL) g WHERE me.can_read AND g.backend_type = 'client backend'
)
SELECT json_build_object(
  'inRecovery', pg_is_in_recovery(),
  'postmasterStartTime',
    to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00:00',
  'serverTime', ${utc("clock_timestamp()")},
  'mayListArchive', has_function_privilege('pg_ls_archive_statusdir()', 'EXECUTE'),
  'mayAskDisk', EXISTS (
    SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.proname = 'disk_space' AND p.pronargs = 0 AND n.nspname = 'matriarch'
      AND has_schema_privilege(n.oid, 'USAGE') AND has_function_privilege(p.oid, 'EXECUTE')),
  'activity', CASE WHEN me.can_read THEN (
    SELECT json_build_object(
      'active', count(*) FILTER (WHERE a.state = 'active' AND a.wait_event_type IS DISTINCT FROM 'Lock' AND NOT a.own),
      'waiting', count(*) FILTER (WHERE a.state = 'active' AND a.wait_event_type = 'Lock' AND NOT a.own),
      'idle', count(*) FILTER (WHERE a.state = 'idle' OR a.own),
      'idleInTransaction', count(*) FILTER (WHERE a.state LIKE 'idle in transaction%'),
      'all', count(*),
      'oldestTransactionSeconds',
        extract(epoch FROM clock_timestamp() - min(a.xact_start) FILTER (WHERE NOT a.own))::float8)
    FROM a) END,
  'longestTransaction', (
    SELECT ${note("a.xact_start")}
    FROM a WHERE a.xact_start IS NOT NULL AND NOT a.own ORDER BY a.xact_start LIMIT 1),
  'longestIdleInTransaction', (
    SELECT ${note("a.state_change")}
    FROM a WHERE a.state LIKE 'idle in transaction%' AND a.state_change IS NOT NULL ORDER BY a.state_change LIMIT 1),
  'lockWaits', CASE WHEN EXISTS (SELECT FROM a WHERE a.state = 'active' AND a.wait_event_type = 'Lock') THEN (
    SELECT json_build_object('sessions', count(DISTINCT l.pid),
      'longestSeconds', extract(epoch FROM clock_timestamp() - min(l.waitstart))::float8)
    FROM pg_lock_status() l WHERE NOT l.granted AND l.waitstart IS NOT NULL AND l.pid IN (SELECT a.pid FROM a)
    HAVING count(*) > 0) END,
  'maxConnections', current_setting('max_connections')::int,
  'reservedConnections', current_setting('superuser_reserved_connections')::int
    + coalesce(current_setting('reserved_connections', true)::int, 0),
  'databases', (
    SELECT json_build_object(
      'resetKey', coalesce(max(d.stats_reset)::text, '') || '/' || count(*),
      'commits', sum(d.xact_commit),
      'rollbacks', sum(d.xact_rollback),
      'blocksHit', sum(d.blks_hit),
      'blocksRead', sum(d.blks_read),
      'deadlocks', sum(d.deadlocks),
      'conflicts', sum(d.conflicts),
      'tempBytes', sum(d.temp_bytes),
      'checksumFailures', sum(d.checksum_failures),
      'checksumLastFailureAt', ${utc("max(d.checksum_last_failure)")})
    FROM pg_stat_database d),
  'checkpoints', (${checkpoints(version)}),
  'archiver', (
    SELECT json_build_object(
      'mode', current_setting('archive_mode'),
      'configured', current_setting('archive_command') NOT IN ('', '(disabled)')
        OR coalesce(current_setting('archive_library', true), '') <> '',
      'archivedCount', r.archived_count,
      'lastArchivedWal', r.last_archived_wal,
      'lastArchivedAt', ${utc("r.last_archived_time")},
      'failedCount', r.failed_count,
      'lastFailedWal', r.last_failed_wal,
      'lastFailedAt', ${utc("r.last_failed_time")},
      'resetAt', r.stats_reset::text)
    FROM pg_stat_archiver r),
  'transactionIdAge', (SELECT max(age(b.datfrozenxid)) FROM pg_database b WHERE b.datallowconn),
  'oldestDatabase', (SELECT b.datname FROM pg_database b WHERE b.datallowconn ORDER BY age(b.datfrozenxid) DESC LIMIT 1),
  'multixactAge', (SELECT max(mxid_age(b.datminmxid)) FROM pg_database b WHERE b.datallowconn),
  'configuredAt', pg_conf_load_time()::text,
  'settings', json_build_object(
    ${settings},
    'shared_preload_libraries', CASE WHEN pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
      THEN current_setting('shared_preload_libraries') END)
) AS vitals
FROM me`;

/**
 * Sent as one simple query, which makes the limit last for it alone: a directory with very many files takes long to list.
 * `SELECT` is the last of its results.
 */
export const backlogSql = (timeoutMs: number): string => `
SET LOCAL statement_timeout = ${Math.floor(timeoutMs)};
SELECT count(*)::int AS files,
  extract(epoch FROM clock_timestamp() - min(f.modification))::float8 AS age,
  ${utc("clock_timestamp()")} AS at
FROM pg_ls_archive_statusdir() f WHERE f.name LIKE '%.ready'`;

/** As {@link backlogSql}: the function runs a program of the server's host. */
export const diskSql = (timeoutMs: number): string => `
SET LOCAL statement_timeout = ${Math.floor(timeoutMs)};
SELECT matriarch.disk_space() AS said, ${utc("clock_timestamp()")} AS at`;

/** The databases whose sizes are measured, one by one. */
export const DATABASES_SQL =
  "SELECT oid::text AS oid, datname AS name FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname";

/** As {@link backlogSql}: the size of a database is a `stat` of each of its files. Null when it was dropped meanwhile. */
export const sizeSql = (oid: string, timeoutMs: number): string => `
SET LOCAL statement_timeout = ${Math.floor(timeoutMs)};
SELECT pg_database_size(${BigInt(oid)}::oid)::text AS bytes`;
