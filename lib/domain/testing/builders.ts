import type { ClusterState } from "../cluster-state";
import type {
  DcsMemberStatus,
  DcsView,
  HaproxyFacts,
  PatroniStatus,
  PgbouncerFacts,
  PostgresFacts,
  VipFacts,
} from "../facts";
import { type EpochMs, hostName, type Instant, instant, type Lsn, memberName } from "../ids";
import { emptyLook, type FailureKind, fail, type Look, ok, remember, type SourceKind } from "../observation";
import { healthyEye } from "./client-eye";
import {
  addressOf,
  dcsMember,
  patroniStatus,
  poolServer,
  postgresFacts,
  SYSTEM_ID,
  startedAt,
  walSender,
} from "./facts";
import { type ClusterOptions, NOW, READ_POOL, specOf, VIP_ADDRESS, WRITE_POOL } from "./spec";
import { postgresVitals } from "./vitals";

/** States of clusters of any size for tests and samples: a healthy one first, then changes by name. */

export type { ClusterOptions } from "./spec";
export { NOW, READ_POOL, VIP_ADDRESS, WRITE_POOL } from "./spec";

type Room = "patroni" | "postgres" | "vitals" | "pgbouncer" | "haproxy" | "dcsMembers";
type ValueOf<R extends Room> = ClusterState[R] extends Readonly<Record<string, Look<infer T>>> ? T : never;

const INTERVAL_MS: Readonly<Record<Room | "dcs" | "vip", number>> = {
  dcs: 3_000,
  dcsMembers: 5_000,
  patroni: 2_000,
  postgres: 2_000,
  vitals: 15_000,
  pgbouncer: 15_000,
  haproxy: 2_000,
  vip: 1_000,
};

/** A cluster of hosts that each run everything, as all members of it would be seen at `now` when all is well. */
export function healthyState(options: ClusterOptions = {}): ClusterState {
  const { names = ["node1", "node2", "node3"], now = NOW } = options;
  const leader = options.leader ?? names[0] ?? "node1";
  const leads = (name: string) => name === leader;
  const spec = specOf(names, options);
  const clock = { serverTime: instant(now) };
  const each = <T>(source: SourceKind, room: Room, value: (name: string, index: number) => T) =>
    Object.fromEntries(names.map((name, i) => [name, seen(source, name, INTERVAL_MS[room], value(name, i), now, 6)]));
  const postgres = (name: string, i: number) => postgresFacts(i, leads(name), replication(names, leader, name));
  return {
    spec,
    roster: names.map((name, i) => ({
      name: memberName(name),
      host: addressOf(i),
      port: 5432,
      apiUrl: `http://${addressOf(i)}:8008`,
      firstSeenAt: now - 3_600_000,
      lastInDcsAt: now,
    })),
    dcs: seen("dcs", spec.scope, INTERVAL_MS.dcs, healthyDcs(names, leader), now, 2),
    dcsMembers: Object.fromEntries(
      spec.dcs.endpoints.map((endpoint, i) => [
        endpoint,
        seen("dcs-member", endpoint, INTERVAL_MS.dcsMembers, etcdMember(endpoint, names[i] ?? null, i), now, 3),
      ]),
    ),
    patroni: each("patroni", "patroni", (name, i) => patroniStatus(name, i, leads(name), { scope: spec.scope })),
    postgres: spec.postgres ? each("postgres", "postgres", postgres) : {},
    vitals: spec.postgres ? each("postgres-vitals", "vitals", (name, i) => postgresVitals(i, leads(name), clock)) : {},
    sizes: {},
    pgbouncer: spec.pgbouncer ? each("pgbouncer", "pgbouncer", pgbouncerFacts) : {},
    haproxy: spec.haproxy ? each("haproxy", "haproxy", () => haproxyFacts(names, [leader])) : {},
    vip: spec.vip && seen("vip", VIP_ADDRESS, INTERVAL_MS.vip, vipFacts(leader, names), now, 4),
    clientEye: spec.clientEye && healthyEye(VIP_ADDRESS, names.indexOf(leader), now),
    backups: {},
    basebackups: {},
    certificates: {},
    store: null,
    actions: null,
    attention: null,
  };
}

function seen<T>(source: SourceKind, target: string, intervalMs: number, value: T, at: EpochMs, tookMs: number) {
  const look = emptyLook<T>(source, target, intervalMs);
  return remember(look, { source, target, observedAt: at, tookMs, result: ok(value) });
}

