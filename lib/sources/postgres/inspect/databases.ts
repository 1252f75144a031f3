import { databasesSchema, sizesSchema } from "@/lib/contract/inspect/server";
import type { DatabasesFacts, SizesFacts } from "@/lib/domain/inspect/server";
import type { InspectLook } from "./connection";
import { CAN_READ_STATS, readFacts } from "./facts";

const DATABASES_SQL = `
SELECT json_build_object(
  'freezeMaxAge', current_setting('autovacuum_freeze_max_age')::bigint,
  'multixactFreezeMaxAge', current_setting('autovacuum_multixact_freeze_max_age')::bigint,
  'databases', coalesce(json_agg(json_build_object(
    'name', d.datname, 'allowsConnections', d.datallowconn, 'connections', s.numbackends,
    'commits', s.xact_commit, 'rollbacks', s.xact_rollback, 'blocksHit', s.blks_hit, 'blocksRead', s.blks_read,
    'deadlocks', s.deadlocks, 'conflicts', s.conflicts, 'tempFiles', s.temp_files, 'tempBytes', s.temp_bytes,
    'checksumFailures', s.checksum_failures,
    'xidAge', age(d.datfrozenxid), 'multixactAge', mxid_age(d.datminmxid),
    'resetAt', to_char(s.stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY d.datname), '[]')
) AS facts
FROM pg_database d JOIN pg_stat_database s ON s.datid = d.oid`;

/** A size is counted file by file; of a database that our role may not enter it is refused, and told as unknown here. */
const SIZES_SQL = `
SELECT json_build_object('databases', coalesce(json_agg(json_build_object('name', d.datname, 'bytes',
  CASE WHEN ${CAN_READ_STATS} OR has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid) END
) ORDER BY d.datname), '[]')) AS facts
FROM pg_database d`;

/** Counters and the age of transaction ids, a row a database. Needs no privilege. */
export const lookDatabases: InspectLook<DatabasesFacts> = (client) =>
  readFacts(client, { name: "databases", text: DATABASES_SQL }, databasesSchema);

export const lookSizes: InspectLook<SizesFacts> = (client) =>
  readFacts(client, { name: "sizes", text: SIZES_SQL }, sizesSchema);
