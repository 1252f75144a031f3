import { z } from "zod";
import { replicationSchema } from "@/lib/contract/inspect/replication";
import type { ReplicationFacts } from "@/lib/domain/inspect/replication";
import { ok } from "@/lib/domain/observation";
import type { InspectLook } from "./connection";
import { CAN_READ_STATS, needsMonitor, readFacts } from "./facts";

const behind = (column: string) => `greatest(0, pg_wal_lsn_diff(me.lsn, ${column}))`;
const since = (column: string) =>
  `CASE WHEN ${column} IS NOT NULL THEN greatest(0, extract(epoch FROM clock_timestamp() - ${column}))::float8 END`;

/**
 * Columns that came after PostgreSQL 14 (`conflicting` 16, `invalidation_reason` and `inactive_since` 17) are read by name off the
 * row as JSON, which has null for what a server does not know.
 */
const SQL = `
WITH me AS MATERIALIZED (
  SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn
)
SELECT json_build_object(
  'canRead', ${CAN_READ_STATS},
  'inRecovery', pg_is_in_recovery(),
  'lsn', me.lsn::text,
  'senders', (SELECT coalesce(json_agg(json_build_object(
      'pid', r.pid, 'application', r.application_name, 'user', r.usename, 'client', host(r.client_addr),
      'state', r.state, 'syncState', r.sync_state,
      'connectedSeconds', ${since("r.backend_start")},
      'unsentBytes', ${behind("r.sent_lsn")}, 'writeBytes', ${behind("r.write_lsn")},
      'flushBytes', ${behind("r.flush_lsn")}, 'replayBytes', ${behind("r.replay_lsn")},
      'replaySeconds', CASE WHEN r.replay_lag IS NOT NULL THEN greatest(0, extract(epoch FROM r.replay_lag))::float8
        WHEN r.replay_lsn >= me.lsn THEN 0 END,
      'replySeconds', ${since("r.reply_time")},
      'xminAge', age(r.backend_xmin),
      'slot', s.slot_name
    ) ORDER BY r.application_name, r.pid), '[]')
    FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid),
  'receiver', (SELECT json_build_object(
      'status', w.status, 'senderHost', w.sender_host, 'senderPort', w.sender_port, 'slot', w.slot_name,
      'timeline', w.received_tli, 'writtenLsn', w.written_lsn::text, 'flushedLsn', w.flushed_lsn::text,
      'latestEndLsn', w.latest_end_lsn::text, 'lastMessageSeconds', ${since("w.last_msg_receipt_time")})
    FROM pg_stat_wal_receiver w),
  'replay', CASE WHEN pg_is_in_recovery() THEN json_build_object(
      'receivedLsn', pg_last_wal_receive_lsn()::text, 'replayedLsn', pg_last_wal_replay_lsn()::text,
      'paused', CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END,
      'lastTransactionSeconds', ${since("pg_last_xact_replay_timestamp()")}) END,
  'slots', (SELECT coalesce(json_agg(json_build_object(
      'name', s.slot_name, 'type', s.slot_type, 'plugin', s.plugin, 'database', s.database, 'temporary', s.temporary,
      'active', s.active, 'activePid', s.active_pid, 'walStatus', s.wal_status,
      'retainedBytes', ${behind("s.restart_lsn")}, 'safeWalBytes', s.safe_wal_size,
      'xminAge', age(s.xmin), 'catalogXminAge', age(s.catalog_xmin),
      'conflicting', to_jsonb(s) -> 'conflicting',
      'invalidationReason', to_jsonb(s) -> 'invalidation_reason',
      'inactiveSeconds', ${since("(to_jsonb(s) ->> 'inactive_since')::timestamptz")}
    ) ORDER BY s.slot_name), '[]') FROM pg_replication_slots s),
  'conflicts', CASE WHEN pg_is_in_recovery() THEN (SELECT coalesce(json_agg(json_build_object(
      'database', c.datname, 'tablespace', c.confl_tablespace, 'lock', c.confl_lock, 'snapshot', c.confl_snapshot,
      'bufferPin', c.confl_bufferpin, 'deadlock', c.confl_deadlock) ORDER BY c.datname), '[]')
    FROM pg_stat_database_conflicts c) ELSE '[]' END
) AS facts FROM me`;

const rawSchema = replicationSchema.extend({ canRead: z.boolean() });

/** Senders, receiver, slots and replay conflicts. Needs `pg_monitor`. */
export const lookReplication: InspectLook<ReplicationFacts> = async (client, server) => {
  const raw = await readFacts(client, { name: "replication", text: SQL }, rawSchema);
  if (!raw.ok) return raw;
  const { canRead, ...facts } = raw.value;
  return canRead ? ok(facts) : needsMonitor(server);
};
