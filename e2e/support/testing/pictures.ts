import type { Truth, TruthHost } from "@/lab/truth-types";
import type { Pool } from "@/lib/domain/facts";
import { NOTHING_WATCHED } from "@/lib/domain/findings/watch/types";
import { clusterScope, instant, type MemberName, memberName } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { MemberView, Snapshot, SourceView } from "@/lib/domain/snapshot";
import type { Recorded } from "../stream-recorder";
import type { TruthSample } from "../truth-log";

/** A healthy cluster of three as the page and as the hosts tell it; tests change what they are about. */
export const NAMES = ["node1", "node2", "node3"] as const;
type Name = (typeof NAMES)[number];
/** A round moment; pictures and samples of tests are told relative to it, in ms. */
export const T0 = Date.parse("2026-11-21T03:00:00.000Z");

export function truthHost(name: string, leader: string, timeline = 7): TruthHost {
  const leads = name === leader;
  const pool = (up: (server: string) => boolean) =>
    Object.fromEntries(NAMES.map((server) => [server, up(server) ? "UP" : "DOWN"]));
  return {
    address: `10.0.0.${name.slice(4)}`,
    reachable: true,
    inRecovery: !leads,
    timeline,
    receiverStreaming: !leads,
    vip: leads,
    services: {
      etcd: "running",
      patroni: "running",
      postgres: "running",
      pgbouncer: "running",
      haproxy: "running",
      keepalived: "running",
    },
    haproxy: { write: pool((server) => server === leader), read: pool((server) => server !== leader) },
    etcd: { memberId: name, isLeader: name === "node3", raftTerm: 4 },
    patroniRole: leads ? "primary" : "replica",
    lsn: "0/5000000",
  };
}

export function truthOf(leader: Name, change: (truth: Truth) => Truth = (truth) => truth): Truth {
  return change({
    at: instant(T0),
    hosts: Object.fromEntries(NAMES.map((name) => [name, truthHost(name, leader)])),
    leaderKey: leader,
    leaderKeyRevision: `rev-${leader}`,
    vipHolders: [leader],
    writable: [leader],
  });
}

/** Truth with one host changed; `writable` and `vipHolders` follow from the hosts. */
export function withHost(truth: Truth, name: Name, change: Partial<TruthHost>): Truth {
  const host = truth.hosts[name];
  if (!host) return truth;
  const hosts: Truth["hosts"] = { ...truth.hosts, [name]: { ...host, ...change } };
  const named = (test: (host: TruthHost) => boolean) => NAMES.filter((each) => test(hosts[each] ?? host));
  return { ...truth, hosts, writable: named((h) => h.inRecovery === false), vipHolders: named((h) => h.vip === true) };
}

/** A truth log with a sample each 100 ms from `fromMs` to `toMs`, relative to {@link T0}. */
export function samples(fromMs: number, toMs: number, truthAt: (ms: number) => Truth): TruthSample[] {
  const all: TruthSample[] = [];
  for (let ms = fromMs; ms <= toMs; ms += 100) {
    const at = T0 + ms;
    all.push({ at, arrivedAt: at + 20, truth: { ...truthAt(ms), at: instant(at) } });
  }
  return all;
}

const pool = (name: string, up: (server: string) => boolean): Pool => ({
  name,
  status: "up",
  sessions: 1,
  queue: 0,
  servers: NAMES.map((server) => ({
    name: server,
    status: up(server) ? "up" : "down",
    rawStatus: up(server) ? "UP" : "DOWN",
    checkStatus: null,
    checkCode: null,
    lastCheck: null,
    backup: false,
    weight: 1,
    lastChangeSeconds: 10,
    sessions: 0,
    queue: 0,
    address: null,
  })),
});

function member(name: Name, leader: string, timeline: number): MemberView {
  return {
    name: memberName(name),
    host: `10.0.0.${name.slice(4)}`,
    port: 5432,
    apiUrl: null,
    presence: "present",
    role: name === leader ? "leader" : "replica",
    roleTrust: "fresh",
    state: "running",
    replicationState: name === leader ? null : "streaming",
    stateTrust: "fresh",
    timeline,
    timelineDiffers: false,
    lsn: null,
    lag: { receiveBytes: null, replayBytes: null, replaySeconds: null, basis: "none", at: null, trust: "n/a" },
    tags: {
      nofailover: false,
      noloadbalance: false,
      nosync: false,
      clonefrom: false,
      replicatefrom: null,
      failoverPriority: null,
      all: {},
    },
    pendingRestart: false,
    pendingRestartReasons: [],
    scheduledRestart: null,
    versions: { postgres: "17.2", patroni: "4.0.4" },
    upstream: null,
    connections: null,
    maxConnections: null,
    witnesses: [],
  };
}

