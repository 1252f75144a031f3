import type { PlanContext } from "../../actions/facts";
import type { Check, CheckEvidence } from "../../actions/plan";
import type { RequestOf } from "../../actions/request";
import { freshOf } from "../../evidence/evidence";
import type { PgbouncerDatabase, PgbouncerFacts, PgbouncerPool } from "../../facts";
import { message } from "../../message";
import { type Known, know } from "../../observation";
import { failed, listed } from "./amounts";
import { block, pass, warn } from "./check";
import { seenLook } from "./seen";

type Asked = RequestOf<"pgbouncer-pause" | "pgbouncer-resume" | "pgbouncer-reconnect">;

const consoleOf = (context: PlanContext, { member }: Asked): Known<PgbouncerFacts> =>
  know(context.state.pgbouncer[member], context.now);
const factsOf = (context: PlanContext, request: Asked): PgbouncerFacts | null => freshOf(consoleOf(context, request));
const seen = (context: PlanContext, { member }: Asked): readonly CheckEvidence[] => [
  seenLook(context, context.state.pgbouncer[member], "pgbouncer", member),
];

const databasesOf = (facts: PgbouncerFacts, { database }: Asked): readonly PgbouncerDatabase[] =>
  facts.databases.filter(({ name }) => name !== "pgbouncer" && (database === null || name === database));
const poolsOf = (facts: PgbouncerFacts, { database }: Asked): readonly PgbouncerPool[] =>
  facts.pools.filter((pool) => database === null || pool.database === database);

export function consoleSeen(context: PlanContext, request: Asked): Check {
  const id = "pgbouncer-seen";
  const { member } = request;
  const known = consoleOf(context, request);
  if (!context.state.spec.pgbouncer)
    return block(
      context,
      id,
      message("preflightOther.pgbouncer-seen.none"),
      message("preflightOther.pgbouncer-seen.none-advice"),
    );
  if (known.state === "fresh")
    return pass(context, id, message("preflightOther.pgbouncer-seen.yes", { member }), seen(context, request));
  const text = message("preflightOther.pgbouncer-seen.no", { member, failure: failed(known.failure) });
  return block(context, id, text, message("preflight.advice.look-again"), seen(context, request));
}

/** Behind a wildcard the console lists a database only once a client has used it, and would make one of any name that it is told. */
export function databaseListed(context: PlanContext, request: Asked): Check {
  const id = "pgbouncer-database";
  const { member, database } = request;
  const facts = factsOf(context, request);
  if (database === null)
    return pass(context, id, message("preflightOther.pgbouncer-database.all"), seen(context, request));
  const words = { member, database };
  if (!facts) {
    const text = message("preflightOther.pgbouncer-database.unseen", words);
    return block(context, id, text, message("preflight.advice.look-again"), seen(context, request));
  }
  if (databasesOf(facts, request).length > 0)
    return pass(context, id, message("preflightOther.pgbouncer-database.yes", words), seen(context, request));
  const advice = message("preflightOther.pgbouncer-database.no-advice");
  return block(context, id, message("preflightOther.pgbouncer-database.no", words), advice, seen(context, request));
}

/** `part`: some of the databases asked for, by their own flags. `everything`: by a PAUSE that no RESUME of one database lifts. */
type Paused = "none" | "part" | "all" | "everything" | "unknown";

function pausedOf(context: PlanContext, request: Asked): Paused {
  const facts = factsOf(context, request);
  if (!facts) return "unknown";
  if (facts.allPaused === true) return "everything";
  const concerned = databasesOf(facts, request);
  const paused = concerned.filter((one) => one.paused);
  if (paused.length === 0) return "none";
  return paused.length === concerned.length ? "all" : "part";
}

const WORDS: Readonly<Record<Paused, string | null>> = {
  none: "not paused",
  part: "partly paused",
  all: "paused",
  everything: "paused as a whole",
  unknown: null,
};
export const pausedWord = (context: PlanContext, request: Asked): string | null => WORDS[pausedOf(context, request)];

