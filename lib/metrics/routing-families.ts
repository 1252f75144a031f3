import type { ClientEyeView } from "@/lib/domain/client-eye/types";
import type { HaproxyNodeView, PgbouncerView } from "@/lib/domain/snapshot";
import { receivingServers } from "@/lib/domain/snapshot/haproxy";
import { type Family, ofClusters, type Row, row, seconds } from "./family";

/** The write and the read pool alone: what else a HAProxy serves is not ours, and may be a lot. */
const ofPools = (
  name: string,
  help: string,
  value: (pool: NonNullable<HaproxyNodeView["write"]>) => number | null,
): Family =>
  ofClusters(name, help, ["haproxy", "pool", "kind"], ({ haproxy }) =>
    haproxy.flatMap((node) => {
      if (node.trust !== "fresh") return [];
      return (["write", "read"] as const).flatMap((kind) => {
        const pool = node[kind];
        return pool === null ? [] : row(value(pool), { haproxy: node.name, pool: pool.name, kind });
      });
    }),
  );

const ofPgbouncers = (name: string, help: string, value: (view: PgbouncerView) => number | boolean | null): Family =>
  ofClusters(name, help, ["member"], ({ pgbouncer }) =>
    pgbouncer.flatMap((view) => (view.trust === "fresh" ? row(value(view), { member: view.member }) : [])),
  );

const SEEN: ReadonlySet<ClientEyeView["state"]> = new Set(["writable", "read-only", "failing"]);

/** How clients find their way: VIP, HAProxy, PgBouncer, and a client of our own. */
export const ROUTING_FAMILIES: readonly Family[] = [
  ofClusters(
    "vip_holder",
    "Always 1; who holds the VIP, by fresh evidence. Two lines: two hosts hold it.",
    ["address", "holder"],
    ({ vip }): Row[] =>
      vip?.trust === "fresh"
        ? vip.holders.map((holder) => ({ labels: { address: vip.address, holder }, value: 1 }))
        : [],
  ),
  ofClusters(
    "vip_holders",
    "How many hosts hold the VIP; 0 only when it answers nowhere, no line when its holder is not known.",
    ["address"],
    ({ vip }) =>
      vip?.trust === "fresh" && (vip.holders.length > 0 || vip.answers === false)
        ? row(vip.holders.length, { address: vip.address })
        : [],
  ),
  ofPools("pool_servers_up", "Servers that get new sessions.", (pool) => receivingServers(pool).length),
  ofPools("pool_servers", "Servers of the pool.", (pool) => pool.servers.length),
  ofPools("pool_sessions", "Sessions in the pool now.", (pool) => pool.sessions),
  ofPools("pool_queue", "Clients that wait for a server of the pool.", (pool) => pool.queue),
  ofPgbouncers("pgbouncer_clients_active", "Clients that have a server.", (view) => view.clientsActive),
  ofPgbouncers("pgbouncer_clients_waiting", "Clients that wait for a server.", (view) => view.clientsWaiting),
  ofPgbouncers("pgbouncer_wait_seconds", "How long the first of them has waited.", (view) => seconds(view.maxWaitMs)),
  ofPgbouncers("pgbouncer_paused", "Whether it is paused.", (view) => view.paused),
  ofClusters(
    "client_eye_writable",
    "Whether sessions of our own through the write port reach a server that takes writes, two in a row.",
    [],
    ({ clientEye }) =>
      // One alone may have been unlucky.
      clientEye?.trust === "fresh" && clientEye.confirmed && SEEN.has(clientEye.state)
        ? row(clientEye.state === "writable")
        : [],
  ),
  ofClusters("client_eye_latency_seconds", "How long that session took.", [], ({ clientEye }) =>
    clientEye?.trust === "fresh" ? row(seconds(clientEye.latencyMs)) : [],
  ),
];
