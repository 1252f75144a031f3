import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { makePlaces } from "../../evidence/places";
import { message } from "../../message";
import { receivingServers } from "../../snapshot/haproxy";
import { listed } from "./amounts";
import { pass, warn } from "./check";
import { type Asked, rowsOf, seenNodes } from "./haproxy-nodes";
import { leaderOf } from "./look";
import { seenDcs } from "./seen";

/** Taking out the last server that gets sessions closes the pool; in the write pool that ends all writes. */
export function lastUsable(context: PlanContext, request: Asked): readonly Check[] {
  const id = "haproxy-last";
  const evidence = seenNodes(context, request);
  const rows = rowsOf(context, request).filter(({ row }) => row !== null);
  const closes = rows.filter(({ pool }) => {
    const usable = pool ? receivingServers(pool) : [];
    const rest = pool
      ? receivingServers({ ...pool, servers: pool.servers.filter(({ name }) => name !== request.server) })
      : [];
    return usable.some(({ name }) => name === request.server) && rest.length === 0;
  });
  const { pool, server } = request;
  if (closes.length === 0) {
    const text = message("preflightOther.haproxy-last.no", { pool, server });
    return rows.length === 0 ? [] : [pass(context, id, text, evidence)];
  }
  const writes = pool === context.state.spec.haproxy?.writePool;
  const words = { pool, server, nodes: listed(closes.map(({ node }) => node)) };
  const text = message(writes ? "preflightOther.haproxy-last.write" : "preflightOther.haproxy-last.yes", words);
  const advice = message(
    writes ? "preflightOther.haproxy-last.write-advice" : "preflightOther.haproxy-last.yes-advice",
  );
  return [warn(context, id, text, advice, evidence)];
}

/** HAProxy takes a server that comes back from maintenance for up until its first check, whatever its role is. */
export function returnsUnchecked(context: PlanContext, request: Asked): readonly Check[] {
  const id = "haproxy-unchecked";
  const rows = rowsOf(context, request).flatMap(({ node, row }) => (row?.status === "maint" ? [{ node, row }] : []));
  if (rows.length === 0 || request.pool !== context.state.spec.haproxy?.writePool) return [];
  const evidence = [...seenNodes(context, request), seenDcs(context)];
  const leader = leaderOf(context);
  const places = makePlaces(context.snapshot.members);
  const behind = rows.map(({ row }) => places.byServer(row));
  const { server, pool } = request;
  if (leader !== null && behind.every((member) => member === leader)) {
    return [pass(context, id, message("preflightOther.haproxy-unchecked.leader", { server, leader }), evidence)];
  }
  const replica = behind.find((member) => member !== null && member !== leader);
  const key = leader !== null && replica ? "replica" : "unknown";
  const text = message(`preflightOther.haproxy-unchecked.${key}`, { server, pool, member: replica ?? "–" });
  return [warn(context, id, text, message("preflightOther.haproxy-unchecked.advice"), evidence)];
}
