import type { Client } from "pg";
import { z } from "zod";
import { statementsSchema } from "@/lib/contract/inspect/tables";
import { plainText, QUERY_CHARS_MAX, shownQuery } from "@/lib/domain/inspect/query-text";
import type { StatementsFacts } from "@/lib/domain/inspect/statements";
import { fail, ok } from "@/lib/domain/observation";
import { codeOf } from "../failure";
import type { InspectLook } from "./connection";
import { CAN_READ_STATS, needsMonitor, quoteIdentifier, readFacts } from "./facts";

const STATEMENTS_MAX = 50;
/** What the library answers when it is not in `shared_preload_libraries`. */
const NOT_LOADED = "55000";

type Extension = { readonly version: string; readonly schema: string };

const EXTENSION_SQL = `SELECT e.extversion AS version, n.nspname::text AS schema
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'`;

/** The columns that all versions from 1.8 (PostgreSQL 13) on have; `pg_stat_statements_info` came with 1.9. */
const sqlFor = (schema: string, hasInfo: boolean) => `
WITH every AS MATERIALIZED (
  SELECT * FROM ${schema}.pg_stat_statements s
  WHERE $1::text IS NULL OR s.dbid = (SELECT d.oid FROM pg_database d WHERE d.datname = $1::text)
), top AS (
  SELECT * FROM every ORDER BY total_exec_time DESC LIMIT ${STATEMENTS_MAX}
), spent AS (
  SELECT nullif(sum(total_exec_time), 0) AS ms FROM every
)
SELECT json_build_object(
  'canRead', ${CAN_READ_STATS},
  'installed', true,
  'database', current_database(),
  'version', $2::text,
  'total', (SELECT count(*) FROM every),
  'limit', ${STATEMENTS_MAX},
  'resetAt', ${hasInfo ? `(SELECT to_char(i.stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM ${schema}.pg_stat_statements_info i)` : "NULL"},
  'dropped', ${hasInfo ? `(SELECT i.dealloc FROM ${schema}.pg_stat_statements_info i)` : "NULL"},
  'statements', (SELECT coalesce(json_agg(json_build_object(
    'queryId', t.queryid::text, 'user', pg_get_userbyid(t.userid),
    'database', (SELECT d.datname FROM pg_database d WHERE d.oid = t.dbid),
    'calls', t.calls, 'totalMs', t.total_exec_time, 'meanMs', t.mean_exec_time, 'maxMs', t.max_exec_time,
    'share', t.total_exec_time / (SELECT ms FROM spent), 'rows', t.rows,
    'blocksHit', t.shared_blks_hit, 'blocksRead', t.shared_blks_read, 'tempBlocksWritten', t.temp_blks_written,
    'walBytes', t.wal_bytes, 'query', left(t.query, ${2 * QUERY_CHARS_MAX + 1})
  ) ORDER BY t.total_exec_time DESC), '[]') FROM top t)
) AS facts`;

const [installedSchema] = statementsSchema.options;
const rawSchema = installedSchema.extend({
  canRead: z.boolean(),
  statements: z.array(installedSchema.shape.statements.element.omit({ queryCut: true })),
});

/** The statements that took the most time: of one database when `only` is named, else of all. Needs `pg_monitor`. */
export const lookStatements =
  (only: string | null): InspectLook<StatementsFacts> =>
  async (client, server) => {
    const missing = (why: "no-extension" | "not-loaded") =>
      ok<StatementsFacts>({ installed: false, database: server.database, why });
    const extension = await extensionOf(client);
    if (!extension) return missing("no-extension");
    const [major = 0, minor = 0] = extension.version.split(".").map(Number);
    if (major === 1 && minor < 8) {
      return fail("unsupported", `version ${extension.version}: ALTER EXTENSION pg_stat_statements UPDATE`);
    }
    const text = sqlFor(quoteIdentifier(extension.schema), major > 1 || minor >= 9);
    try {
      const raw = await readFacts(client, { name: "statements", text, values: [only, extension.version] }, rawSchema);
      if (!raw.ok) return raw;
      const { canRead, statements, ...facts } = raw.value;
      return canRead ? ok({ ...facts, statements: statements.map(toStatement) }) : needsMonitor(server);
    } catch (error) {
      if (codeOf(error) === NOT_LOADED) return missing("not-loaded");
      throw error;
    }
  };

async function extensionOf(client: Client): Promise<Extension | null> {
  const { rows } = await client.query<Extension>(EXTENSION_SQL);
  return rows[0] ?? null;
}

type Raw = z.output<typeof rawSchema>["statements"][number];

function toStatement(raw: Raw) {
  const query = raw.query === null ? null : shownQuery(raw.query);
  const user = raw.user === null ? null : plainText(raw.user);
  return { ...raw, user, query: query?.text ?? null, queryCut: query?.cut ?? false };
}
