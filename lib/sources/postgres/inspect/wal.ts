import { walSchema } from "@/lib/contract/inspect/server";
import type { WalFacts } from "@/lib/domain/inspect/server";
import type { InspectLook, InspectServer } from "./connection";
import { readFacts } from "./facts";

/** From here on checkpoints have a view of their own; before, they stand in `pg_stat_bgwriter`. */
const CHECKPOINTER_VERSION = 170_000;

const SETTINGS = [
  "archive_mode",
  "archive_timeout",
  "checkpoint_completion_target",
  "checkpoint_timeout",
  "full_page_writes",
  "max_wal_size",
  "min_wal_size",
  "synchronous_commit",
  "wal_compression",
  "wal_keep_size",
  "wal_level",
];

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const CHECKPOINTS_NEW = `SELECT json_build_object('timed', c.num_timed, 'requested', c.num_requested,
    'restartpoints', c.restartpoints_done, 'writeMs', c.write_time, 'syncMs', c.sync_time, 'buffers', c.buffers_written,
    'resetAt', ${instant("c.stats_reset")}) FROM pg_stat_checkpointer c`;
const CHECKPOINTS_OLD = `SELECT json_build_object('timed', c.checkpoints_timed, 'requested', c.checkpoints_req,
    'restartpoints', NULL, 'writeMs', c.checkpoint_write_time, 'syncMs', c.checkpoint_sync_time,
    'buffers', c.buffers_checkpoint, 'resetAt', ${instant("c.stats_reset")}) FROM pg_stat_bgwriter c`;

const FILES = `SELECT json_build_object('count', count(*), 'bytes', coalesce(sum(f.size), 0)) FROM pg_ls_waldir() f`;

/** The columns of `pg_stat_wal` that are the same in 14 to 18; `buffers_backend` is gone from 17 on. */
const sqlFor = ({ version, canListWal }: InspectServer) => `
SELECT json_build_object(
  'inRecovery', pg_is_in_recovery(),
  'lsn', me.lsn::text,
  'sinceRedoBytes', greatest(0, pg_wal_lsn_diff(me.lsn, k.redo_lsn)),
  'lastCheckpointSeconds', greatest(0, extract(epoch FROM clock_timestamp() - k.checkpoint_time))::float8,
  'wal', (SELECT json_build_object('records', w.wal_records, 'fullPageImages', w.wal_fpi, 'bytes', w.wal_bytes,
    'buffersFull', w.wal_buffers_full, 'resetAt', ${instant("w.stats_reset")}) FROM pg_stat_wal w),
  'checkpoints', (${version >= CHECKPOINTER_VERSION ? CHECKPOINTS_NEW : CHECKPOINTS_OLD}),
  'writer', (SELECT json_build_object('buffersClean', b.buffers_clean, 'maxWrittenClean', b.maxwritten_clean,
    'buffersAllocated', b.buffers_alloc, 'buffersBackend', to_jsonb(b) -> 'buffers_backend') FROM pg_stat_bgwriter b),
  'archiver', (SELECT json_build_object('mode', current_setting('archive_mode'),
    'archived', a.archived_count, 'lastArchived', a.last_archived_wal, 'lastArchivedAt', ${instant("a.last_archived_time")},
    'failed', a.failed_count, 'lastFailed', a.last_failed_wal, 'lastFailedAt', ${instant("a.last_failed_time")})
    FROM pg_stat_archiver a),
  'files', (${canListWal ? FILES : "SELECT NULL::json"}),
  'settings', (SELECT coalesce(json_agg(json_build_object('name', n, 'value', current_setting(n)) ORDER BY n), '[]')
    FROM unnest($1::text[]) n)
) AS facts
FROM (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn) me,
  pg_control_checkpoint() k`;

/** WAL, checkpoints, background writer and archiver. Needs no privilege but that of listing pg_wal, which `pg_monitor` has. */
export const lookWal: InspectLook<WalFacts> = (client, server) =>
  readFacts(client, { name: "wal", text: sqlFor(server), values: [SETTINGS] }, walSchema);
