import type { Call } from "../actions/call";
import type { Step } from "../actions/operation";
import { freshOf } from "../evidence/evidence";
import { message } from "../message";
import { know } from "../observation";
import { callState, endedAt, once, wasTaken } from "./shared/calls";
import { stepOf, wasDone } from "./shared/steps";
import { type End, ending, type Findings, judged, refusedBy, takenFinding } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

type Kind = "pgbouncer-pause" | "pgbouncer-resume" | "pgbouncer-reconnect";
type Command = Extract<Call, { readonly system: "pgbouncer" }>["command"];
const CALL = "pgbouncer";
const COMMAND_MS = 10_000;
/** PgBouncer is looked at every quarter of a minute; so long after the call its flag must show. */
const SHOWS_WITHIN_MS = 45_000;

function verbOfPgbouncer<K extends Kind>(action: K, command: Command): Verb<K> {
  return {
    action,
    next(operation, world) {
      const { member, database } = operation.request as OperationOf<Kind>["request"];
      return once(operation, world, {
        system: "pgbouncer",
        id: CALL,
        member,
        command,
        database,
        timeoutMs: COMMAND_MS,
      });
    },
    verify: (operation, world) =>
      judged(operation, world, (one, seen) => judge(one as OperationOf<Kind>, seen, command)),
    deadlineMs: () => 120_000,
  };
}

export const pgbouncerPause = verbOfPgbouncer("pgbouncer-pause", "pause");
export const pgbouncerResume = verbOfPgbouncer("pgbouncer-resume", "resume");
export const pgbouncerReconnect = verbOfPgbouncer("pgbouncer-reconnect", "reconnect");

type Words = Readonly<Record<"member" | "database" | "which" | "command", string>>;

/** Pause and resume show as the console's own flag; of a reconnect nothing shows, for sessions are renewed as they come free. */
function judge(operation: OperationOf<Kind>, world: VerifyWorld, command: Command): Findings {
  const { member, database } = operation.request;
  const call = callState(operation, world, CALL);
  const params = { member, database: database ?? "", which: database === null ? "all" : "one", command };
  const taken = stepOf(operation, world.now, "taken", message("verify.step.taken"), takenFinding(call));
  const over = refusedBy(call) ?? failedBy(call, params);
  if (command !== "reconnect") return judgeFlag(operation, world, { taken, over, params, wanted: command === "pause" });
  const told = wasTaken(call) ? ending("done", "reconnecting", message("outcome.reconnecting", params)) : null;
  return { steps: [taken], end: over ?? told };
}

type Flagged = {
  readonly taken: Step;
  /** The end by the answer alone: it was refused, or taken back. */
  readonly over: End | null;
  readonly params: Words;
  readonly wanted: boolean;
};

function judgeFlag(
  operation: OperationOf<Kind>,
  world: VerifyWorld,
  { taken, over, params, wanted }: Flagged,
): Findings {
  const at = endedAt(callState(operation, world, CALL));
  const shown = at === null ? null : pausedSince(operation, world, at);
  const shows = wasDone(operation, "flag") || shown === wanted;
  const why = shown === null ? "verify.detail.pgbouncer-unseen" : "verify.detail.pgbouncer-not";
  const waits =
    at === null ? ({ state: "waiting" } as const) : ({ state: "running", detail: message(why, params) } as const);
  const text = message("verify.step.pgbouncer", params);
  const flag = stepOf(operation, world.now, "flag", text, shows ? { state: "done" } : waits);
  const steps = [taken, flag];
  if (over) return { steps, end: over };
  if (shows) {
    const code = wanted ? "pgbouncer-paused" : "pgbouncer-resumed";
    return { steps, end: ending("done", code, message(`outcome.${code}`, params)) };
  }
  const late = shown !== null && at !== null && world.now - at >= SHOWS_WITHIN_MS;
  return { steps, end: late ? ending("failed", "no-change", message("outcome.pgbouncer-not", params)) : null };
}

function failedBy(call: ReturnType<typeof callState>, params: Words) {
  if (call.state !== "answered" || call.answer.kind !== "failed") return null;
  return ending("failed", "failed", message("outcome.pgbouncer-failed", { ...params, text: call.answer.text }));
}

/** Whether it is paused, by a look after the call; null: cannot be told. */
function pausedSince({ request }: OperationOf<Kind>, world: VerifyWorld, since: number): boolean | null {
  const known = know(world.state.pgbouncer[request.member], world.now);
  const facts = freshOf(known);
  if (facts === null || known.state !== "fresh" || known.at < since) return null;
  // A PAUSE of everything shows in no database's own flag, and is lifted by a RESUME of everything alone.
  if (facts.allPaused === true) return true;
  if (request.database === null && facts.allPaused === false && request.action === "pgbouncer-pause") return false;
  const databases = facts.databases.filter(({ name }) => name !== "pgbouncer");
  const concerned = request.database === null ? databases : databases.filter(({ name }) => name === request.database);
  if (concerned.length === 0) return null;
  if (concerned.every(({ paused }) => paused)) return true;
  return concerned.some(({ paused }) => paused) ? null : false;
}
