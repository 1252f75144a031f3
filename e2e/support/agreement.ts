import type { Truth, TruthHost } from "@/lab/truth-types";
import type { Pool } from "@/lib/domain/facts";
import type { HaproxyNodeView, MemberView, Snapshot } from "@/lib/domain/snapshot";

/** Something that the page says otherwise than the hosts themselves. */
export type Disagreement = { readonly what: string; readonly page: string; readonly truth: string };

/**
 * Where a picture and the truth differ in who leads, who takes writes, who holds the VIP, what each HAProxy sends where,
 * on which timeline each member is and in which role. Empty: they agree. Stale evidence agrees with nothing.
 */
export function agrees(snapshot: Snapshot, truth: Truth): Disagreement[] {
  return [
    ...differ("leader", snapshot.leader?.name ?? "none", truth.leaderKey ?? "none"),
    ...differ(
      "leader key's revision",
      snapshot.dcs.leaderKey?.modRevision ?? "none",
      truth.leaderKeyRevision ?? "none",
    ),
    ...differ("writer", snapshot.writePath.writer ?? "none", truth.writable.join(" ") || "none"),
    ...differ("members", list(snapshot.members.map((m) => m.name)), list(Object.keys(truth.hosts))),
    ...vipDifference(snapshot, truth),
    ...snapshot.members.flatMap((member) => memberDifference(member, truth)),
    ...hostsOf(truth).flatMap(([host, seen]) =>
      poolDifference(
        host,
        snapshot.haproxy.find((node) => node.name === host),
        seen.haproxy,
      ),
    ),
  ];
}

/** A disagreement a line, for an assertion's message. */
export const tell = (all: readonly Disagreement[]): string[] =>
  all.map(({ what, page, truth }) => `${what}: page says ${page}, truth is ${truth}`);

/** Whether HAProxy sends new sessions to a server of this state: `UP`, and `UP 1/2` while its checks begin to fail. */
export const takesTraffic = (rawStatus: string): boolean => /^(UP|no check)/i.test(rawStatus);

const list = (names: readonly string[]): string => [...names].sort().join(" ") || "none";

function differ(what: string, page: string, truth: string): Disagreement[] {
  return page === truth ? [] : [{ what, page, truth }];
}

function hostsOf(truth: Truth): [string, TruthHost][] {
  return Object.entries(truth.hosts);
}

function vipDifference({ vip }: Snapshot, truth: Truth): Disagreement[] {
  const page = vip === null ? "not configured" : vip.trust === "fresh" ? list(vip.holders) : vip.trust;
  return differ("VIP holder", page, list(truth.vipHolders));
}

function memberDifference(member: MemberView, truth: Truth): Disagreement[] {
  const host = hostsOf(truth).find(([name]) => name === member.name)?.[1];
  if (!host) return [];
  const present = host.services.patroni === "running" && host.reachable ? "present" : null;
  return [
    ...(present ? differ(`${member.name}: presence`, member.presence, present) : []),
    ...differ(`${member.name}: timeline`, String(member.timeline), String(host.timeline)),
    ...differ(`${member.name}: role`, roleOf(member), roleInTruth(member.name, host, truth)),
  ];
}

function roleOf({ role, roleTrust }: MemberView): string {
  if (roleTrust !== "fresh") return roleTrust;
  return role === "sync-standby" || role === "quorum-standby" ? "replica" : role;
}

function roleInTruth(name: string, host: TruthHost, truth: Truth): string {
  if (truth.leaderKey === name) return "leader";
  return host.inRecovery === true ? "replica" : host.inRecovery === false ? "a primary without the key" : "unknown";
}

function poolDifference(host: string, node: HaproxyNodeView | undefined, seen: TruthHost["haproxy"]): Disagreement[] {
  if (!node) return differ(`HAProxy on ${host}`, "not shown", "configured");
  if (node.trust !== "fresh") return differ(`HAProxy on ${host}`, node.trust, seen === null ? node.trust : "answers");
  if (seen === null) return differ(`HAProxy on ${host}`, "answers", "no answer");
  return [
    ...differ(`HAProxy on ${host}: write pool`, upIn(node.write), upInTruth(seen.write)),
    ...differ(`HAProxy on ${host}: read pool`, upIn(node.read), upInTruth(seen.read)),
  ];
}

function upIn(pool: Pool | null): string {
  if (pool === null) return "not shown";
  return list(pool.servers.filter((server) => takesTraffic(server.rawStatus)).map((server) => server.name));
}

const upInTruth = (servers: Readonly<Record<string, string>>): string =>
  list(Object.keys(servers).filter((name) => takesTraffic(servers[name] ?? "")));