export function isPausable(context: PlanContext, request: Asked): Check {
  const id = "pgbouncer-not-paused";
  const state = pausedOf(context, request);
  const words = { member: request.member, state };
  const evidence = seen(context, request);
  if (state === "none") return pass(context, id, message("preflightOther.pgbouncer-pausable.yes", words), evidence);
  if (state === "unknown") {
    const advice = message("preflight.advice.look-again");
    return block(context, id, message("preflightOther.pgbouncer-pausable.unseen", words), advice, evidence);
  }
  if (request.database === null && state !== "everything") {
    const advice = message("preflightOther.pgbouncer-pausable.part-advice");
    return warn(context, id, message("preflightOther.pgbouncer-pausable.part", words), advice, evidence);
  }
  const advice = message("preflightOther.pgbouncer-pausable.no-advice");
  return block(context, id, message("preflightOther.pgbouncer-pausable.no", words), advice, evidence);
}

/** What was paused by name is resumed by name, and what was paused as a whole as a whole: PgBouncer refuses the other way. */
export function isPaused(context: PlanContext, request: Asked): Check {
  const id = "pgbouncer-paused";
  const state = pausedOf(context, request);
  const { member, database } = request;
  const evidence = seen(context, request);
  const facts = factsOf(context, request);
  const byName = facts ? facts.databases.filter(({ paused }) => paused).map(({ name }) => name) : [];
  const words = { member, database: database ?? "–", databases: listed(byName) };
  if (state === "unknown") {
    const advice = message("preflight.advice.look-again");
    return block(context, id, message("preflightOther.pgbouncer-resumable.unseen", words), advice, evidence);
  }
  const fits = database === null ? state === "everything" : state === "all";
  if (fits) return pass(context, id, message("preflightOther.pgbouncer-resumable.yes", words), evidence);
  // Before 1.19 a pause of everything cannot be seen: then only PgBouncer itself can say no.
  if (database === null && facts?.allPaused === null) {
    const advice = message("preflightOther.pgbouncer-resumable.untold-advice");
    return warn(context, id, message("preflightOther.pgbouncer-resumable.untold", words), advice, evidence);
  }
  const key = database === null ? (byName.length > 0 ? "by-name" : "no") : state === "everything" ? "as-a-whole" : "no";
  const advice = message(`preflightOther.pgbouncer-resumable.${key}-advice`);
  return block(context, id, message(`preflightOther.pgbouncer-resumable.${key}`, words), advice, evidence);
}

/** In session mode a server is given back when the client leaves, which may be never. */
export function sessionMode(context: PlanContext, request: Asked, what: "pause" | "reconnect"): Check {
  const id = "pgbouncer-session-mode";
  const facts = factsOf(context, request);
  const evidence = seen(context, request);
  if (!facts) {
    const text = message("preflightOther.pgbouncer-session.unseen");
    return warn(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const modes = poolsOf(facts, request);
  const sessions = [
    ...new Set(modes.filter(({ mode }) => mode === "session" || mode === null).map(({ database }) => database)),
  ];
  if (sessions.length === 0) return pass(context, id, message("preflightOther.pgbouncer-session.no"), evidence);
  const advice = message(`preflightOther.pgbouncer-session.${what}-advice`);
  return warn(
    context,
    id,
    message("preflightOther.pgbouncer-session.yes", { databases: listed(sessions) }),
    advice,
    evidence,
  );
}

export function clientsOf(
  context: PlanContext,
  request: Asked,
): { readonly active: number; readonly waiting: number } | null {
  const facts = factsOf(context, request);
  if (!facts) return null;
  const pools = poolsOf(facts, request);
  return {
    active: pools.reduce((sum, pool) => sum + pool.clientsActive, 0),
    waiting: pools.reduce((sum, pool) => sum + pool.clientsWaiting, 0),
  };
}

/** Clients that wait already: more will, and at `query_wait_timeout` they are dropped. */
export function waitingClients(context: PlanContext, request: Asked): Check {
  const id = "pgbouncer-waiting";
  const clients = clientsOf(context, request);
  const evidence = seen(context, request);
  if (!clients) {
    const text = message("preflightOther.pgbouncer-waiting.unseen");
    return warn(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const text = message("preflightOther.pgbouncer-waiting.text", clients);
  if (clients.waiting === 0 || request.action === "pgbouncer-resume") return pass(context, id, text, evidence);
  return warn(context, id, text, message("preflightOther.pgbouncer-waiting.advice"), evidence);
}

/** Nothing in the console tells whether several processes share its port; what is said is said to one of them. */
export const oneProcess = (context: PlanContext): Check => {
  const text = message("preflightOther.pgbouncer-process.text");
  return { ...pass(context, "pgbouncer-process", text), advice: message("preflightOther.pgbouncer-process.advice") };
};
