import type { Pool, PoolServerStatus } from "../../facts";
import { message } from "../../message";
import { type EventRule, seen } from "../draft";
import type { Change } from "../notebook";

type Plain = "up" | "down" | "drain" | "maint";
/** Servers on their way between two states still are what they were; what cannot be read is no change. */
const PLAIN: Readonly<Record<PoolServerStatus, Plain | null>> = {
  up: "up",
  "going-down": "up",
  "no-check": "up",
  down: "down",
  "going-up": "down",
  drain: "drain",
  nolb: "drain",
  maint: "maint",
  unknown: null,
};

type Turn = {
  readonly pool: string;
  readonly kind: "write" | "read";
  readonly server: string;
  readonly status: Plain;
  readonly change: Change<Plain>;
  readonly nodes: string[];
};

/** Servers of the write and the read pool, up or down. What several HAProxy nodes show at one time is told once. */
export const poolServers: EventRule = (book, { haproxy }) => {
  const turns = new Map<string, Turn>();
  for (const node of haproxy) {
    if (node.trust !== "fresh") continue;
    for (const [kind, pool] of [["write", node.write] as const, ["read", node.read] as const]) {
      for (const { server, status } of statuses(pool)) {
        const change = book.see(`pool/${node.name}/${kind}/${server}`, status);
        if (!pool || !change) continue;
        const key = JSON.stringify([kind, server, change.was, status]);
        const turn = turns.get(key) ?? { pool: pool.name, kind, server, status, change, nodes: [] };
        turn.nodes.push(node.name);
        turns.set(key, turn);
      }
    }
  }
  return [...turns.values()].map(({ pool, kind, server, status, change, nodes }) => {
    const params = { server, pool, kind, status, nodes: nodes.join(", "), count: nodes.length };
    return seen(change, {
      kind: "pool-server",
      severity: status === "up" && kind === "read" ? "info" : "notice",
      subject: server,
      text: message("event.pool-server", params),
      data: { pool, kind, nodes, from: change.was, to: status },
    });
  });
};

function statuses(pool: Pool | null): { server: string; status: Plain }[] {
  return (pool?.servers ?? []).flatMap(({ name, status }) => {
    const plain = PLAIN[status];
    return plain ? [{ server: name, status: plain }] : [];
  });
}
