import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { answer, type ClusterOptions, healthyState, keyTo, vipOn } from "../../../testing/builders";
import { eyeSees, finds } from "../../../testing/client-eye";
import { allSilent, pooler, said, standbyCluster, writers } from "../../../testing/routing";
import type { FindingRule } from "../../rule";
import { pgbouncerElsewhere } from "./pgbouncer-elsewhere";
import { pgbouncerExhausted } from "./pgbouncer-exhausted";
import { pgbouncerLogin } from "./pgbouncer-login";
import { pgbouncerWaiting } from "./pgbouncer-waiting";

type Row = readonly [what: string, rule: FindingRule, state: () => ClusterState, says: string, params: object];

const cluster = (options: ClusterOptions = {}) => healthyState(options);
const WAITS = { clientsWaiting: 7, maxWaitMs: 4_200, serversIdle: 0 };
const FULL = { ...WAITS, serversActive: 20 };
const NONE = { ...WAITS, serversActive: 0 };
const second = (state: ClusterState, member: string, over: object) =>
  answer(state, "pgbouncer", member, (was) => ({
    ...was,
    pools: [...was.pools, ...was.pools.map((pool) => ({ ...pool, user: "bi", ...over }))],
  }));
const alsoFor = (state: ClusterState, member: string, name: string, host: string) =>
  answer(state, "pgbouncer", member, (was) => ({
    ...was,
    databases: [...was.databases, ...was.databases.map((one) => ({ ...one, name, host }))],
  }));

const found: readonly Row[] = [
  [
    "clients that wait",
    pgbouncerWaiting,
    () => pooler(cluster(), "node2", WAITS),
    "warn node2",
    { clients: 7, seconds: 2, pool: "erp/erp", more: 0, paused: "no" },
  ],
  [
    "clients of two pools that wait, the longest first",
    pgbouncerWaiting,
    () => second(pooler(cluster(), "node2", WAITS), "node2", { maxWaitMs: 64_000, clientsWaiting: 1 }),
    "warn node2",
    { clients: 8, seconds: 60, pool: "erp/bi", more: 1 },
  ],
  [
    "clients that wait because it is paused",
    pgbouncerWaiting,
    () => pooler(cluster(), "node1", WAITS, { paused: true }),
    "warn node1",
    { paused: "yes" },
  ],
  [
    "a pool in use to the last",
    pgbouncerExhausted,
    () => pooler(cluster(), "node1", FULL),
    "warn node1",
    { servers: 20, clients: 7 },
  ],
  [
    "a database in use to its last connection",
    pgbouncerExhausted,
    () => pooler(cluster(), "node1", { ...WAITS, serversActive: 9 }, { connections: 12, connectionsMax: 12 }),
    "warn node1",
    { servers: 9 },
  ],
  [
    "no connection to be had on the write path",
    pgbouncerLogin,
    () => pooler(cluster(), "node1", NONE),
    "critical node1",
    { all: "yes" },
  ],
  [
    "no connection to be had elsewhere",
    pgbouncerLogin,
    () => pooler(cluster(), "node3", NONE),
    "warn node3",
    { all: "yes" },
  ],
  [
    "no connection for one user, while another is served",
    pgbouncerLogin,
    () => second(pooler(cluster(), "node1", NONE), "node1", { clientsWaiting: 0, serversActive: 3 }),
    "warn node1",
    { all: "no", pool: "erp/erp" },
  ],
  [
    "the leader's PgBouncer that leads to a replica",
    pgbouncerElsewhere,
    () => pooler(cluster(), "node1", {}, { host: "10.0.0.2" }),
    "critical node1",
    { target: "node2", known: "yes", all: "yes", leader: "node1" },
  ],
  [
    "some of its databases, which may be meant",
    pgbouncerElsewhere,
    () => alsoFor(cluster(), "node1", "reports", "10.0.0.3"),
    "warn node1",
    { target: "node3", databases: "reports", all: "no" },
  ],
  [
    "an address where no member lives",
    pgbouncerElsewhere,
    () => pooler(cluster(), "node1", {}, { host: "10.0.0.77" }),
    "critical node1",
    { target: "10.0.0.77", known: "no" },
  ],
  [
    "the one behind the VIP, where there is no HAProxy",
    pgbouncerElsewhere,
    () => pooler(vipOn(cluster({ haproxy: false }), "node1"), "node1", {}, { host: "10.0.0.3" }),
    "critical node1",
    { target: "node3" },
  ],
];