export function healthyDcs(names: readonly string[], leader: string): DcsView {
  return {
    kind: "etcd3",
    revision: "1042",
    leader: { name: memberName(leader), modRevision: "841", lease: "7587870315411341" },
    members: names.map((name, i) => dcsMember(name, i, name === leader)),
    systemId: SYSTEM_ID,
    config: { ttl: 30, loop_wait: 10 },
    configRevision: "12",
    history: [
      {
        timeline: 6,
        lsn: "3/41000000" as Lsn,
        reason: "no recovery target specified",
        at: "2026-11-17T22:51:09.000Z" as Instant,
        newLeader: memberName(leader),
      },
    ],
    failover: null,
    sync: null,
    pause: false,
    ttlSeconds: 30,
    loopWaitSeconds: 10,
  };
}

function etcdMember(endpoint: string, name: string | null, index: number): DcsMemberStatus {
  return {
    endpoint,
    name,
    memberId: String(9_372_538_179_322_589_000n + BigInt(index)),
    leaderId: String(9_372_538_179_322_589_000n),
    isLeader: index === 0,
    isLearner: false,
    raftTerm: "4",
    version: "3.5.16",
    dbSizeBytes: 155_648,
    dbSizeInUseBytes: 98_304,
    dbQuotaBytes: null,
    raftBacklog: 0,
    alarms: [],
    errors: [],
  };
}

function replication(names: readonly string[], leader: string, name: string): Partial<PostgresFacts> {
  if (name === leader) {
    return { senders: names.flatMap((n, i) => (n === leader ? [] : [walSender(n, i)])) };
  }
  const receiver = {
    status: "streaming",
    senderHost: addressOf(Math.max(0, names.indexOf(leader))),
    senderPort: 5432,
    slotName: name,
    receivedTimeline: 7,
    latestEndLsn: null,
    lastMessageAgeSeconds: 1,
  };
  return { receiver };
}

function pgbouncerFacts(): PgbouncerFacts {
  return {
    version: "1.24.1",
    allPaused: false,
    databases: [
      {
        name: "*",
        host: "127.0.0.1",
        port: 5432,
        paused: false,
        disabled: false,
        poolSize: 20,
        connections: 12,
        connectionsMax: null,
      },
    ],
    pools: [
      {
        database: "erp",
        user: "erp",
        clientsActive: 41,
        clientsWaiting: 0,
        serversActive: 9,
        serversIdle: 4,
        serversUnchecked: 0,
        serversLogin: 0,
        maxWaitMs: 0,
        mode: "transaction",
      },
    ],
    stats: [
      {
        database: "erp",
        transactions: 5_120_334,
        queries: 18_441_902,
        assignments: 5_120_340,
        receivedBytes: 9_662_118_402,
        sentBytes: 41_882_337_109,
        transactionMs: 61_440_018,
        queryMs: 38_202_771,
        waitMs: 18_402,
      },
    ],
  };
}

/** The two pools as every node shows them when `writers` are up in the write pool. */
export function haproxyFacts(names: readonly string[], writers: readonly string[]): HaproxyFacts {
  const write = names.map((name) => poolServer(name, writers.includes(name)));
  const read = names.map((name) => poolServer(name, !writers.includes(name) || names.length === 1));
  const anyUp = writers.some((w) => names.includes(w));
  return {
    pools: [
      { name: WRITE_POOL, status: anyUp ? "up" : "down", servers: write, sessions: anyUp ? 92 : 0, queue: 0 },
      { name: READ_POOL, status: "up", servers: read, sessions: 35, queue: 0 },
    ],
    counters: [],
  };
}

/** The VIP on `holder`, found through Patroni and confirmed by the neighbour table. */
export function vipFacts(holder: string, names: readonly string[]): VipFacts {
  const index = Math.max(0, names.indexOf(holder));
  const mac = (i: number) => `52:54:00:aa:00:0${i % 10}`;
  return {
    address: VIP_ADDRESS,
    probes: [
      {
        method: "patroni",
        evidence: { method: "patroni", memberName: holder, postmasterStartTime: startedAt(index), scope: null },
        failure: null,
      },
      {
        method: "neighbour",
        evidence: {
          method: "neighbour",
          heard: [],
          mac: mac(index),
          hosts: names.map((_, i) => ({ host: hostName(addressOf(i)), mac: mac(i) })),
        },
        failure: null,
      },
    ],
  };
}

// ---------------------------------------------------------------- changes

const nowOf = (state: ClusterState): EpochMs => state.dcs.last?.at ?? NOW;

