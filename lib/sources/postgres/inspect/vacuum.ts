import { vacuumSchema } from "@/lib/contract/inspect/server";
import type { VacuumFacts } from "@/lib/domain/inspect/server";
import type { InspectLook } from "./connection";
import { readFacts } from "./facts";

const HOLDERS_MAX = 20;

/** Columns that came with 17 (`indexes_total`, `indexes_processed`) are read by name off the row as JSON. */
const SQL = `
SELECT json_build_object(
  'inRecovery', pg_is_in_recovery(),
  'autovacuum', current_setting('autovacuum')::bool,
  'maxWorkers', current_setting('autovacuum_max_workers')::int,
  'running', (SELECT coalesce(json_agg(json_build_object(
      'pid', p.pid, 'database', p.datname,
      'relation', CASE WHEN p.datname = current_database() THEN p.relid::regclass::text ELSE p.relid::text END,
      'phase', coalesce(p.phase, '?'),
      'auto', coalesce(a.backend_type = 'autovacuum worker', false),
      'againstWraparound', coalesce(a.query LIKE '%(to prevent wraparound)%', false),
      'seconds', greatest(0, extract(epoch FROM clock_timestamp() - a.xact_start))::float8,
      'blocksTotal', coalesce(p.heap_blks_total, 0), 'blocksScanned', coalesce(p.heap_blks_scanned, 0),
      'blocksVacuumed', coalesce(p.heap_blks_vacuumed, 0), 'indexRounds', coalesce(p.index_vacuum_count, 0),
      'indexesTotal', to_jsonb(p) -> 'indexes_total', 'indexesProcessed', to_jsonb(p) -> 'indexes_processed'
    ) ORDER BY a.xact_start NULLS LAST, p.pid), '[]')
    FROM pg_stat_progress_vacuum p LEFT JOIN pg_stat_activity a ON a.pid = p.pid),
  'holders', (SELECT coalesce(json_agg(h ORDER BY h."xidAge" DESC, h.name), '[]') FROM (
    SELECT * FROM (
      SELECT 'session' AS kind, coalesce(nullif(a.application_name, ''), a.usename::text, a.backend_type, '?') AS name, a.pid,
        age(a.backend_xmin) AS "xidAge"
      FROM pg_stat_activity a
      WHERE a.backend_xmin IS NOT NULL AND a.pid <> pg_backend_pid() AND a.backend_type <> 'walsender'
      UNION ALL SELECT 'sender', r.application_name, r.pid, age(r.backend_xmin)
        FROM pg_stat_replication r WHERE r.backend_xmin IS NOT NULL
      UNION ALL SELECT 'slot', s.slot_name::text, s.active_pid, age(s.xmin) FROM pg_replication_slots s WHERE s.xmin IS NOT NULL
      UNION ALL SELECT 'slot-catalog', s.slot_name::text, s.active_pid, age(s.catalog_xmin)
        FROM pg_replication_slots s WHERE s.catalog_xmin IS NOT NULL
      UNION ALL SELECT 'prepared', x.gid, NULL, age(x.transaction) FROM pg_prepared_xacts x
    ) every_holder ORDER BY "xidAge" DESC, name LIMIT ${HOLDERS_MAX}) h)
) AS facts`;

/** Running vacuums, and what keeps them from removing anything. */
export const lookVacuum: InspectLook<VacuumFacts> = (client) =>
  readFacts(client, { name: "vacuum", text: SQL }, vacuumSchema);
