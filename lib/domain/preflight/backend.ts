import type { PlanContext } from "../actions/facts";
import { type BackendImpact, NO_IMPACT } from "../actions/plan";
import type { RequestOf } from "../actions/request";
import { freshOf, lastOf } from "../evidence/evidence";
import { message } from "../message";
import { backendKind, senderWarnings } from "./checks/backend-kind";
import {
  backendSeen,
  foundBackend,
  notOurs,
  queryRuns,
  rightServer,
  signalPermitted,
  transactionEnds,
  waiters,
} from "./checks/backend-session";
import { ground } from "./checks/ground";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

type Kind = "backend-cancel" | "backend-terminate";
type Asked = RequestOf<Kind>;

function signalling<K extends Kind>(action: K): Preflight<K> {
  const checks = (request: Asked, context: PlanContext) => [
    ...ground(context, action),
    rightServer(context, request.member),
    backendSeen(context, request),
    ...withBackend(context, request),
  ];
  /** What can only be asked of a backend that is there. */
  const withBackend = (context: PlanContext, request: Asked) => {
    const backend = foundBackend(context, request);
    if (!backend) return [];
    return [
      notOurs(context, backend),
      backendKind(context, backend),
      ...senderWarnings(context, backend, action),
      signalPermitted(context, backend),
      ...(action === "backend-cancel" ? [queryRuns(context, backend)] : transactionEnds(context, backend)),
      waiters(context, backend),
    ];
  };
  return {
    action,
    checks: (request, context) => checks(request as Asked, context),
    impact: (_, context) => {
      const backend = lastOf(context.backend);
      if (!backend) return NO_IMPACT;
      return { ...NO_IMPACT, backend: shownOf(backend), touches: [touched(action, backend.pid, backend.member)] };
    },
    fence: (_, context) => {
      const backend = freshOf(context.backend);
      const start = { backend: backend ? `${backend.pid} ${backend.backendStart}` : null };
      // A cancel hits whatever runs when it arrives: it has to be the query that was seen.
      const other = action === "backend-cancel" ? { ...start, query: backend?.queryStart ?? null } : start;
      return { ...baseFence(context), other };
    },
  };
}

const touched = (action: Kind, pid: number, member: string) =>
  message(`preflightOther.backend-touches.${action}`, { pid, member });

function shownOf(backend: BackendImpact): BackendImpact {
  const {
    pid,
    user,
    database,
    application,
    clientAddress,
    backendType,
    state,
    queryStart,
    transactionStart,
    query,
    blocks,
  } = backend;
  return {
    pid,
    user,
    database,
    application,
    clientAddress,
    backendType,
    state,
    queryStart,
    transactionStart,
    query,
    blocks,
  };
}

/** Ends the query that a session runs, and leaves the session. */
export const backendCancel = signalling("backend-cancel");
/** Ends a session with all that it has open. */
export const backendTerminate = signalling("backend-terminate");