const quiet: readonly (readonly [string, FindingRule, () => ClusterState])[] = [
  ["a wait that is short", pgbouncerWaiting, () => pooler(cluster(), "node1", { clientsWaiting: 3, maxWaitMs: 900 })],
  [
    "a long wait that is over",
    pgbouncerWaiting,
    () => pooler(cluster(), "node1", { clientsWaiting: 0, maxWaitMs: 9_000 }),
  ],
  ["a console that is silent", pgbouncerWaiting, () => allSilent(pooler(cluster(), "node1", WAITS), "pgbouncer")],
  [
    "a full pool in which nobody waits",
    pgbouncerExhausted,
    () => pooler(cluster(), "node1", { serversActive: 20, serversIdle: 0 }),
  ],
  [
    "those who wait while a pool could grow",
    pgbouncerExhausted,
    () => pooler(cluster(), "node1", { ...WAITS, serversActive: 19 }),
  ],
  ["a full pool that is paused", pgbouncerExhausted, () => pooler(cluster(), "node1", FULL, { paused: true })],
  ["a size that is not told", pgbouncerExhausted, () => pooler(cluster(), "node1", FULL, { poolSize: null })],
  ["a console that is silent", pgbouncerExhausted, () => allSilent(pooler(cluster(), "node1", FULL), "pgbouncer")],
  [
    "a paused one, which closes its connections",
    pgbouncerLogin,
    () => pooler(cluster(), "node1", NONE, { paused: true }),
  ],
  [
    "a pause of everything",
    pgbouncerLogin,
    () => answer(pooler(cluster(), "node1", NONE), "pgbouncer", "node1", (was) => ({ ...was, allPaused: true })),
  ],
  [
    "connections that are being checked",
    pgbouncerLogin,
    () => pooler(cluster(), "node1", { ...NONE, serversUnchecked: 1 }),
  ],
  [
    "no connection where nobody wants one",
    pgbouncerLogin,
    () => pooler(cluster(), "node1", { serversActive: 0, serversIdle: 0 }),
  ],
  ["a console that is silent", pgbouncerLogin, () => allSilent(pooler(cluster(), "node1", NONE), "pgbouncer")],
  ["a replica's own, off the path", pgbouncerElsewhere, () => pooler(cluster(), "node2", {}, { host: "10.0.0.3" })],
  [
    "one that leads to the leader from elsewhere",
    pgbouncerElsewhere,
    () => pooler(writers(cluster(), ["node2"]), "node2", {}, { host: "10.0.0.1" }),
  ],
  [
    "a replica's that serves its own host, and is on the path by HAProxy's doing",
    pgbouncerElsewhere,
    () => writers(cluster(), ["node2"]),
  ],
  [
    "one that leads back through the VIP",
    pgbouncerElsewhere,
    () => pooler(cluster(), "node1", {}, { host: "10.0.0.200", port: 7000 }),
  ],
  [
    "an unknown address by which clients do get to write",
    pgbouncerElsewhere,
    () => eyeSees(pooler(cluster({ clientEye: true }), "node1", {}, { host: "10.0.0.77" }), finds(0)),
  ],
  [
    "a name, which may be anybody's",
    pgbouncerElsewhere,
    () => pooler(cluster(), "node1", {}, { host: "pg-leader.lan" }),
  ],
  [
    "no leader to point to",
    pgbouncerElsewhere,
    () => keyTo(pooler(cluster(), "node1", {}, { host: "10.0.0.2" }), null, "9"),
  ],
  [
    "a standby cluster",
    pgbouncerElsewhere,
    () => pooler(writers(standbyCluster(), ["node1"]), "node1", {}, { host: "10.0.0.2" }),
  ],
  [
    "a console that is silent",
    pgbouncerElsewhere,
    () => allSilent(pooler(cluster(), "node1", {}, { host: "10.0.0.2" }), "pgbouncer"),
  ],
];

describe("PgBouncer", () => {
  it.each(found)("is found: %s", (_, rule, state, says, params) => {
    const drafts = said(rule, state());
    expect(drafts.map(({ severity, subject }) => `${severity} ${subject.name}`)).toEqual([says]);
    expect(drafts[0]?.text.params).toMatchObject(params);
    expect(drafts[0]?.subject.kind).toBe("pgbouncer");
  });

  it.each(quiet.map(([what, rule, state]) => [what, rule.id, rule, state] as const))(
    "is left alone: %s (%s)",
    (_what, _id, rule, state) => {
      expect(said(rule, state())).toEqual([]);
    },
  );

  it.each([{}, { names: ["solo"] }, { names: ["a", "b", "c", "d", "e", "f", "g"] }, { pgbouncer: false }])(
    "of a healthy cluster is left alone: %o",
    (options) => {
      const rules = [pgbouncerWaiting, pgbouncerExhausted, pgbouncerLogin, pgbouncerElsewhere];
      expect(rules.flatMap((rule) => said(rule, cluster(options)))).toEqual([]);
    },
  );

  it("is judged by two looks at least, however seldom it is looked at", () => {
    const state = pooler(cluster(), "node1", FULL);
    const look = state.pgbouncer.node1;
    expect(said(pgbouncerWaiting, state)[0]?.holdMs).toBe((look?.intervalMs ?? 0) + 1_000);
    const often = look ? { ...state, pgbouncer: { ...state.pgbouncer, node1: { ...look, intervalMs: 2_000 } } } : state;
    expect(said(pgbouncerWaiting, often)[0]?.holdMs).toBe(state.spec.findings.pgbouncerHoldMs);
  });
});
