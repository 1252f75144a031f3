import type { BackendFacts, PlanContext } from "../../actions/facts";
import type { Check, CheckEvidence } from "../../actions/plan";
import type { RequestOf } from "../../actions/request";
import { freshOf } from "../../evidence/evidence";
import { instant, type MemberName } from "../../ids";
import { message } from "../../message";
import { failed, listed } from "./amounts";
import { block, pass, warn } from "./check";
import { dcsOf, postgresOf } from "./look";
import { seenDcs, seenPostgres } from "./seen";

type Asked = RequestOf<"backend-cancel" | "backend-terminate">;

/** The backend that was asked for, as it is now: the same number of the same start, and nothing older than this plan. */
export function foundBackend(context: PlanContext, request: Asked): BackendFacts | null {
  const backend = freshOf(context.backend);
  if (!backend || backend.member !== request.member || backend.pid !== request.pid) return null;
  return Date.parse(backend.backendStart) === Date.parse(request.backendStart) ? backend : null;
}

/** An address can move to another server, and there the number is somebody else's. */
export function rightServer(context: PlanContext, member: MemberName): Check {
  const id = "backend-server";
  const evidence = [seenPostgres(context, member), seenDcs(context)];
  const found = freshOf(postgresOf(context, member))?.systemId ?? null;
  const expected = freshOf(dcsOf(context))?.systemId ?? null;
  if (found === null || expected === null) {
    const advice = message("preflightOther.backend-server.unseen-advice");
    return warn(context, id, message("preflightOther.backend-server.unseen", { member }), advice, evidence);
  }
  if (found === expected) return pass(context, id, message("preflightOther.backend-server.yes", { member }), evidence);
  const text = message("preflightOther.backend-server.no", { member, found, expected });
  return block(context, id, text, message("preflightOther.backend-server.no-advice"), evidence);
}

export function backendSeen(context: PlanContext, request: Asked): Check {
  const id = "backend-there";
  const words = { pid: request.pid, member: request.member };
  const known = context.backend;
  if (known.state !== "fresh") {
    const text = message("preflightOther.backend-there.unseen", { ...words, failure: failed(known.failure) });
    return block(context, id, text, message("preflight.advice.look-again"));
  }
  const backend = foundBackend(context, request);
  if (backend)
    return pass(context, id, message("preflightOther.backend-there.yes", words), [seenBackend(context, backend)]);
  const other = known.value !== null && known.value.pid === request.pid && known.value.member === request.member;
  const text = message(other ? "preflightOther.backend-there.other" : "preflightOther.backend-there.gone", words);
  return block(context, id, text, message("preflightOther.backend-there.gone-advice"));
}

export function notOurs(context: PlanContext, backend: BackendFacts): Check {
  const id = "backend-ours";
  const evidence = [seenBackend(context, backend)];
  if (!backend.ours) return pass(context, id, message("preflightOther.backend-ours.no"), evidence);
  const advice = message("preflightOther.backend-ours.yes-advice");
  return block(context, id, message("preflightOther.backend-ours.yes", { pid: backend.pid }), advice, evidence);
}

/** `pg_signal_backend` does not reach a superuser's sessions, nor what has no user at all. */
export function signalPermitted(context: PlanContext, backend: BackendFacts): Check {
  const id = "backend-permitted";
  const evidence = [seenBackend(context, backend)];
  const user = backend.user ?? "–";
  if (backend.superuser === false)
    return pass(context, id, message("preflightOther.backend-permitted.yes", { user }), evidence);
  const key = backend.superuser === true ? "superuser" : backend.user === null ? "nobody" : "unknown";
  const advice = message("preflightOther.backend-permitted.advice");
  return warn(context, id, message(`preflightOther.backend-permitted.${key}`, { user }), advice, evidence);
}

/** A cancel without a query to cancel does nothing, and looks as if it had. */
export function queryRuns(context: PlanContext, backend: BackendFacts): Check {
  const id = "backend-query";
  const evidence = [seenBackend(context, backend)];
  const { state } = backend;
  if (state === "active" || state === "fastpath function call")
    return pass(context, id, message("preflightOther.backend-query.yes"), evidence);
  if (state?.startsWith("idle in transaction")) {
    const advice = message("preflightOther.backend-query.in-transaction-advice");
    return block(context, id, message("preflightOther.backend-query.in-transaction"), advice, evidence);
  }
  if (state === "idle") {
    const advice = message("preflightOther.backend-query.idle-advice");
    return block(context, id, message("preflightOther.backend-query.idle"), advice, evidence);
  }
  const advice = message("preflightOther.backend-query.unknown-advice");
  return warn(context, id, message("preflightOther.backend-query.unknown"), advice, evidence);
}

/** What is rolled back with the session. */
export function transactionEnds(context: PlanContext, backend: BackendFacts): readonly Check[] {
  if (backend.transactionStart === null) return [];
  const seconds = Math.max(0, Math.round((context.now - Date.parse(backend.transactionStart)) / 1_000));
  const advice = message("preflightOther.backend-transaction.advice");
  const text = message("preflightOther.backend-transaction.text", { seconds });
  return [warn(context, "backend-transaction", text, advice, [seenBackend(context, backend)])];
}

export function waiters(context: PlanContext, backend: BackendFacts): Check {
  const pids = listed(backend.blocks.slice(0, 20).map(String));
  const text = message("preflightOther.backend-waiters.text", { count: backend.blocks.length, pids });
  return pass(context, "backend-waiters", text, [seenBackend(context, backend)]);
}

/** No source of the picture stands behind it: it was asked for this plan alone. */
export function seenBackend(context: PlanContext, backend: BackendFacts): CheckEvidence {
  const { pid, member, backendType, user, application, state } = backend;
  const words = {
    pid,
    member,
    type: backendType,
    user: user ?? "–",
    application: application ?? "–",
    state: state ?? "–",
  };
  const at = context.backend.state === "unknown" ? null : instant(context.backend.at);
  return { sourceId: null, text: message("preflightOther.seen.backend", words), at };
}
