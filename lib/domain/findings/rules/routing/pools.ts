import { type Evidence, freshOf, lastOf, type MemberEvidence, sourceId } from "../../../evidence/evidence";
import { portOf } from "../../../evidence/places";
import type { Pool, PoolServer } from "../../../facts";
import type { MemberName } from "../../../ids";
import { message } from "../../../message";
import type { HaproxyNodeView } from "../../../snapshot";
import { receivingServers } from "../../../snapshot/haproxy";
import { isStandbyCluster } from "../../../snapshot/member-role";
import { holderNode } from "../../../vip/route";
import type { FindingEvidence, FindingSubject } from "../../finding";
import type { FindingInput } from "../../rule";
import { subject } from "../../subject";

/** A pool as one HAProxy shows it now; `takers` are the servers that it sends new sessions to. */
export type SeenPool = { readonly node: HaproxyNodeView; readonly pool: Pool; readonly takers: readonly PoolServer[] };

/** A replica restarts and comes up again within an ordinary switchover; readers have others meanwhile, or wait this long, in ms. */
export const READ_HOLD_MS = 30_000;
/** Patroni's, HAProxy's and Keepalived's parts of an ordinary switchover are over by then, in ms. */
export const HANDOVER_HOLD_MS = 15_000;

/** By fresh pages only. A pool without server lines is a bare frontend, of which nothing can be said. */
export function seenPools({ picture }: FindingInput, which: "write" | "read"): SeenPool[] {
  return picture.haproxy.flatMap((node) => {
    const pool = node[which];
    if (node.trust !== "fresh" || pool === null || pool.servers.length === 0) return [];
    return [{ node, pool, takers: receivingServers(pool) }];
  });
}

/** The write pool and, where it is another one, the read pool. */
export function bothPools(input: FindingInput): (readonly SeenPool[])[] {
  const { haproxy } = input.evidence.spec;
  const write = seenPools(input, "write");
  return haproxy?.readPool === haproxy?.writePool ? [write] : [write, seenPools(input, "read")];
}

/**
 * Whether clients come upon one of `some` for sure: the VIP is on it, or, where no VIP tells which HAProxy they use, no other one
 * is better off.
 */
export function clientsMeet(some: readonly SeenPool[], all: readonly SeenPool[], input: FindingInput): boolean {
  const { vip, haproxy } = input.picture;
  const behindVip = holderNode(vip, haproxy, input.evidence);
  return behindVip ? some.some(({ node }) => node === behindVip) : some.length > 0 && some.length === all.length;
}

export const ofPool = ([first]: readonly SeenPool[]): FindingSubject => subject("pool", first?.pool.name ?? "?");

/** Names for a sentence; an empty list is a dash, so that no text has a hole in it. */
export const listed = (names: readonly string[]): string => (names.length === 0 ? "–" : names.join(", "));

export const nodesOf = (pools: readonly SeenPool[]): string => listed(pools.map(({ node }) => node.name));

/** The member of a server line, or the line's own name where it is no known member's. */
export const nameOf = (server: PoolServer, { places }: Evidence): string => places.byServer(server) ?? server.name;

export const seenBy = (pools: readonly SeenPool[], evidence: Evidence): FindingEvidence[] =>
  pools.map(({ node, pool, takers }) => ({
    text: message("finding.routing.pool", {
      node: node.name,
      pool: pool.name,
      servers: listed(takers.map((server) => nameOf(server, evidence))),
      count: takers.length,
    }),
    sourceId: sourceId("haproxy", node.name),
  }));

/**
 * The member whose PostgreSQL a session to this server ends at: the server's own, or the one that the PgBouncer there sends it on
 * to. Null where that cannot be told, for one, because it is not seen whether the way leads through PgBouncer.
 */
export function endOf(server: PoolServer, { evidence, picture }: FindingInput): MemberName | null {
  const member = evidence.places.byServer(server);
  const port = portOf(server.address);
  const ownPort = evidence.spec.pgbouncer?.port ?? null;
  if (member === null || ownPort === null || (port !== null && port !== ownPort)) return member;
  const pooler = picture.pgbouncer.find((one) => one.member === member);
  if (pooler?.trust !== "fresh") return null;
  if (pooler.target.kind === "local" || pooler.target.kind === "unknown") return member;
  return port !== null && pooler.target.kind === "member" ? (pooler.target.name as MemberName) : null;
}

/**
 * Fresh word that this member runs in recovery: PostgreSQL's own, or Patroni's where PostgreSQL is not asked; null where there is
 * none, or another.
 */
export function replicaWord(member: MemberEvidence | undefined): FindingEvidence | null {
  if (!member) return null;
  const { name } = member;
  const text = message("finding.routing.recovery", { member: name });
  const own = freshOf(member.postgres);
  if (own) return own.inRecovery ? { text, sourceId: sourceId("postgres", name) } : null;
  const status = freshOf(member.patroni);
  const replica = status?.state === "running" && REPLICA_ROLES.has(status.role);
  return replica && member.postgres.state === "unknown" ? { text, sourceId: sourceId("patroni", name) } : null;
}

const REPLICA_ROLES: ReadonlySet<string> = new Set(["replica", "sync-standby", "quorum-standby"]);

/** In a standby cluster nobody takes writes, by design; the last view tells, as that does not change by itself. */
export function wantsWriter({ dcs }: Evidence): boolean {
  const view = lastOf(dcs);
  return view === null || !isStandbyCluster(view);
}

export const leaderWord = ({ state }: FindingInput, leader: MemberName): FindingEvidence => ({
  text: message("finding.routing.leader", { leader }),
  sourceId: `${state.dcs.source}:${state.dcs.target}`,
});

/** The holder of the leader key by a fresh view; null when there is none, or it is out of sight. */
export const leaderOf = ({ leaderKey }: Evidence): MemberName | null =>
  leaderKey.state === "held" ? leaderKey.name : null;
