import type { PlanContext } from "../actions/facts";
import type { ActionKind } from "../actions/request";
import { freshOf } from "../evidence/evidence";
import { makePlaces } from "../evidence/places";
import type { MemberName } from "../ids";
import { type Message, message } from "../message";
import { leadsTo } from "../next-failure/route";
import { listed } from "../preflight/checks/amounts";
import { dcsOf, leaderOf } from "../preflight/checks/look";

const MOVES: ReadonlySet<ActionKind> = new Set(["switchover", "failover"]);
const STOPS: ReadonlySet<ActionKind> = new Set(["restart", "reinitialize"]);

/**
 * What the VIP, HAProxy and PgBouncer will do by themselves, one sentence each. `member`: who will lead, or who is stopped; null: whoever
 * Patroni chooses, or for a restart every member.
 */
export function routingImpact(context: PlanContext, kind: ActionKind, member: MemberName | null): readonly Message[] {
  if (MOVES.has(kind))
    return [...vipMoves(context, member), ...poolsMove(context, member), ...consoles(context, member)];
  if (STOPS.has(kind)) return stopped(context, member);
  return [];
}

function vipMoves({ snapshot }: PlanContext, to: MemberName | null): readonly Message[] {
  const { vip } = snapshot;
  if (!vip) return [];
  const seen = vip.trust === "fresh" && vip.holders.length === 1;
  const words = { address: vip.address, from: seen ? (vip.holders[0] ?? "?") : "?", seen: seen ? "yes" : "no" };
  if (vip.follows === "haproxy") return [message("impact.routing.vip-stays", words)];
  return [message("impact.routing.vip-moves", { ...words, to: to ?? "–", named: to === null ? "no" : "yes" })];
}

/** Which nodes will find the new leader by their check, which cannot, and which are out of sight. */
function poolsMove(context: PlanContext, to: MemberName | null): readonly Message[] {
  const { snapshot, state } = context;
  const pool = state.spec.haproxy?.writePool ?? null;
  if (snapshot.haproxy.length === 0 || pool === null) return [];
  const from = leaderOf(context);
  const ways = snapshot.haproxy.map((node) => ({
    name: node.name,
    leads: to === null ? (node.trust === "fresh" && node.write ? "yes" : "unknown") : leadsTo(snapshot, node, to),
  }));
  const named = (leads: string) => ways.filter((one) => one.leads === leads).map(({ name }) => name);
  const words = { pool, from: from ?? "–", to: to ?? "–", known: to === null ? "no" : "yes" };
  const [yes, no, unseen] = [named("yes"), named("no"), named("unknown")];
  return [
    ...(yes.length > 0 ? [message("impact.routing.pools-move", { ...words, nodes: listed(yes) })] : []),
    ...(no.length > 0 ? [message("impact.routing.pools-astray", { ...words, nodes: listed(no) })] : []),
    ...(unseen.length > 0 ? [message("impact.routing.pools-unseen", { nodes: listed(unseen) })] : []),
  ];
}

/** A PgBouncer beside its server changes with HAProxy; one that leads to a member by address stays with that member. */
function consoles({ snapshot }: PlanContext, to: MemberName | null): readonly Message[] {
  const fresh = snapshot.pgbouncer.filter(({ trust }) => trust === "fresh");
  const members = (test: (one: (typeof fresh)[number]) => boolean) => fresh.filter(test).map(({ member }) => member);
  const local = members(({ target }) => target.kind === "local");
  const fixed = fresh.filter(({ target }) => target.kind === "member");
  const through = members(({ target }) => target.kind === "elsewhere" || target.kind === "mixed");
  const paused = members((one) => one.paused === true && (to === null || one.member === to));
  const unseen = snapshot.pgbouncer.filter(({ trust }) => trust !== "fresh").map(({ member }) => member);
  return [
    ...(local.length > 0 ? [message("impact.routing.pgbouncer-local", { members: listed(local) })] : []),
    ...fixed.map(({ member, target }) =>
      message("impact.routing.pgbouncer-fixed", {
        member,
        target: target.name ?? "?",
        stays: target.name === to ? "no" : "yes",
      }),
    ),
    ...(through.length > 0 ? [message("impact.routing.pgbouncer-through", { members: listed(through) })] : []),
    ...(paused.length > 0 ? [message("impact.routing.pgbouncer-paused", { members: listed(paused) })] : []),
    ...(unseen.length > 0 ? [message("impact.routing.pgbouncer-unseen", { members: listed(unseen) })] : []),
  ];
}

/** A member whose PostgreSQL stops for a while: its own pools lose it. */
function stopped(context: PlanContext, member: MemberName | null): readonly Message[] {
  const { snapshot } = context;
  const leader = freshOf(dcsOf(context))?.leader?.name ?? null;
  const concerned = member === null ? snapshot.members.map(({ name }) => name) : [member];
  const places = makePlaces(snapshot.members);
  const holding = snapshot.haproxy.flatMap((node) =>
    node.pools.flatMap((pool) =>
      pool.servers
        .flatMap((server) => places.byServer(server) ?? [])
        .filter((name) => concerned.includes(name))
        .map((name) => ({ pool: pool.name, name })),
    ),
  );
  const pools = [...new Set(holding.map(({ pool }) => pool))];
  const told =
    pools.length > 0
      ? [
          message("impact.routing.pools-lose", {
            pools: listed(pools),
            members: listed(concerned),
            count: concerned.length,
          }),
        ]
      : [];
  const writes = leader !== null && concerned.includes(leader);
  return [...told, ...(writes ? [message("impact.routing.writes-stop", { leader })] : [])];
}
