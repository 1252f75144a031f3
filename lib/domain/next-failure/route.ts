import { portOf } from "../evidence/places";
import type { PoolServer } from "../facts";
import type { MemberName } from "../ids";
import type { HaproxyNodeView } from "../snapshot";
import { type Gone, memberOf, nodeBeside, type Picture, placesOf } from "./picture";

/** Whether clients would reach the leader, and where the VIP would be. */
export type Route = {
  readonly served: "yes" | "no" | "unknown";
  /** Why not; null where they are served. */
  readonly why: RouteWhy | null;
  /** Names of hosts or nodes of which one would hold the VIP; empty: nobody, or there is no VIP. */
  readonly vip: readonly string[];
  readonly vipKnown: boolean;
};
export type RouteWhy =
  | "no-route"
  | "vip-beside-dead-haproxy"
  | "pgbouncer-dead"
  | "pgbouncer-paused"
  | "pgbouncer-elsewhere"
  | "pgbouncer-unseen"
  | "haproxy-unseen"
  | "which-haproxy"
  | "vip-unseen";

const NO_VIP = { vip: [], vipKnown: true } as const;
const UNSERVABLE: ReadonlySet<PoolServer["status"]> = new Set(["maint", "drain"]);

/** The way of a write to `leader` once `gone` is gone and HAProxy's checks and the VIP have followed. */
export function routeWithout(picture: Picture, leader: MemberName, gone: Gone): Route {
  const nodes = picture.haproxy.filter(({ name }) => !gone.haproxy.includes(name));
  const way = entry(picture, leader, nodes, gone);
  if (way.served !== "yes") return way;
  const last = throughPgbouncer(picture, leader, gone);
  return last === null ? way : { ...way, served: last === "pgbouncer-unseen" ? "unknown" : "no", why: last };
}

/** From the client to HAProxy, or to the leader's host where no HAProxy stands before it. */
function entry(picture: Picture, leader: MemberName, nodes: readonly HaproxyNodeView[], gone: Gone): Route {
  const { vip, haproxy } = picture;
  const host = memberOf(picture, leader)?.host ?? leader;
  if (vip?.follows === "leader") return byLeader(picture, leader, host, gone);
  if (haproxy.length === 0) {
    if (!vip) return { served: "yes", why: null, ...NO_VIP };
    return { served: "unknown", why: "vip-unseen", vip: [], vipKnown: false };
  }
  const ways = nodes.map((node) => ({ node, leads: leadsTo(picture, node, leader) }));
  const good = ways.filter(({ leads }) => leads === "yes").map(({ node }) => node);
  if (!vip)
    return withoutVip(
      good.length,
      ways.some(({ leads }) => leads === "unknown"),
      haproxy.length > nodes.length,
    );
  const holder = vip.trust === "fresh" && vip.holders.length === 1 ? (vip.holders[0] ?? null) : null;
  const stays = holder === null ? undefined : nodes.find((node) => isBeside(picture, node.name, holder));
  const vipOn = stays ? [holder ?? stays.name] : nodes.map(({ name }) => name);
  const may = stays ? ways.filter(({ node }) => node === stays) : ways;
  const told = { vip: vipOn, vipKnown: stays !== undefined || vipOn.length <= 1 || holder !== null };
  if (may.length === 0) return { served: "no", why: "no-route", ...told };
  if (may.every(({ leads }) => leads === "yes")) return { served: "yes", why: null, ...told };
  if (may.every(({ leads }) => leads === "no")) return { served: "no", why: "no-route", ...told };
  return { served: "unknown", why: "haproxy-unseen", ...told };
}

/** A VIP that is meant to follow the leader stands on its host, and there the HAProxy beside it is the only way in. */
function byLeader(picture: Picture, leader: MemberName, host: string, gone: Gone): Route {
  const told = { vip: [leader], vipKnown: true };
  const beside = nodeBeside(picture, leader);
  if (picture.haproxy.length === 0) return { served: "yes", why: null, ...told };
  if (!beside) {
    // HAProxy elsewhere than on the members' hosts: the VIP then leads past it, or belongs to something that we do not see.
    return { served: "unknown", why: "vip-unseen", vip: [host], vipKnown: true };
  }
  if (gone.haproxy.includes(beside.name)) return { served: "no", why: "vip-beside-dead-haproxy", ...told };
  const leads = leadsTo(picture, beside, leader);
  if (leads === "yes") return { served: "yes", why: null, ...told };
  return leads === "no"
    ? { served: "no", why: "no-route", ...told }
    : { served: "unknown", why: "haproxy-unseen", ...told };
}

/** Without a VIP nobody but the clients knows which HAProxy they use. */
function withoutVip(good: number, unseen: boolean, lost: boolean): Route {
  if (good === 0) return { served: unseen ? "unknown" : "no", why: unseen ? "haproxy-unseen" : "no-route", ...NO_VIP };
  if (lost) return { served: "unknown", why: "which-haproxy", ...NO_VIP };
  return unseen ? { served: "unknown", why: "haproxy-unseen", ...NO_VIP } : { served: "yes", why: null, ...NO_VIP };
}

/** Whether a node's write pool would send sessions to the leader once its check has seen it. */
export function leadsTo(picture: Picture, node: HaproxyNodeView, leader: MemberName): "yes" | "no" | "unknown" {
  if (node.trust !== "fresh" || !node.write) return node.failure?.kind === "refused" ? "no" : "unknown";
  const places = placesOf(picture);
  const servers = node.write.servers.filter((server) => places.byServer(server) === leader);
  if (servers.length === 0) return "no";
  return servers.some(({ status, weight }) => !UNSERVABLE.has(status) && weight !== 0) ? "yes" : "no";
}

/** The first thing about the leader's PgBouncer that stops writes; null where it does not, or none is on the way. */
function throughPgbouncer(picture: Picture, leader: MemberName, gone: Gone): RouteWhy | null {
  if (picture.pgbouncer.length === 0 || bypassed(picture, leader)) return null;
  if (gone.pgbouncer.includes(leader)) return "pgbouncer-dead";
  const own = picture.pgbouncer.find(({ member }) => member === leader);
  if (!own) return null;
  if (own.trust !== "fresh") return own.failure?.kind === "refused" ? "pgbouncer-dead" : "pgbouncer-unseen";
  if (own.paused) return "pgbouncer-paused";
  if (own.target.kind === "member" && own.target.name !== leader) return "pgbouncer-elsewhere";
  return null;
}

/** HAProxy's pages that show addresses tell when it leads straight to PostgreSQL. */
export function bypassed(picture: Picture, leader: MemberName): boolean {
  const port = memberOf(picture, leader)?.port ?? null;
  const places = placesOf(picture);
  const servers = picture.haproxy.flatMap(({ write }) => write?.servers ?? []);
  const ports = servers.filter((server) => places.byServer(server) === leader).map(({ address }) => portOf(address));
  return port !== null && ports.length > 0 && ports.every((one) => one === port);
}

/** Whether a HAProxy node and what holds the VIP are on one host. */
export function isBeside(picture: Picture, node: string, holder: string): boolean {
  if (node.toLowerCase() === holder.toLowerCase()) return true;
  const places = placesOf(picture);
  const [a, b] = [places.byName(node) ?? places.byHost(node), places.byName(holder) ?? places.byHost(holder)];
  return a !== null && a === b;
}
