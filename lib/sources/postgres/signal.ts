import { z } from "zod";
import type { Call } from "@/lib/domain/actions/call";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import { ok, type Result } from "@/lib/domain/observation";
import { answering } from "@/lib/sources/shared/call-answer";
import { failureText } from "@/lib/sources/shared/failure";
import { codeOf } from "./failure";
import { askOnce, OURS, type PostgresAccess } from "./once";

export type SignalCall = Extract<Call, { readonly system: "postgres" }>;

const FUNCTIONS = { cancel: "pg_cancel_backend", terminate: "pg_terminate_backend" } as const;

/**
 * The backend is found by its number and its start, and signalled by the same statement: a number may be somebody else's by now. Starts are
 * compared in whole milliseconds, as finely as a time travels here. Only what serves a client or a database is ever signalled.
 */
const sqlOf = (signal: SignalCall["signal"]) => `
WITH target AS MATERIALIZED (
  SELECT a.pid, a.backend_start IS NULL AS hidden,
    coalesce(date_trunc('milliseconds', a.backend_start) = date_trunc('milliseconds', $2::timestamptz), false) AS same,
    ${OURS} OR a.pid = pg_backend_pid() AS ours,
    a.datid IS NOT NULL OR a.backend_type = 'walsender' AS serves
  FROM pg_stat_activity a WHERE a.pid = $1::int
)
SELECT t.hidden, t.same, t.ours, t.serves,
  CASE WHEN t.same AND NOT t.ours AND t.serves THEN ${FUNCTIONS[signal]}(t.pid) END AS signalled
FROM target t`;

const rowSchema = z.object({
  hidden: z.boolean(),
  same: z.boolean(),
  ours: z.boolean().nullable(),
  serves: z.boolean().nullable(),
  signalled: z.boolean().nullable(),
});
type Row = z.output<typeof rowSchema>;

/**
 * Cancels the query of a backend, or ends it; PostgreSQL 14 to 18, standbys too. `accepted` says that the signal was sent, no more. Refused:
 * no such backend, one of our own sessions, or the role may not (`pg_signal_backend`; for a superuser's backend a superuser).
 */
export async function signalBackend(
  call: SignalCall,
  access: PostgresAccess,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<CallAnswer> {
  const { host, port } = access;
  const answer = answering(`${FUNCTIONS[call.signal]}(${call.pid}) on ${host}:${port}`);
  let sent = false;
  let refused = false;
  const asked = await askOnce(
    access,
    async (client) => {
      sent = true;
      const { rows } = await client.query(sqlOf(call.signal), [call.pid, call.backendStart]).catch((error: unknown) => {
        // A statement that was refused, for rights or for its values, has done nothing.
        refused = /^(22|42)/.test(codeOf(error) ?? "");
        throw error;
      });
      const row = rowSchema.nullable().safeParse(rows[0] ?? null);
      return row.success ? ok(row.data) : { ok: false, failure: failureText("malformed", row.error.message) };
    },
    timeoutMs,
    signal,
  );
  if (asked.ok) return answer(...meaningOf(asked.value));
  const { text } = asked.failure;
  if (!sent) return answer("not-sent", text);
  return answer(refused ? "refused" : "unknown", text);
}

function meaningOf(row: Row | null): [CallAnswer["kind"], string] {
  if (row === null) return ["refused", "there is no such backend any more"];
  if (row.hidden) return ["refused", "our role may not see whose backend it is: GRANT pg_monitor"];
  if (!row.same)
    return ["refused", "the backend of that number began at another time: it is not the one that was meant"];
  if (row.ours === true) return ["refused", "it is a session of this dashboard's own"];
  if (row.serves !== true) return ["refused", "it serves no client: a process of the server itself"];
  return row.signalled === true ? ["accepted", "signal sent"] : ["refused", "the backend ended before the signal"];
}

/** Whether our role may signal other roles' backends; changes nothing. */
export function maySignal(access: PostgresAccess, timeoutMs: number, signal?: AbortSignal): Promise<Result<boolean>> {
  return askOnce(
    access,
    async (client) => {
      const { rows } = await client.query<{ may: boolean }>(
        "SELECT pg_has_role(current_user, 'pg_signal_backend', 'USAGE') AS may",
      );
      return ok(rows[0]?.may === true);
    },
    timeoutMs,
    signal,
  );
}
