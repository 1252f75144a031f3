/**
 * The SQL that we send to a member. The columns used are the same in PostgreSQL 14 to 18; an older server that lacks one
 * answers 42703 or 42883, which the client reports as `unsupported`.
 */

/**
 * Sent once per connection, as one simple query. First the server's version and how `default_transaction_read_only` came to be
 * what it is for our own session, because a value set for our role or our database hides the server's; then our own guard. The
 * guard is set in the session and not at startup, since a startup option also overwrites `reset_val`, from which the
 * server's own value is read.
 */
export const PREPARE_SESSION = `
SELECT source, current_setting('server_version_num')::int AS version
FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only';
SET default_transaction_read_only = on`;

/**
 * One look, one statement, one row, one JSON value. `$1` is the `configuredAt` of the look before: `pg_settings` builds
 * every setting before it filters, which is more than half of a look, and the server's default changes only when our
 * session loads the configuration again. Every function that exists on one side of recovery only is called
 * inside a CASE, because the role may change between two statements. LSNs travel as text, sizes as bytes, times as seconds.
 *
 * - The timeline of a standby is what its WAL receiver gets. Without one it is not told: the control file knows only the last restart
 *   point's and the minimum recovery point's, which trailed by three timelines in a cluster that failed over often.
 * - `pg_read_all_stats` is the part of `pg_monitor` that uncovers senders and receiver.
 * - `flush_lag` and `replay_lag` go back to NULL shortly after activity stops: NULL on a sender that has replayed everything is 0,
 *   NULL on one that is behind is unknown.
 * - A standby's delay is 0 only while it streams and has replayed all that it was sent; otherwise it is the age of the last
 *   replayed transaction, which grows on an idle primary.
 */
export const LOOK_SQL = `
WITH me AS MATERIALIZED (
  SELECT pg_is_in_recovery() AS standby,
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn,
    pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS can_read
), receiver AS MATERIALIZED (
  SELECT w.* FROM me, pg_stat_wal_receiver w WHERE me.can_read
)
SELECT json_build_object(
  'inRecovery', me.standby,
  'configuredAt', pg_conf_load_time()::text,
  'readOnlyDefault', CASE WHEN pg_conf_load_time()::text IS DISTINCT FROM $1
    THEN (SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only') END,
  'serverVersion', current_setting('server_version_num')::int,
  'postmasterStartTime',
    to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00:00',
  'systemId', (SELECT system_identifier::text FROM pg_control_system()),
  'timeline', CASE WHEN me.standby
    THEN (SELECT received_tli FROM receiver)
    ELSE ('x' || left(pg_walfile_name(me.lsn), 8))::bit(32)::bigint END,
  'lsn', me.lsn::text,
  'receivedLsn', CASE WHEN me.standby THEN pg_last_wal_receive_lsn()::text END,
  'replayedLsn', CASE WHEN me.standby THEN me.lsn::text END,
  'replayPaused', CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END,
  'replayDelaySeconds', CASE
    WHEN NOT me.standby OR NOT me.can_read THEN NULL
    WHEN (SELECT w.status = 'streaming' AND me.lsn >= w.latest_end_lsn FROM receiver w) THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 END,
  'senders', CASE WHEN me.can_read THEN (
    SELECT coalesce(json_agg(json_build_object(
      'pid', r.pid,
      'applicationName', r.application_name,
      'clientAddress', host(r.client_addr),
      'state', r.state,
      'syncState', r.sync_state,
      'sentLsn', r.sent_lsn::text,
      'flushLsn', r.flush_lsn::text,
      'replayLsn', r.replay_lsn::text,
      'unsentBytes', pg_wal_lsn_diff(me.lsn, r.sent_lsn),
      'flushLagBytes', pg_wal_lsn_diff(me.lsn, r.flush_lsn),
      'replayLagBytes', pg_wal_lsn_diff(me.lsn, r.replay_lsn),
      'flushLagSeconds', CASE WHEN r.flush_lag IS NOT NULL THEN extract(epoch FROM r.flush_lag)::float8
        WHEN r.flush_lsn >= me.lsn THEN 0 END,
      'replayLagSeconds', CASE WHEN r.replay_lag IS NOT NULL THEN extract(epoch FROM r.replay_lag)::float8
        WHEN r.replay_lsn >= me.lsn THEN 0 END,
      'replyAgeSeconds', extract(epoch FROM clock_timestamp() - r.reply_time)::float8,
      'slotName', s.slot_name,
      'slotType', s.slot_type
    ) ORDER BY r.application_name, r.pid), '[]')
    FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid) ELSE '[]' END,
  'slots', (
    SELECT coalesce(json_agg(json_build_object(
      'name', s.slot_name,
      'type', s.slot_type,
      'database', s.database,
      'active', s.active,
      'walStatus', s.wal_status,
      'retainedBytes', pg_wal_lsn_diff(me.lsn, s.restart_lsn),
      'safeWalBytes', s.safe_wal_size
    ) ORDER BY s.slot_name), '[]')
    FROM pg_replication_slots s),
  'receiver', (
    SELECT json_build_object(
      'status', w.status,
      'senderHost', w.sender_host,
      'senderPort', w.sender_port,
      'slotName', w.slot_name,
      'receivedTimeline', w.received_tli,
      'latestEndLsn', w.latest_end_lsn::text,
      'lastMessageAgeSeconds', extract(epoch FROM clock_timestamp() - w.last_msg_receipt_time)::float8)
    FROM receiver w),
  'canReadReplication', me.can_read,
  'connections', CASE WHEN me.can_read THEN (
    SELECT count(*) FROM pg_stat_get_activity(NULL) a WHERE a.backend_type = 'client backend') END,
  'maxConnections', current_setting('max_connections')::int
) AS facts
FROM me`;