/** Every source was heard 100 ms before the picture was drawn. */
function source(kind: SourceView["kind"], target: string, intervalMs: number, at: number): SourceView {
  return {
    id: `${kind}:${target}`,
    kind,
    target,
    intervalMs,
    lastOkAt: instant(at - 100),
    lastTriedAt: instant(at - 100),
    ageMs: 100,
    latencyMs: 5,
    error: null,
    failures: 0,
    stale: false,
  };
}

export type PictureOptions = { readonly leader?: Name; readonly atMs?: number; readonly timeline?: number };

/** A picture drawn at `T0 + atMs` from evidence 100 ms old, all well. */
export function picture({ leader = "node1", atMs = 0, timeline = 7 }: PictureOptions = {}): Snapshot {
  const at = T0 + atMs;
  const seen = instant(at - 100);
  const name: MemberName = memberName(leader);
  return {
    scope: clusterScope("lab"),
    title: "Lab",
    environment: null,
    version: 1,
    at: instant(at),
    writePath: {
      state: "ok",
      code: "ok",
      writer: name,
      message: message("domain.verdict.ok"),
      sentence: `${leader} takes writes`,
      since: seen,
      asOf: seen,
      agree: 1,
      of: 1,
      witnesses: [
        { layer: "dcs", verdict: "agree", points: name, text: message("dcs"), at: seen, sourceIds: ["dcs:lab"] },
      ],
      disagree: [],
    },
    leader: { name, since: seen, timeline },
    members: NAMES.map((each) => member(each, leader, timeline)),
    dcs: {
      kind: "etcd3",
      readAs: "etcd3",
      trust: "fresh",
      at: seen,
      revision: "100",
      leaderKey: { name, modRevision: `rev-${leader}` },
      leaderKeySince: seen,
      hasQuorum: true,
      members: [],
      ttlSeconds: 20,
      loopWaitSeconds: 5,
    },
    vip: {
      address: "10.0.0.200",
      follows: "leader",
      holders: [leader],
      method: "patroni",
      answers: true,
      trust: "fresh",
      at: seen,
      since: seen,
      text: message("vip"),
      probes: [],
    },
    clientEye: {
      address: "10.0.0.200",
      port: 7000,
      intervalMs: 250,
      state: "writable",
      confirmed: true,
      member: name,
      since: seen,
      latencyMs: 5,
      at: seen,
      currentGap: null,
      lastGap: null,
      trust: "fresh",
      text: message("client"),
    },
    haproxy: NAMES.map((node) => {
      const write = pool("postgres_master", (server) => server === leader);
      const read = pool("postgres_replicas", (server) => server !== leader);
      return {
        name: node,
        trust: "fresh",
        at: seen,
        failure: null,
        write,
        read,
        pools: [write, read],
        writesTo: [leader],
      };
    }),
    pgbouncer: [],
    paused: false,
    systemId: null,
    scheduled: [],
    handover: null,
    history: [],
    configuration: null,
    backups: { sources: [], streams: [] },
    store: null,
    actions: null,
    attention: null,
    watch: NOTHING_WATCHED,
    archiving: null,
    findings: [],
    sources: [
      source("dcs", "lab", 3_000, at),
      source("vip", "10.0.0.200", 1_000, at),
      source("client-eye", "10.0.0.200", 1_000, at),
      ...NAMES.flatMap((each) => [
        source("patroni", each, 2_000, at),
        source("postgres", each, 2_000, at),
        source("haproxy", each, 2_000, at),
      ]),
    ],
  };
}

/** The picture as recorded 10 ms after it was drawn. */
export function recorded(snapshot: Snapshot): Recorded {
  return { arrivedAt: Date.parse(snapshot.at) + 10, boot: "b", snapshot };
}
