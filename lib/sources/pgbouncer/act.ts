import type { Client } from "pg";
import type { Secret } from "@/lib/config/types";
import type { Call } from "@/lib/domain/actions/call";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import { ok, type Result } from "@/lib/domain/observation";
import { codeOf } from "@/lib/sources/postgres/failure";
import { shareConnection } from "@/lib/sources/postgres/kept-connection";
import { tlsAttempts } from "@/lib/sources/postgres/tls";
import { answering } from "@/lib/sources/shared/call-answer";
import { failureText } from "@/lib/sources/shared/failure";
import { pgbouncerFailureOf } from "./failure";

export type PgbouncerCall = Extract<Call, { readonly system: "pgbouncer" }>;

export type PgbouncerActOptions = {
  readonly host: string;
  readonly port: number;
  /** One of `admin_users`. */
  readonly user: string;
  readonly password: Secret | null;
  /** Of connecting, and of taking a pause back, in ms; the call's own limit stands in the call. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** `known`: only of a database that the console lists. */
type Order = Pick<PgbouncerCall, "command" | "database"> & { readonly known: boolean };

/** What came of a command. `refused`: the console said no, in these words. */
type Said =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly text: string }
  | { readonly kind: "not-sent" | "unanswered"; readonly text: string };

const WORDS = { pause: "PAUSE", resume: "RESUME", reconnect: "RECONNECT" } as const;

/**
 * One command to one PgBouncer's admin console (1.18 to 1.26). PAUSE is answered only when every session has been let go, which in
 * session mode may be never, and stays in force when the one who asked is gone. So a PAUSE that was not answered within the call's
 * limit, or whose answer was lost, is taken back by RESUME on another connection, and the answer says what became of that:
 * `failed` when it was taken back, `unknown` when clients may still be waiting. Never throws, never retries.
 */
export async function callPgbouncer(call: PgbouncerCall, options: PgbouncerActOptions): Promise<CallAnswer> {
  const { command, database, timeoutMs } = call;
  const answer = answering(`${statementOf(command, database)} at ${options.host}:${options.port}`);
  const said = await run(options, { command, database, known: true }, timeoutMs, options.signal);
  if (said.kind === "done") return answer("done", "done");
  if (said.kind === "refused" || said.kind === "not-sent") return answer(said.kind, said.text);
  if (command !== "pause") return answer("unknown", said.text);
  // Not by the caller's signal: whoever gives up waiting must not leave clients waiting.
  const back = await run(options, { command: "resume", database, known: false }, options.timeoutMs);
  const first = `PAUSE was not finished (${said.text})`;
  // "Not paused" is what was wanted: the pause had not begun, or had ended with its connection.
  const free = back.kind === "done" || (back.kind === "refused" && /not paused/i.test(back.text));
  if (free) return answer("failed", `${first} and was taken back by RESUME`);
  const why = back.kind === "refused" ? back.text : `RESUME: ${back.text}`;
  return answer("unknown", `${first}, and could not be taken back (${why}): clients may be waiting`);
}

/** Quoted, as every name may be; PgBouncer doubles quotes as SQL does. */
function statementOf(command: PgbouncerCall["command"], database: string | null): string {
  return database === null ? WORDS[command] : `${WORDS[command]} "${database.replaceAll('"', '""')}"`;
}

/**
 * Whether the user is one of `admin_users`; changes nothing. `RESUME` of a database that cannot exist is refused for its name only
 * after the user has been (`src/admin.c`, 1.18 to 1.25).
 */
export async function mayActOnPgbouncer(options: PgbouncerActOptions): Promise<Result<boolean>> {
  const nothing = { command: "resume", database: NOWHERE, known: false } as const;
  const said = await run(options, nothing, options.timeoutMs, options.signal);
  if (said.kind === "done") return ok(true);
  if (said.kind === "refused") return mayFrom(said.text);
  return { ok: false, failure: failureText("failed", said.text) };
}

function mayFrom(said: string): Result<boolean> {
  if (/admin access needed/i.test(said)) return ok(false);
  return /no such database|not paused/i.test(said) ? ok(true) : { ok: false, failure: failureText("failed", said) };
}

/** At most 63 bytes: a longer one is refused for its length, to everyone. */
const NOWHERE = "matriarch asks whether it may; no such database";

async function lists(client: Client, database: string): Promise<boolean> {
  const { rows } = await client.query<{ name: unknown }>("SHOW DATABASES");
  return rows.some(({ name }) => name === database);
}

async function run(
  { host, port, user, password }: PgbouncerActOptions,
  { command, database, known }: Order,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Said> {
  let sent = false;
  let refused: string | null = null;
  const connection = shareConnection<null>({
    server: {
      host,
      port,
      user,
      password,
      database: "pgbouncer",
      applicationName: "matriarch",
      tls: tlsAttempts("prefer", null),
      startup: null,
    },
    prepare: async () => null,
    failureOf: (error) => pgbouncerFailureOf(error, user),
    onLost: () => undefined,
  });
  const ask = async (client: Client): Promise<Result<null>> => {
    // Behind a wildcard PgBouncer makes a database of any name that it is told to pause.
    if (known && database !== null && !(await lists(client, database))) {
      return { ok: false, failure: failureText("failed", `no such database: ${database}`) };
    }
    sent = true;
    try {
      // Text alone: anything else makes `pg` speak the extended protocol, and the console hangs up.
      await client.query(statementOf(command, database));
      return ok(null);
    } catch (error) {
      // An SQLSTATE is the console's own answer; without one the connection broke.
      if (codeOf(error) !== null && /^[0-9A-Z]{5}$/.test(codeOf(error) ?? "")) refused = (error as Error).message;
      throw error;
    }
  };
  const result = await connection.ask({ ask, timeoutMs, urgent: true }, signal).answer;
  void connection.close();
  if (result.ok) return { kind: "done" };
  if (refused !== null) return { kind: "refused", text: refused };
  return { kind: sent ? "unanswered" : "not-sent", text: result.failure.text };
}
