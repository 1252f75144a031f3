import type { PlanContext } from "../actions/facts";
import { NO_IMPACT } from "../actions/plan";
import type { RequestOf } from "../actions/request";
import { message } from "../message";
import { ground } from "./checks/ground";
import {
  clientsOf,
  consoleSeen,
  databaseListed,
  isPausable,
  isPaused,
  oneProcess,
  pausedWord,
  sessionMode,
  waitingClients,
} from "./checks/pgbouncer";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

type Kind = "pgbouncer-pause" | "pgbouncer-resume" | "pgbouncer-reconnect";
type Asked = RequestOf<Kind>;

function consoleCommand<K extends Kind>(action: K): Preflight<K> {
  const own = (context: PlanContext, request: Asked) => {
    if (action === "pgbouncer-resume") return [isPaused(context, request), waitingClients(context, request)];
    const session = sessionMode(context, request, action === "pgbouncer-pause" ? "pause" : "reconnect");
    if (action === "pgbouncer-reconnect") return [session];
    return [isPausable(context, request), session, waitingClients(context, request)];
  };
  return {
    action,
    checks: (asked, context) => {
      const request = asked as Asked;
      return [
        ...ground(context, action),
        consoleSeen(context, request),
        databaseListed(context, request),
        ...own(context, request),
        oneProcess(context),
      ];
    },
    impact: (asked, context) => {
      const { member, database } = asked as Asked;
      const clients = clientsOf(context, asked as Asked);
      const words = { member, database: database ?? "–", which: database === null ? "all" : "one" };
      const counted = { active: clients?.active ?? 0, waiting: clients?.waiting ?? 0, known: clients ? "yes" : "no" };
      return {
        ...NO_IMPACT,
        touches: [message(`preflightOther.pgbouncer-touches.${action}`, { ...words, ...counted })],
      };
    },
    fence: (asked, context) => {
      const { member, database } = asked as Asked;
      const name = database === null ? `PgBouncer ${member}` : `PgBouncer ${member} ${database}`;
      return { ...baseFence(context), other: { [name]: pausedWord(context, asked as Asked) } };
    },
  };
}

/** Lets every session come to its end, then holds clients back until it is resumed. */
export const pgbouncerPause = consoleCommand("pgbouncer-pause");
export const pgbouncerResume = consoleCommand("pgbouncer-resume");
/** Renews server connections as they come free: what stands behind PgBouncer may be another server by now. */
export const pgbouncerReconnect = consoleCommand("pgbouncer-reconnect");
