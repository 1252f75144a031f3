import type { HostName } from "./settings";
import { etcdHosts } from "./settings";
import type { Truth } from "./truth-types";

/** The first thing that is not as it should be in a settled lab, in words; null when all is well. */
export function unsettled(truth: Truth): string | null {
  return (
    brokenService(truth) ?? brokenEtcd(truth) ?? brokenReplication(truth) ?? brokenVip(truth) ?? brokenPools(truth)
  );
}

function hostsOf(truth: Truth) {
  return Object.entries(truth.hosts) as [HostName, Truth["hosts"][HostName]][];
}

function brokenService(truth: Truth): string | null {
  for (const [name, host] of hostsOf(truth)) {
    if (!host.reachable) return `${name}: link is down`;
    for (const [service, state] of Object.entries(host.services)) {
      if (state !== "running") return `${name}: ${service} is ${state}`;
    }
  }
  return null;
}

function brokenEtcd(truth: Truth): string | null {
  const names = hostsOf(truth).map(([name]) => name);
  const members = etcdHosts(names);
  const silent = members.find((name) => truth.hosts[name]?.etcd == null);
  if (silent !== undefined) return `${silent}: etcd does not answer`;
  const leaders = members.filter((name) => truth.hosts[name]?.etcd?.isLeader === true);
  return leaders.length === 1 ? null : `etcd has ${leaders.length} leaders`;
}

/** Streaming, on the leader's timeline, and Patroni of the same mind as PostgreSQL. */
function brokenReplication(truth: Truth): string | null {
  const [leader, ...others] = truth.writable;
  if (leader === undefined) return "no host is writable";
  if (others.length > 0) return `more than one host is writable: ${truth.writable.join(", ")}`;
  if (truth.leaderKey !== leader) return `leader key is ${truth.leaderKey ?? "free"}, but ${leader} is writable`;
  const timeline = truth.hosts[leader]?.timeline;
  for (const [name, host] of hostsOf(truth)) {
    if (host.patroniRole === null) return `${name}: Patroni does not answer`;
    if (name === leader) continue;
    if (host.inRecovery === null) return `${name}: PostgreSQL does not answer`;
    if (host.receiverStreaming !== true) return `${name}: not streaming`;
    if (host.timeline !== timeline) return `${name}: on timeline ${host.timeline}, the leader is on ${timeline}`;
  }
  return null;
}

function brokenVip(truth: Truth): string | null {
  const [leader] = truth.writable;
  if (truth.vipHolders.length === 1 && truth.vipHolders[0] === leader) return null;
  return `VIP is held by ${truth.vipHolders.join(", ") || "no host"}, the leader is ${leader}`;
}

function brokenPools(truth: Truth): string | null {
  const [leader] = truth.writable;
  for (const [name, host] of hostsOf(truth)) {
    if (host.haproxy === null) return `${name}: HAProxy does not answer`;
    for (const [server] of hostsOf(truth)) {
      const leads = server === leader;
      if ((host.haproxy.write[server] === "UP") !== leads)
        return `${name}: write pool has ${server} ${host.haproxy.write[server]}`;
      if ((host.haproxy.read[server] === "UP") === leads)
        return `${name}: read pool has ${server} ${host.haproxy.read[server]}`;
    }
  }
  return null;
}
