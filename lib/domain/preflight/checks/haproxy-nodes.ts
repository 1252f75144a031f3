import type { PlanContext } from "../../actions/facts";
import type { Check, CheckEvidence } from "../../actions/plan";
import type { HaproxyServerState, RequestOf } from "../../actions/request";
import { freshOf } from "../../evidence/evidence";
import type { Pool, PoolServer, PoolServerStatus } from "../../facts";
import { message } from "../../message";
import { know } from "../../observation";
import { listed } from "./amounts";
import { block, pass, warn } from "./check";
import { seenLook } from "./seen";

export type Asked = RequestOf<"haproxy-server">;

/** One node that shows its page now, with the pool and the server asked for; null where it has none of that name. */
export type Row = { readonly node: string; readonly pool: Pool | null; readonly row: PoolServer | null };

export const concernedNodes = (context: PlanContext, { node }: Asked): readonly string[] =>
  node === null ? (context.state.spec.haproxy?.nodes ?? []) : [node];

export const seenNodes = (context: PlanContext, request: Asked): readonly CheckEvidence[] =>
  concernedNodes(context, request).map((node) => seenLook(context, context.state.haproxy[node], "haproxy", node));

export function rowsOf(context: PlanContext, request: Asked): readonly Row[] {
  return concernedNodes(context, request).flatMap((node) => {
    const facts = freshOf(know(context.state.haproxy[node], context.now));
    if (!facts) return [];
    const pool = facts.pools.find(({ name }) => name === request.pool) ?? null;
    return [{ node, pool, row: pool?.servers.find(({ name }) => name === request.server) ?? null }];
  });
}

/** HAProxy's states by what an administrator set; `up` and `down` are its checks' business and move by themselves. */
export function statusWord(status: PoolServerStatus): "maint" | "drain" | "checked" | "unknown" {
  if (status === "maint" || status === "drain" || status === "unknown") return status;
  return "checked";
}

export function nodesConfigured(context: PlanContext, request: Asked): Check {
  const id = "haproxy-configured";
  const nodes = context.state.spec.haproxy?.nodes ?? [];
  const missing = request.node !== null && !nodes.includes(request.node);
  if (nodes.length > 0 && !missing)
    return pass(
      context,
      id,
      message("preflightOther.haproxy-configured.yes", { nodes: listed(concernedNodes(context, request)) }),
    );
  const text = message("preflightOther.haproxy-configured.no", { node: request.node ?? "–" });
  return block(context, id, text, message("preflightOther.haproxy-configured.no-advice"));
}

/** A node whose page is not seen keeps the server as it is: the pools would then say different things. */
export function nodesSeen(context: PlanContext, request: Asked): Check {
  const id = "haproxy-seen";
  const evidence = seenNodes(context, request);
  const rows = rowsOf(context, request);
  const unseen = concernedNodes(context, request).filter((node) => !rows.some((row) => row.node === node));
  if (unseen.length === 0) return pass(context, id, message("preflightOther.haproxy-seen.yes"), evidence);
  const text = message("preflightOther.haproxy-seen.no", { nodes: listed(unseen), count: unseen.length });
  if (rows.length === 0) return block(context, id, text, message("preflight.advice.look-again"), evidence);
  return warn(context, id, text, message("preflightOther.haproxy-seen.some-advice"), evidence);
}

export function serverExists(context: PlanContext, request: Asked): Check {
  const id = "haproxy-server-exists";
  const evidence = seenNodes(context, request);
  const { pool, server } = request;
  const rows = rowsOf(context, request);
  const without = rows.filter(({ row }) => row === null).map(({ node }) => node);
  const words = { pool, server, nodes: listed(without) };
  if (rows.length > 0 && without.length === 0)
    return pass(context, id, message("preflightOther.haproxy-server-exists.yes", words), evidence);
  const text = message(
    rows.length === 0 ? "preflightOther.haproxy-server-exists.unseen" : "preflightOther.haproxy-server-exists.no",
    words,
  );
  return block(context, id, text, message("preflightOther.haproxy-server-exists.no-advice"), evidence);
}

export function adminAllowed(context: PlanContext, request: Asked): Check {
  const id = "haproxy-admin";
  const nodes = concernedNodes(context, request);
  const barred = nodes.filter((node) => context.haproxyAdmin[node] !== true);
  if (barred.length === 0) return pass(context, id, message("preflightOther.haproxy-admin.yes"));
  const text = message("preflightOther.haproxy-admin.no", { nodes: listed(barred), count: barred.length });
  const advice = message("preflightOther.haproxy-admin.no-advice");
  const unseen = rowsOf(context, request).every(({ node }) => !barred.includes(node));
  // A node that is out of reach now cannot say whether it would let us: that it is left out is a warning of its own.
  return barred.length < nodes.length && unseen ? warn(context, id, text, advice) : block(context, id, text, advice);
}

export function notInState(context: PlanContext, request: Asked): Check {
  const id = "haproxy-state";
  const evidence = seenNodes(context, request);
  const rows = rowsOf(context, request).flatMap(({ node, row }) => (row ? [{ node, row }] : []));
  const there = rows.filter(({ row }) => isIn(row.status, request.state)).map(({ node }) => node);
  const words = { server: request.server, state: request.state, nodes: listed(there) };
  if (rows.length > 0 && there.length === rows.length) {
    const advice = message("preflightOther.haproxy-state.all-advice");
    return block(context, id, message("preflightOther.haproxy-state.all", words), advice, evidence);
  }
  return pass(
    context,
    id,
    message(there.length > 0 ? "preflightOther.haproxy-state.some" : "preflightOther.haproxy-state.none", words),
    evidence,
  );
}

export const isIn = (status: PoolServerStatus, wanted: HaproxyServerState): boolean =>
  wanted === "ready" ? statusWord(status) === "checked" : status === wanted;
