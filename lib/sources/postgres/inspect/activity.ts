import { z } from "zod";
import { activitySchema, sessionSchema } from "@/lib/contract/inspect/activity";
import { type ActivityFacts, type SessionState, sessionState } from "@/lib/domain/inspect/activity";
import { plainText, QUERY_CHARS_MAX, shownQuery } from "@/lib/domain/inspect/query-text";
import { ok } from "@/lib/domain/observation";
import type { InspectLook } from "./connection";
import { CAN_READ_STATS, needsMonitor, readFacts } from "./facts";

/** Sessions that are told one by one; of more, those that hold others up, wait, or are old come first. */
const SESSIONS_MAX = 200;
const GROUPS_MAX = 50;

const seconds = (column: string) =>
  `CASE WHEN ${column} IS NOT NULL THEN greatest(0, extract(epoch FROM clock_timestamp() - ${column}))::float8 END`;

const groups = (column: string) => `(SELECT coalesce(json_agg(g), '[]') FROM (
    SELECT c.${column}::text AS name, count(*) AS count, count(*) FILTER (WHERE c.state = 'active') AS active,
      count(*) FILTER (WHERE c.state LIKE 'idle in transaction%') AS "idleInTransaction"
    FROM clients c GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${GROUPS_MAX}) g)`;

/**
 * `pg_blocking_pids` stops the lock manager for a moment, so it is called for sessions only that wait for a lock; the list of locks
 * is read only when there is such a one.
 */
const SQL = `
WITH s AS MATERIALIZED (
  SELECT a.*, CASE WHEN a.wait_event_type = 'Lock' THEN pg_blocking_pids(a.pid) ELSE '{}'::int[] END AS blockers
  FROM pg_stat_activity a
  WHERE a.datid IS NOT NULL OR a.backend_type = 'walsender'
), clients AS MATERIALIZED (
  SELECT * FROM s WHERE s.backend_type = 'client backend'
), blocking AS MATERIALIZED (
  SELECT DISTINCT unnest(s.blockers) AS pid FROM s
), awaited AS MATERIALIZED (
  SELECT DISTINCT ON (l.pid) l.pid, l.locktype, l.mode,
    CASE WHEN l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
      THEN l.relation::regclass::text ELSE l.relation::text END AS relation
  FROM pg_locks l WHERE NOT l.granted AND EXISTS (SELECT 1 FROM s WHERE s.wait_event_type = 'Lock')
), shown AS (
  SELECT s.*, row_number() OVER (ORDER BY
    (s.pid IN (SELECT b.pid FROM blocking b)) DESC, cardinality(s.blockers) > 0 DESC, s.xact_start NULLS LAST,
    s.state = 'active' DESC NULLS LAST, s.state_change DESC NULLS LAST, s.pid) AS place
  FROM s
)
SELECT json_build_object(
  'canRead', ${CAN_READ_STATS},
  'maxConnections', current_setting('max_connections')::int,
  'clients', (SELECT count(*) FROM clients),
  'states', (SELECT coalesce(json_agg(g), '[]') FROM (
    SELECT c.state, count(*) AS count FROM clients c GROUP BY 1 ORDER BY 2 DESC, 1) g),
  'applications', ${groups("application_name")},
  'users', ${groups("usename")},
  'databases', ${groups("datname")},
  'waits', (SELECT coalesce(json_agg(g), '[]') FROM (
    SELECT nullif(concat_ws(': ', c.wait_event_type, c.wait_event), '') AS name, count(*) AS count
    FROM clients c WHERE c.state = 'active' AND c.pid <> pg_backend_pid() GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${GROUPS_MAX}) g),
  'sessionsTotal', (SELECT count(*) FROM s),
  'sessions', (SELECT coalesce(json_agg(json_build_object(
      'pid', v.pid, 'database', v.datname, 'user', v.usename, 'application', nullif(v.application_name, ''),
      'client', host(v.client_addr), 'kind', v.backend_type, 'state', v.state,
      'waitType', v.wait_event_type, 'waitEvent', v.wait_event,
      'connectedSeconds', ${seconds("v.backend_start")},
      'backendStart', to_char(v.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'transactionSeconds', ${seconds("v.xact_start")},
      'querySeconds', ${seconds("v.query_start")},
      'stateSeconds', ${seconds("v.state_change")},
      'hasXid', v.backend_xid IS NOT NULL,
      'xminAge', age(v.backend_xmin),
      'queryId', v.query_id::text,
      'query', left(v.query, ${2 * QUERY_CHARS_MAX + 1}),
      'blockedBy', v.blockers,
      'waitsFor', CASE WHEN w.pid IS NOT NULL THEN
        json_build_object('type', w.locktype, 'mode', w.mode, 'relation', w.relation) END,
      'own', v.application_name LIKE 'matriarch%' AND v.usename = current_user
    ) ORDER BY v.place), '[]')
    FROM shown v LEFT JOIN awaited w ON w.pid = v.pid WHERE v.place <= ${SESSIONS_MAX}),
  'prepared', (SELECT coalesce(json_agg(json_build_object(
      'gid', p.gid, 'owner', p.owner, 'database', p.database,
      'ageSeconds', greatest(0, extract(epoch FROM clock_timestamp() - p.prepared))::float8,
      'xidAge', age(p.transaction),
      'locks', (SELECT count(*) FROM pg_locks l WHERE l.virtualtransaction = '-1/' || p.transaction::text)
    ) ORDER BY p.prepared), '[]') FROM pg_prepared_xacts p)
) AS facts`;

