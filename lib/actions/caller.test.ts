import { describe, expect, test } from "vitest";
import { type ClusterConfig, Secret } from "@/lib/config/types";
import type { Call } from "@/lib/domain/actions/call";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { DEFAULT_LIMITS } from "@/lib/domain/findings/limits";
import { clusterScope, type Instant, memberName } from "@/lib/domain/ids";
import { healthyState } from "@/lib/domain/testing/builders";
import { createCaller } from "./caller";
import { createDcsLock } from "./dcs-lock";
import { createPlanLooks } from "./looks";

const SCOPE = clusterScope("demo");
const SECRET = new Secret("hunter2");
const TIMES = { intervalMs: 2_000, timeoutMs: 200 };
/** Nothing is reached in these tests: each address is one where nobody listens. */
const NOWHERE = "127.0.0.1";

const CONFIG: ClusterConfig = {
  scope: SCOPE,
  title: "Demo",
  environment: null,
  dcs: { kind: "consul", endpoints: [], namespace: "service", username: null, password: null, tls: null },
  patroni: { seeds: [], username: "patroni", password: SECRET, tls: null, ...TIMES },
  postgres: {
    user: "matriarch",
    password: SECRET,
    database: "postgres",
    sslmode: "disable",
    ca: null,
    showQueries: "operator",
    vitalsIntervalMs: 15_000,
    ...TIMES,
  },
  pgbouncer: { port: 1, user: "stats", password: SECRET, admin: null, ...TIMES },
  haproxy: {
    nodes: [{ name: "node1", stats: `http://${NOWHERE}:1/`, runtime: null, username: null, password: null }],
    writePool: null,
    readPool: null,
    ...TIMES,
  },
  vip: null,
  clientEye: null,
  backups: [],
  findings: DEFAULT_LIMITS,
  actions: { approval: [], approvalWithinMs: 1, disabled: [] },
};

const healthy = healthyState({ scope: SCOPE });
const STATE: ClusterState = {
  ...healthy,
  roster: healthy.roster.map((entry) => ({ ...entry, host: NOWHERE, port: 1, apiUrl: `http://${NOWHERE}:1` })),
};
const withoutAddress: ClusterState = {
  ...STATE,
  roster: STATE.roster.map((entry) => ({ ...entry, host: null, port: null, apiUrl: null })),
};

const member = memberName("node2");
const CALLS = {
  patroni: {
    system: "patroni",
    id: "restart:node2",
    member,
    origin: `http://${NOWHERE}:1`,
    method: "POST",
    path: "/restart",
    body: {},
    timeoutMs: 200,
  },
  postgres: {
    system: "postgres",
    id: "signal",
    member,
    signal: "cancel",
    pid: 1,
    backendStart: "2026-11-21T00:00:00.000Z" as Instant,
  },
  haproxy: { system: "haproxy", id: "drain", node: "node1", pool: "reads", server: "node2", state: "drain" },
  pgbouncer: { system: "pgbouncer", id: "pause", member, command: "pause", database: null, timeoutMs: 200 },
} as const satisfies Record<Call["system"], Call>;

const signal = new AbortController().signal;
const send = (call: Call, state: ClusterState | null = STATE, config: Partial<ClusterConfig> = {}) =>
  createCaller([{ ...CONFIG, ...config }], () => state).send(SCOPE, call, signal);

describe("a call", () => {
  test.each(Object.values(CALLS))("to $system where nobody listens is not sent, and says where", async (call) => {
    const answer = await send(call);
    expect(answer).toMatchObject({ kind: "not-sent", status: null, member: null });
    expect(answer.call).toContain(NOWHERE);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });

  test.each<[string, Call, ClusterState | null, Partial<ClusterConfig>, RegExp]>([
    ["a cluster that is not watched", CALLS.patroni, null, {}, /not watched/],
    ["a member without a published address", CALLS.patroni, withoutAddress, {}, /no address/],
    ["an address that the member has left", { ...CALLS.patroni, origin: "http://127.0.0.9:1" }, STATE, {}, /publishes/],
    ["a member that is not in the roster", { ...CALLS.patroni, member: memberName("node9") }, STATE, {}, /no address/],
    ["a server without an address", CALLS.postgres, withoutAddress, {}, /no address/],
    ["PostgreSQL without access to it", CALLS.postgres, STATE, { postgres: null }, /configured/],
    ["a HAProxy that is not configured", { ...CALLS.haproxy, node: "node9" }, STATE, {}, /node9 is configured/],
    ["a cluster without HAProxy", CALLS.haproxy, STATE, { haproxy: null }, /configured/],
    ["PgBouncer without access to it", CALLS.pgbouncer, STATE, { pgbouncer: null }, /configured/],
    ["a console without an address", CALLS.pgbouncer, withoutAddress, {}, /no address/],
  ])("to %s is not sent", async (_, call, state, config, why) => {
    expect(await send(call, state, config)).toMatchObject({ kind: "not-sent", text: expect.stringMatching(why) });
  });
});

describe("a look for a plan", () => {
  const looks = (state: ClusterState | null = STATE, config: Partial<ClusterConfig> = {}) =>
    createPlanLooks([{ ...CONFIG, ...config }], () => state);
  const id = { pid: 1, backendStart: CALLS.postgres.backendStart };

  test("that reaches nothing is a failure, never nobody", async () => {
    expect(await looks().server(SCOPE, member, signal)).toMatchObject({ ok: false, failure: { kind: "refused" } });
    expect(await looks().backend(SCOPE, member, id, signal)).toMatchObject({ ok: false, failure: { kind: "refused" } });
  });

  test.each([
    ["no state", null, {}],
    ["no access", STATE, { postgres: null }],
    ["no address", withoutAddress, {}],
  ] as const)("with %s is a failure that says so", async (_, state, config) => {
    const seen = await looks(state, config).server(SCOPE, member, signal);
    expect(seen).toMatchObject({ ok: false, failure: { kind: "unsupported" } });
  });

  test("a HAProxy that cannot be asked is one that we may not set", async () => {
    expect(await looks().haproxyAdmin(SCOPE, signal)).toEqual({ node1: false });
    expect(await looks(STATE, { haproxy: null }).haproxyAdmin(SCOPE, signal)).toEqual({});
  });
});

test("another DCS than etcd v3, and a cluster that is not configured, have no lock of ours", async () => {
  const lock = createDcsLock([CONFIG]);
  const holder = { operationId: "1", action: "reload", actor: "a", dashboard: "d", at: CALLS.postgres.backendStart };
  for (const scope of [SCOPE, clusterScope("other")]) {
    expect(await lock.ability(scope)).toEqual({ kind: "not-supported" });
    expect(await lock.take(scope, holder, null)).toEqual({ kind: "not-supported" });
  }
});

test("an etcd that nobody reaches is a failure of the lock, never a free one", async () => {
  const dcs = { ...CONFIG.dcs, kind: "etcd3" as const, endpoints: [`http://${NOWHERE}:1`] };
  const lock = createDcsLock([{ ...CONFIG, dcs }]);
  const holder = { operationId: "1", action: "reload", actor: "a", dashboard: "d", at: CALLS.postgres.backendStart };
  expect(await lock.ability(SCOPE)).toMatchObject({ kind: "failed" });
  expect(await lock.take(SCOPE, holder, null)).toMatchObject({ kind: "failed" });
});
