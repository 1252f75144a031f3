import type { Call } from "../actions/call";
import type { HaproxyServerState } from "../actions/request";
import type { PoolServerStatus } from "../facts";
import { type Message, message } from "../message";
import { know } from "../observation";
import { callState, endedAt, refusalOf, twoLoopsMs, wasTaken } from "./shared/calls";
import { type Finding, stepOf, wasDone } from "./shared/steps";
import { ending, type Findings, judged } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

type Change = OperationOf<"haproxy-server">;
const callId = (node: string) => `haproxy:${node}`;

/** One node after the other: what one node does wrong is not done to all of them. */
export const haproxyServer: Verb<"haproxy-server"> = {
  action: "haproxy-server",
  next(operation, world): Call | null {
    const { pool, server, state } = operation.request;
    for (const node of nodesOf(operation, world)) {
      const call = callState(operation, world, callId(node));
      if (call.state === "not-called") return { system: "haproxy", id: callId(node), node, pool, server, state };
      if (judgeNode(operation, world, node).state !== "done") return null;
    }
    return null;
  },
  verify: (operation, world) => judged(operation, world, judge),
  deadlineMs: (_request, { state }) => 60_000 + (state.spec.haproxy?.nodes.length ?? 1) * 30_000,
};

const nodesOf = ({ request }: Change, { state }: VerifyWorld): readonly string[] =>
  request.node === null ? (state.spec.haproxy?.nodes ?? []) : [request.node];

function judge(operation: Change, world: VerifyWorld): Findings {
  const { server, pool, state } = operation.request;
  const steps = nodesOf(operation, world).map((node) => {
    const text = message("verify.step.haproxy-server", { node, server, pool, state });
    return stepOf(operation, world.now, callId(node), text, judgeNode(operation, world, node));
  });
  const done = steps.filter((step) => step.state === "done").length;
  const params = { server, pool, state, done, of: steps.length };
  if (steps.length > 0 && done === steps.length) {
    return { steps, end: ending("done", "server-set", message("outcome.server-set", params)) };
  }
  const bad = steps.find((step) => step.state === "failed");
  if (!bad) return { steps, end: null };
  const reasons = bad.detail ? [bad.detail] : [];
  if (done > 0)
    return { steps, end: ending("done-otherwise", "partly", message("outcome.server-partly", params), reasons) };
  const call = callState(operation, world, bad.id);
  const refused = refusalOf(call);
  const end = refused
    ? ending("refused", "refused", message("outcome.refused", { call: refused.call, text: refused.text }), [])
    : ending("failed", "no-change", message("outcome.server-not-set", params), reasons);
  return { steps, end };
}

/** What the node's own page says of the server, by a look after the call. */
function judgeNode(operation: Change, world: VerifyWorld, node: string): Finding {
  const id = callId(node);
  if (wasDone(operation, id)) return { state: "done" };
  const call = callState(operation, world, id);
  if (call.state === "not-called") return { state: "waiting" };
  const at = endedAt(call);
  const { pool, server, state } = operation.request;
  const known = know(world.state.haproxy[node], world.now);
  const looked = known.state === "fresh" && at !== null && known.at >= at;
  const row = looked
    ? known.value.pools.find(({ name }) => name === pool)?.servers.find(({ name }) => name === server)
    : undefined;
  const refused = refusalOf(call);
  if (refused) return { state: "failed", detail: message("verify.detail.said", { text: refused.text }) };
  if (row && isIn(row.status, state, wasTaken(call))) return { state: "done" };
  if (!row) return { state: "running", detail: message("verify.detail.haproxy-unseen", { node }) };
  const detail: Message = message("verify.detail.server-status", { server, node, status: row.rawStatus });
  const late = at !== null && world.now - at >= twoLoopsMs(world.state);
  return { state: late ? "failed" : "running", detail };
}

/**
 * A server that is ready may be down by its check, as every replica is in a write pool. One that is down and told to drain shows as down:
 * then only HAProxy's own word says that it drains.
 */
function isIn(status: PoolServerStatus, wanted: HaproxyServerState, taken: boolean): boolean {
  switch (wanted) {
    case "ready":
      return status !== "maint" && status !== "drain" && status !== "unknown";
    case "drain":
      return status === "drain" || (taken && status === "down");
    case "maint":
      return status === "maint";
  }
}
