import type { ClusterConfig } from "@/lib/config/types";
import type { ActionKind } from "@/lib/domain/actions/request";
import { type Message, message } from "@/lib/domain/message";
import { hostPort, quoted } from "./check-servers";
import type { CheckedMember, Eyes, HaproxyNode } from "./eyes";
import { type CheckLine, type CheckStatus, failed, type Place } from "./report";

/**
 * Whether acting would be let, beside looking. What this dashboard is configured never to do needs no right. A thing that does not answer at all
 * is told by the look at it, so here it says nothing.
 */

type Params = Message["params"];

const line = (place: Place, status: CheckStatus, key: string, params: Params, advice: string | null): CheckLine => ({
  ...place,
  status,
  text: message(`checkActions.${key}`, params),
  said: null,
  advice: advice === null ? null : message(`checkActions.advice.${advice}`, params),
});

const wants = ({ actions }: ClusterConfig, kinds: readonly ActionKind[]): boolean =>
  kinds.some((kind) => !actions.disabled.includes(kind));

export async function checkLock(cluster: ClusterConfig, eyes: Eyes): Promise<CheckLine[]> {
  const { dcs, scope } = cluster;
  if (dcs.kind !== "etcd3") return [];
  const key = `/matriarch/${scope}/lock`;
  const place: Place = { subject: "dcs", name: dcs.kind, address: key };
  const params = { key, user: dcs.username ?? "" };
  const ability = await eyes.lock(cluster);
  switch (ability.kind) {
    case "free":
      return [line(place, "good", "lock.free", params, null)];
    case "held":
      return [line(place, "note", "lock.held", { action: ability.by.action, actor: ability.by.actor }, null)];
    case "not-permitted":
      return [line(place, "warn", "lock.notPermitted", params, "lock")];
    case "not-supported":
    case "failed":
      return [];
  }
}

export async function checkSignal(cluster: ClusterConfig, member: CheckedMember, eyes: Eyes): Promise<CheckLine[]> {
  const { name, host, port } = member;
  const user = cluster.postgres?.user;
  if (user === undefined || host === null || port === null) return [];
  if (!wants(cluster, ["backend-cancel", "backend-terminate"])) return [];
  const may = await eyes.maySignal(cluster, host, port);
  if (!may.ok) return [];
  const place: Place = { subject: "postgres", name, address: hostPort(host, port) };
  return [
    may.value
      ? line(place, "good", "signal.may", { user }, null)
      : line(place, "warn", "signal.mayNot", { user, role: quoted(user) }, "signal"),
  ];
}

export async function checkConsole(cluster: ClusterConfig, member: CheckedMember, eyes: Eyes): Promise<CheckLine[]> {
  const { pgbouncer } = cluster;
  const { name, host } = member;
  if (!pgbouncer || host === null) return [];
  if (!wants(cluster, ["pgbouncer-pause", "pgbouncer-resume", "pgbouncer-reconnect"])) return [];
  const { user } = pgbouncer.admin ?? pgbouncer;
  const { port } = pgbouncer;
  const place: Place = { subject: "pgbouncer", name, address: hostPort(host, port) };
  const may = await eyes.mayPause(cluster, host);
  // The user who looks is told of by the look; an admin of its own is tried here alone.
  if (!may.ok) return pgbouncer.admin ? [failed(place, may.failure, { user, port })] : [];
  return [
    may.value
      ? line(place, "good", "console.may", { user }, null)
      : line(place, "warn", "console.mayNot", { user }, "console"),
  ];
}

export async function checkServers(cluster: ClusterConfig, node: HaproxyNode, eyes: Eyes): Promise<CheckLine[]> {
  if (!wants(cluster, ["haproxy-server"])) return [];
  const way = node.runtime === null ? "page" : "runtime";
  const place: Place = { subject: "haproxy", name: node.name, address: node.runtime ?? node.stats };
  const may = await eyes.maySetServers(cluster, node);
  if (!may.ok) return node.runtime === null ? [] : [failed(place, may.failure)];
  return [
    may.value ? line(place, "good", "servers.may", { way }, null) : line(place, "warn", "servers.mayNot", { way }, way),
  ];
}
