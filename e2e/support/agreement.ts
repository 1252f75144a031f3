import type { Truth, TruthHost } from "@/lab/truth-types";
import type { Pool } from "@/lib/domain/facts";
import type { HaproxyNodeView, MemberView, Snapshot } from "@/lib/domain/snapshot";

/** Something that the page says otherwise than the hosts themselves. */
export type Disagreement = { readonly what: string; readonly page: string; readonly truth: string };

/**
 * Where a picture and the truth differ in who leads, who takes writes, who holds the VIP, whom a client meets, what each HAProxy sends where,
 * on which timeline each member is and in which role. Empty: they agree. Stale evidence agrees with nothing, but for a host
 * that is cut off or without PostgreSQL: of that one the page must not say that it knows.
 */
export function agrees(snapshot: Snapshot, truth: Truth): Disagreement[] {
  const inReach = (names: readonly string[]) => list(names.filter((name) => hostOf(truth, name)?.reachable));
  return [
    ...differ("leader", snapshot.leader?.name ?? "none", truth.leaderKey ?? "none"),
    ...differ(
      "leader key's revision",
      snapshot.dcs.leaderKey?.modRevision ?? "none",
      truth.leaderKeyRevision ?? "none",
    ),
    ...differ("writer", snapshot.writePath.writer ?? "none", inReach(truth.writable)),
    ...differ("members", list(snapshot.members.map((m) => m.name)), list(Object.keys(truth.hosts))),
    ...differ("VIP holder", vipOf(snapshot), inReach(truth.vipHolders)),
    ...clientDifference(snapshot, truth),
    ...snapshot.members.flatMap((member) => memberDifference(member, truth)),
    ...Object.entries(truth.hosts).flatMap(([host, seen]) =>
      poolDifference(
        host,
        snapshot.haproxy.find((node) => node.name === host),
        seen,
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

function hostOf(truth: Truth, name: string): TruthHost | undefined {
  return Object.entries(truth.hosts).find(([host]) => host === name)?.[1];
}

function vipOf({ vip }: Snapshot): string {
  if (vip === null) return "not configured";
  return vip.trust === "fresh" ? list(vip.holders) : vip.trust;
}

/** Where every part of a client's way is in order, the client's eye meets the writer; elsewhere the hosts do not tell what it meets. */
function clientDifference({ clientEye: eye }: Snapshot, truth: Truth): Disagreement[] {
  const [writer, ...others] = truth.writable;
  const [holder] = truth.vipHolders;
  const at = writer === undefined ? undefined : hostOf(truth, writer);
  const front = holder === undefined ? undefined : hostOf(truth, holder);
  if (eye === null || writer === undefined || others.length > 0 || truth.vipHolders.length !== 1) return [];
  const runs = at?.services.pgbouncer === "running" && front?.services.haproxy === "running";
  const led = Object.entries(front?.haproxy?.write ?? {}).filter(([, status]) => takesTraffic(status));
  if (!runs || !at.reachable || !front.reachable || list(led.map(([name]) => name)) !== writer) return [];
  return differ("client's eye", `${eye.state} ${eye.member ?? "nobody"}`, `writable ${writer}`);
}

function memberDifference(member: MemberView, truth: Truth): Disagreement[] {
  const host = hostOf(truth, member.name);
  if (!host) return [];
  if (!host.reachable || host.services.postgres !== "running") {
    const claimed = member.state === "running" && member.stateTrust === "fresh";
    return claimed ? differ(`${member.name}: state`, "running", "out of reach or not running") : [];
  }
  return [
    ...(host.services.patroni === "running" ? differ(`${member.name}: presence`, member.presence, "present") : []),
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

function poolDifference(host: string, node: HaproxyNodeView | undefined, truth: TruthHost): Disagreement[] {
  const what = `HAProxy on ${host}`;
  if (!node) return differ(what, "not shown", "configured");
  if (!truth.reachable || truth.haproxy === null) {
    return node.trust === "fresh" ? differ(what, "fresh", "out of reach or silent") : [];
  }
  if (node.trust !== "fresh") return differ(what, node.trust, "answers");
  return [
    ...differ(`${what}: write pool`, upIn(node.write), upInTruth(truth.haproxy.write)),
    ...differ(`${what}: read pool`, upIn(node.read), upInTruth(truth.haproxy.read)),
  ];
}

function upIn(pool: Pool | null): string {
  if (pool === null) return "not shown";
  return list(pool.servers.filter((server) => takesTraffic(server.rawStatus)).map((server) => server.name));
}

const upInTruth = (servers: Readonly<Record<string, string>>): string =>
  list(Object.keys(servers).filter((name) => takesTraffic(servers[name] ?? "")));
