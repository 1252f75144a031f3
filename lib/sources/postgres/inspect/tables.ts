import { tablesSchema } from "@/lib/contract/inspect/tables";
import type { TablesFacts } from "@/lib/domain/inspect/tables";
import type { InspectLook } from "./connection";
import { readFacts } from "./facts";

/** Tables whose true size is counted: more than are told, since the estimate that picks them is as old as the last vacuum. */
const SIZED_MAX = 400;
const TABLES_MAX = 100;

/**
 * Candidates are picked by what is at hand without opening a table: pages at the last vacuum, rows counted since, dead rows. Counting a
 * size opens the table and waits for whoever locked it exclusively, so such tables are told without one.
 */
const SQL = `
WITH t AS MATERIALIZED (
  SELECT s.*, c.relfrozenxid, c.reltoastrelid,
    greatest(c.relpages, 0)::float8 + coalesce((SELECT sum(i.relpages) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
      WHERE x.indrelid = c.oid), 0)::float8 + coalesce((SELECT o.relpages FROM pg_class o WHERE o.oid = c.reltoastrelid), 0)
      + s.n_live_tup / 100.0 AS weight
  FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
), candidates AS MATERIALIZED (
  SELECT * FROM t WHERE t.relid IN (SELECT a.relid FROM t a ORDER BY a.weight DESC, a.relid LIMIT ${SIZED_MAX})
    OR t.relid IN (SELECT b.relid FROM t b WHERE b.n_dead_tup > 0 ORDER BY b.n_dead_tup DESC, b.relid LIMIT ${TABLES_MAX / 2})
), locked AS MATERIALIZED (
  SELECT DISTINCT l.relation FROM pg_locks l
  WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL
    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
), sized AS MATERIALIZED (
  SELECT k.*,
    CASE WHEN k.relid NOT IN (SELECT relation FROM locked) THEN pg_total_relation_size(k.relid) END AS total_bytes,
    CASE WHEN k.relid NOT IN (SELECT relation FROM locked) THEN pg_table_size(k.relid) END AS table_bytes
  FROM candidates k
), ranked AS (
  SELECT z.*, row_number() OVER (ORDER BY z.total_bytes DESC NULLS FIRST, z.relid) AS by_size,
    row_number() OVER (ORDER BY z.n_dead_tup DESC, z.relid) AS by_dead
  FROM sized z
), told AS (
  SELECT * FROM ranked ORDER BY least(by_size, by_dead * 2) LIMIT ${TABLES_MAX}
)
SELECT json_build_object(
  'database', current_database(),
  'total', (SELECT count(*) FROM t),
  'limit', ${TABLES_MAX},
  'tables', (SELECT coalesce(json_agg(json_build_object(
    'schema', r.schemaname, 'name', r.relname, 'totalBytes', r.total_bytes, 'tableBytes', r.table_bytes,
    'liveRows', r.n_live_tup, 'deadRows', r.n_dead_tup, 'modifiedSinceAnalyze', r.n_mod_since_analyze,
    'insertedSinceVacuum', r.n_ins_since_vacuum, 'sequentialScans', r.seq_scan, 'indexScans', r.idx_scan,
    'xidAge', CASE WHEN r.relfrozenxid <> '0'::xid THEN age(r.relfrozenxid) END,
    'lastVacuum', ${instant("r.last_vacuum")}, 'lastAutovacuum', ${instant("r.last_autovacuum")},
    'lastAnalyze', ${instant("r.last_analyze")}, 'lastAutoanalyze', ${instant("r.last_autoanalyze")}
  ) ORDER BY r.by_size), '[]') FROM told r)
) AS facts`;

function instant(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The largest tables of the database that the connection is to, and those with the most dead rows. Needs no privilege. */
export const lookTables: InspectLook<TablesFacts> = (client) =>
  readFacts(client, { name: "tables", text: SQL }, tablesSchema);