/** Replaces the last good answer of one target, observed at `at` (by default when the DCS was last seen). */
export function answer<R extends Room>(
  state: ClusterState,
  room: R,
  target: string,
  value: ValueOf<R> | ((was: ValueOf<R>) => ValueOf<R>),
  at: EpochMs = nowOf(state),
  tookMs = 6,
): ClusterState {
  const looks = state[room] as Readonly<Record<string, Look<ValueOf<R>>>>;
  const look = looks[target] ?? emptyLook<ValueOf<R>>(SOURCE_OF[room], target, INTERVAL_MS[room]);
  const good = look.good;
  if (typeof value === "function" && !good) return state;
  const next = typeof value === "function" && good ? (value as (was: ValueOf<R>) => ValueOf<R>)(good.value) : value;
  const last = { at, tookMs, failure: null };
  const changed = { ...look, good: { value: next as ValueOf<R>, at, tookMs }, last, failures: 0 };
  return { ...state, [room]: { ...looks, [target]: changed } };
}

const SOURCE_OF: Readonly<Record<Room, SourceKind>> = {
  patroni: "patroni",
  postgres: "postgres",
  vitals: "postgres-vitals",
  pgbouncer: "pgbouncer",
  haproxy: "haproxy",
  dcsMembers: "dcs-member",
};

export const patchPostgres = (
  s: ClusterState,
  name: string,
  over: Partial<PostgresFacts>,
  at?: EpochMs,
  tookMs?: number,
) => answer(s, "postgres", name, (was) => ({ ...was, ...over }), at, tookMs);
export const patchPatroni = (
  s: ClusterState,
  name: string,
  over: Partial<PatroniStatus>,
  at?: EpochMs,
  tookMs?: number,
) => answer(s, "patroni", name, (was) => ({ ...was, ...over }), at, tookMs);

export function patchDcs(state: ClusterState, over: Partial<DcsView>, at: EpochMs = nowOf(state)): ClusterState {
  const good = state.dcs.good;
  if (!good) return state;
  const dcs = { ...state.dcs, good: { value: { ...good.value, ...over }, at, tookMs: 2 } };
  return { ...state, dcs: { ...dcs, last: { at, tookMs: 2, failure: null }, failures: 0 } };
}

/** The leader key in other hands, or gone with null. */
export function keyTo(state: ClusterState, name: string | null, revision: string, at?: EpochMs): ClusterState {
  const leader = name === null ? null : { name: memberName(name), modRevision: revision, lease: revision };
  return patchDcs(state, { leader }, at);
}

/** One more look at a target, which failed. */
export function failing(
  state: ClusterState,
  room: Room,
  target: string,
  kind: FailureKind,
  at: EpochMs = nowOf(state) + 1,
): ClusterState {
  const looks = state[room] as Readonly<Record<string, Look<unknown>>>;
  const look = looks[target] ?? emptyLook<unknown>(SOURCE_OF[room], target, INTERVAL_MS[room]);
  const observation = { source: look.source, target, observedAt: at, tookMs: 1_500, result: fail(kind, kind) };
  return { ...state, [room]: { ...looks, [target]: remember(look, observation) } };
}

export function failingDcs(state: ClusterState, kind: FailureKind, at: EpochMs = nowOf(state) + 1): ClusterState {
  const observation = { source: state.dcs.source, target: state.dcs.target, observedAt: at, tookMs: 1_500 };
  return { ...state, dcs: remember(state.dcs, { ...observation, result: fail(kind, kind) }) };
}

/** A whole host out of reach: every system of it times out, and what was known of it is too old to count. */
export function cutHost(state: ClusterState, name: string, at: EpochMs = nowOf(state)): ClusterState {
  const rooms = ["patroni", "postgres", "pgbouncer", "haproxy"] as const;
  return rooms.reduce((s, room) => (s[room][name] ? failing(s, room, name, "unreachable", at + 1) : s), state);
}

/** One HAProxy node's write pool sends to these servers. */
export const routes = (state: ClusterState, node: string, writers: readonly string[], at?: EpochMs): ClusterState =>
  answer(
    state,
    "haproxy",
    node,
    haproxyFacts(
      state.roster.map((r) => r.name),
      writers,
    ),
    at,
  );

export function withVip(state: ClusterState, facts: VipFacts, at: EpochMs = nowOf(state)): ClusterState {
  if (!state.vip) return state;
  const vip = {
    ...state.vip,
    good: { value: facts, at, tookMs: 4 },
    last: { at, tookMs: 4, failure: null },
    failures: 0,
  };
  return { ...state, vip };
}

export const vipOn = (state: ClusterState, holder: string, at?: EpochMs): ClusterState =>
  withVip(
    state,
    vipFacts(
      holder,
      state.roster.map((r) => r.name),
    ),
    at,
  );

/** No probe of the VIP was answered. */
export function vipNowhere(state: ClusterState, at?: EpochMs): ClusterState {
  const silent = (method: "patroni" | "neighbour") =>
    ({ method, evidence: null, failure: { kind: "timeout", text: "no answer" } }) as const;
  return withVip(state, { address: VIP_ADDRESS, probes: [silent("patroni"), silent("neighbour")] }, at);
}
