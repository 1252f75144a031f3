import { makePlaces } from "../evidence/places";
import type { PgbouncerView, Snapshot, Trust } from "../snapshot";
import { freshHolder, holderNode } from "../vip/route";
import type { Column } from "./columns";
import type { Cell, Edge } from "./grid";

/**
 * The way a write takes: from the VIP to the HAProxy of its host, on to the servers that its write pool sends to, and to
 * PostgreSQL behind them. Without a VIP it starts at every HAProxy node. It is drawn as it is, also where it leads wrong.
 */
export function writeEdges(snapshot: Snapshot, hosts: readonly Column[], cells: readonly Cell[]): Edge[] {
  const edges = new Map<string, Edge>();
  const draw = (from: string, to: string, trust: Trust, target: string | null) => {
    const { writer } = snapshot.writePath;
    const right = writer === null || target === null ? null : target === writer;
    edges.set(`${from}>${to}`, { id: `${from}>${to}`, from, to, trust, right, lag: null });
  };
  const ids = new Set(cells.map((c) => c.id));
  const bouncers = new Map<string, PgbouncerView>(snapshot.pgbouncer.map((p) => [p.member, p]));

  const intoMember = (from: string, member: string, trust: Trust) => {
    const bouncer = bouncers.get(member);
    const server = `postgres:${member}`;
    if (!bouncer) {
      if (ids.has(server)) draw(from, server, trust, member);
      return;
    }
    const target =
      bouncer.target.kind === "local" ? member : bouncer.target.kind === "member" ? bouncer.target.name : null;
    draw(from, `pgbouncer:${member}`, trust, target);
    if (target !== null && ids.has(`postgres:${target}`)) {
      draw(`pgbouncer:${member}`, `postgres:${target}`, bouncer.trust, target);
    }
  };

  const throughNode = (node: Snapshot["haproxy"][number]) => {
    for (const target of node.writesTo) intoMember(`haproxy:${node.name}`, target, node.trust);
  };

  const { vip, haproxy } = snapshot;
  if (!vip) {
    for (const node of haproxy) throughNode(node);
    return [...edges.values()];
  }
  const holder = freshHolder(vip);
  const start = cells.find((c) => c.row === "vip");
  if (holder === null || !start) return [];
  const node = holderNode(vip, haproxy, { places: makePlaces(snapshot.members) });
  if (node) {
    const single = node.writesTo.length === 1 ? (node.writesTo[0] ?? null) : null;
    draw(start.id, `haproxy:${node.name}`, vip.trust, single);
    throughNode(node);
  } else if (haproxy.length === 0) {
    const member = hosts.find((h) => h.id === start.column)?.member;
    if (member) intoMember(start.id, member, vip.trust);
  }
  return [...edges.values()];
}

/** Who receives WAL from whom, with the lag. */
export function replicationEdges(snapshot: Snapshot): Edge[] {
  return snapshot.members.flatMap((m) => {
    if (m.upstream === null) return [];
    const [from, to] = [`postgres:${m.upstream}`, `postgres:${m.name}`];
    return [{ id: `${from}>${to}`, from, to, trust: m.lag.trust, right: null, lag: m.lag }];
  });
}