const rawSchema = activitySchema.omit({ states: true, sessions: true }).extend({
  canRead: z.boolean(),
  states: z.array(z.object({ state: z.string().nullable(), count: z.number() })),
  sessions: z.array(
    sessionSchema
      .omit({ state: true, queryCut: true, own: true })
      .extend({ state: z.string().nullable(), own: z.boolean().nullable() }),
  ),
});
export type RawActivity = z.output<typeof rawSchema>;

/** Sessions, who blocks whom, and prepared transactions. Needs `pg_monitor`. */
export const lookActivity: InspectLook<ActivityFacts> = async (client, server) => {
  const raw = await readFacts(client, { name: "activity", text: SQL }, rawSchema);
  if (!raw.ok) return raw;
  return raw.value.canRead ? ok(toActivity(raw.value)) : needsMonitor(server);
};

const shown = (text: string | null) => (text === null ? null : plainText(text));

export function toActivity({ canRead: _canRead, ...raw }: RawActivity): ActivityFacts {
  const named = <T extends { readonly name: string | null }>(all: readonly T[]): T[] =>
    all.map((one) => ({ ...one, name: one.name === "" ? null : shown(one.name) }));
  return {
    ...raw,
    applications: named(raw.applications),
    users: named(raw.users),
    databases: named(raw.databases),
    states: statesOf(raw.states),
    prepared: raw.prepared.map((one) => ({ ...one, gid: plainText(one.gid) })),
    sessions: raw.sessions.map((session) => {
      const query = session.query === null ? null : shownQuery(session.query);
      return {
        ...session,
        application: shown(session.application),
        user: shown(session.user),
        database: shown(session.database),
        state: sessionState(session.state),
        query: query === null || query.text === "" ? null : query.text,
        queryCut: query?.cut ?? false,
        own: session.own === true,
      };
    }),
  };
}

/** Two words that we do not know are one state of ours. */
function statesOf(raw: RawActivity["states"]): ActivityFacts["states"] {
  const counts = new Map<SessionState, number>();
  for (const { state, count } of raw) counts.set(sessionState(state), (counts.get(sessionState(state)) ?? 0) + count);
  return [...counts].map(([state, count]) => ({ state, count }));
}
