import { describe, expect, test } from "vitest";
import { RETENTION_DEFAULT } from "@/lib/config/schema";
import type { ClusterConfig, Config } from "@/lib/config/types";
import { Secret } from "@/lib/config/types";
import { backup, day, stanza } from "@/lib/domain/backups/testing/backups";
import { clusterScope } from "@/lib/domain/ids";
import { fail, type Look, ok, type Result } from "@/lib/domain/observation";
import { healthyState } from "@/lib/domain/testing/builders";
import { finds } from "@/lib/domain/testing/client-eye";
import { createT } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { checkConfig } from "./check-config";
import type { Eyes } from "./eyes";
import { renderReport } from "./render";
import { exitCodeOf } from "./report";

const STATE = healthyState({ scope: "demo" });
const SECRET = new Secret("hunter2");
const TIMES = { intervalMs: 2000, timeoutMs: 2000 };

const CLUSTER: ClusterConfig = {
  scope: clusterScope("demo"),
  title: "Demo",
  environment: null,
  dcs: {
    kind: "etcd3",
    endpoints: STATE.spec.dcs.endpoints,
    namespace: "service",
    username: "reader",
    password: SECRET,
    tls: null,
  },
  patroni: { seeds: ["http://10.0.0.1:8008"], username: "patroni", password: SECRET, tls: null, ...TIMES },
  postgres: {
    user: "matriarch",
    password: SECRET,
    database: "postgres",
    sslmode: "prefer",
    ca: null,
    showQueries: "operator",
    vitalsIntervalMs: 15_000,
    ...TIMES,
  },
  pgbouncer: { port: 6432, user: "stats", password: SECRET, admin: null, ...TIMES },
  actions: { approval: [], approvalWithinMs: 900_000, disabled: [] },
  haproxy: {
    nodes: [{ name: "node1", stats: "http://10.0.0.1:5000/", runtime: null, username: "admin", password: SECRET }],
    writePool: "postgres_master",
    readPool: "postgres_replicas",
    ...TIMES,
  },
  vip: { address: "10.0.0.200", follows: "leader", writePort: 7000, ...TIMES },
  clientEye: {
    host: "10.0.0.200",
    port: 7000,
    user: "matriarch",
    password: SECRET,
    database: "postgres",
    sslmode: "prefer",
    ca: null,
    ...TIMES,
  },
  backups: [
    {
      name: "pgbackrest",
      kind: "pgbackrest",
      via: "sql",
      stanza: "main",
      function: "matriarch.pgbackrest_info",
      command: [],
      ssh: null,
      path: null,
      intervalMs: 60_000,
      timeoutMs: 30_000,
      maxAgeMs: 3_600_000,
      outputMaxBytes: 1_000_000,
    },
  ],
};

const CONFIG: Config = {
  path: "/matriarch.yaml",
  server: { port: 3000, publicUrl: null },
  store: { url: SECRET, retention: RETENTION_DEFAULT },
  auth: { users: [{ name: "dba", passwordHash: SECRET, role: "admin" }], tokens: [], secret: null, sessionHours: 8 },
  clusters: [CLUSTER],
};

const goodOf = <T>(look: Look<T> | null | undefined): T => {
  if (!look?.good) throw new Error("the sample has no such look");
  return look.good.value;
};
const first = <T>(looks: Readonly<Record<string, Look<T>>>): T => goodOf(Object.values(looks)[0]);
const statusAt = (origin: string) =>
  goodOf(STATE.patroni[STATE.roster.find((entry) => entry.apiUrl === origin)?.name ?? "node1"]);

const HEALTHY: Eyes = {
  dcsView: async () => ok(goodOf(STATE.dcs)),
  dcsStatus: async () => ok(first(STATE.dcsMembers)),
  dcsMembers: async () => ok(STATE.spec.dcs.endpoints.map((url) => ({ clientUrls: [url] }))),
  patroniCluster: async () => ok(goodOf(STATE.dcs)),
  patroniStatus: async (_cluster, origin) => ok({ ...statusAt(origin), scope: "demo" }),
  restAccess: async () => ok("accepted"),
  postgres: async () => ok(first(STATE.postgres)),
  pgbouncer: async () => ok(first(STATE.pgbouncer)),
  haproxy: async () => ok(first(STATE.haproxy)),
  vip: async () => ok(goodOf(STATE.vip)),
  clientEye: async () => ok(finds(0)),
  lock: async () => ({ kind: "free" }),
  maySignal: async () => ok(true),
  mayPause: async () => ok(true),
  maySetServers: async () => ok(true),
  backups: async () => ok({ version: null, stanzas: [stanza([backup("20261114F", day(14))])] }),
};

const t = createT("en", en);
async function look(eyes: Partial<Eyes>, cluster: Partial<ClusterConfig> = {}, auth: Partial<Config["auth"]> = {}) {
  const config = { ...CONFIG, auth: { ...CONFIG.auth, ...auth }, clusters: [{ ...CLUSTER, ...cluster }] };
  const report = await checkConfig(config, { ...HEALTHY, ...eyes });
  return { report, text: renderReport(report, t), code: exitCodeOf(report) };
}
const broken =
  <T>(kind: Parameters<typeof fail>[0]): (() => Promise<Result<T>>) =>
  async () =>
    fail<T>(kind, "said so");

describe("check-config", () => {
  test("finds nothing missing where nothing is", async () => {
    const { text, code, report } = await look({});
    expect(text.split("\n").filter((line) => /^ {2}[!✗]/.test(line))).toEqual([]);
    expect(code).toBe(0);
    const seen = new Set(report.clusters[0]?.lines.map((line) => line.subject));
    expect([...seen]).toEqual([
      "dcs",
      "dcs-member",
      "seed",
      "patroni",
      "rest",
      "postgres",
      "pgbouncer",
      "haproxy",
      "vip",
      "client-eye",
      "backups",
    ]);
  });

  test.each<[string, Partial<Eyes>, Partial<ClusterConfig>, RegExp, RegExp]>([
    [
      "role lacks pg_monitor",
      { postgres: async () => ok({ ...first(STATE.postgres), canReadReplication: false }) },
      {},
      /! PostgreSQL node1 .*as matriarch/,
      /GRANT pg_monitor TO "matriarch";/,
    ],
    [
      "password refused by PostgreSQL",
      { postgres: broken("unauthorized") },
      {},
      /✗ PostgreSQL node1 .*Password refused/,
      /pg_hba\.conf lets matriarch into postgres/,
    ],
    [
      "write port leads to a replica",
      { clientEye: async () => ok(finds(1, "read-only")) },
      {},
      /✗ Client’s eye .*10\.0\.0\.200:7000 .*only read/,
      /vip\.writePort lead to the leader/,
    ],
    [
      "pooler behind the VIP does not know us",
      { clientEye: broken("unauthorized") },
      {},
      /✗ Client’s eye .*Password refused/,
      /check that it knows matriarch/,
    ],
    [
      "REST needs a password",
      { restAccess: async () => ok("unauthorized") },
      { patroni: { ...CLUSTER.patroni, username: null, password: null } },
      /! REST actions node1/,
      /Set patroni\.username and patroni\.password/,
    ],
    [
      "REST refuses the password",
      { restAccess: async () => ok("unauthorized") },
      {},
      /✗ REST actions node1 .*password of patroni is refused/,
      /restapi\.authentication/,
    ],
    [
      "REST takes actions from anyone",
      {},
      { patroni: { ...CLUSTER.patroni, username: null, password: null } },
      /! REST actions node1 .*from anyone/,
      /Set restapi\.authentication/,
    ],
    [
      "REST refuses our address",
      { restAccess: async () => ok("forbidden") },
      {},
      /! REST actions node1/,
      /restapi\.allowlist/,
    ],
    [
      "another cluster behind a seed",
      { patroniStatus: async (_c, origin) => ok({ ...statusAt(origin), scope: "other" }) },
      {},
      /✗ Patroni seed .*Another one answered/,
      /scope other/,
    ],
    ["HAProxy refuses the password", { haproxy: broken("unauthorized") }, {}, /✗ HAProxy node1/, /stats auth/],
    [
      "pool that is not on the page",
      {},
      { haproxy: CLUSTER.haproxy && { ...CLUSTER.haproxy, writePool: "writes" } },
      /✗ HAProxy node1 .*writePool names writes.*postgres_master, postgres_replicas/,
      /Set haproxy\.writePool/,
    ],
    [
      "write pool not configured",
      {},
      { haproxy: CLUSTER.haproxy && { ...CLUSTER.haproxy, writePool: null } },
      /! HAProxy node1 .*pools on the page: postgres_master/,
      /Set haproxy\.writePool/,
    ],
    [
      "VIP that does not answer",
      {
        vip: async () =>
          ok({
            address: "10.0.0.200",
            probes: [{ method: "patroni" as const, evidence: null, failure: { kind: "timeout", text: "" } }],
          }),
      },
      {},
      /✗ VIP +10\.0\.0\.200/,
      /Keepalived or vip-manager/,
    ],
    ["etcd wants a password", { dcsView: broken("unauthorized") }, {}, /✗ DCS etcd3/, /dcs\.username/],
    [
      "etcd hides the scope from this user",
      { dcsView: broken("forbidden") },
      {},
      /✗ DCS etcd3/,
      /user reader the right to read \/service\/demo\//,
    ],
    ["etcd shows status to root only", { dcsStatus: broken("forbidden") }, {}, /! etcd /, /works without it/],
    [
      "nothing under the path",
      { dcsView: async () => ok({ ...goodOf(STATE.dcs), members: [], leader: null, systemId: null }) },
      {},
      /✗ DCS etcd3 .*nothing is stored/,
      /dcs\.namespace/,
    ],
    [
      "PgBouncer refuses the user",
      { pgbouncer: broken("unauthorized") },
      {},
      /✗ PgBouncer node1/,
      /Add stats to stats_users/,
    ],
    [
      "etcd lets us read only",
      { lock: async () => ({ kind: "not-permitted" }) },
      {},
      /! DCS etcd3 +\/matriarch\/demo\/lock .*may not be written/,
      /readwrite \/matriarch\/demo\/lock, for the role of reader/,
    ],
    [
      "role may not end sessions",
      { maySignal: async () => ok(false) },
      {},
      /! PostgreSQL node1 .*matriarch may not cancel/,
      /GRANT pg_signal_backend TO "matriarch";/,
    ],
    [
      "PgBouncer lets us look only",
      { mayPause: async () => ok(false) },
      {},
      /! PgBouncer node1 .*stats may look, but not pause/,
      /pgbouncer\.adminUser/,
    ],
    [
      "PgBouncer refuses the admin",
      { mayPause: broken("unauthorized") },
      { pgbouncer: CLUSTER.pgbouncer && { ...CLUSTER.pgbouncer, admin: { user: "boss", password: SECRET } } },
      /✗ PgBouncer node1 .*said so/,
      /Add boss to stats_users|admin_users/,
    ],
    [
      "HAProxy's page shows no form",
      { maySetServers: async () => ok(false) },
      {},
      /! HAProxy node1 .*may not be drained.*the page/,
      /stats admin if TRUE/,
    ],
    ["PgBouncer is not there", { pgbouncer: broken("refused") }, {}, /✗ PgBouncer node1/, /pgbouncer\.port/],
  ])("%s: says so, with a suggestion", async (_name, eyes, cluster, line, advice) => {
    const { text, code } = await look(eyes, cluster);
    expect(text).toMatch(line);
    expect(text).toMatch(advice);
    expect(code).toBe(1);
    expect(text).not.toContain("hunter2");
  });

  test("asks about actions only where the right member has proven to be", async () => {
    const asked: string[] = [];
    const other = {
      patroniStatus: (async (_c, origin) =>
        ok({ ...statusAt(origin), scope: "other" })) satisfies Eyes["patroniStatus"],
    };
    const restAccess: Eyes["restAccess"] = async (_cluster, origin) => {
      asked.push(origin);
      return ok("accepted");
    };
    await look({ ...other, restAccess });
    expect(asked).toEqual([]);
    await look({ restAccess });
    expect(asked).toHaveLength(3);
  });

  test("learns the members from a seed when the DCS cannot be read, and says when it cannot at all", async () => {
    expect((await look({ dcsView: broken("refused") })).text).toContain("PostgreSQL node3");
    const blind = await look({
      dcsView: broken("refused"),
      patroniCluster: broken("refused"),
      patroniStatus: broken("refused"),
    });
    expect(blind.text).toMatch(/✗ Members/);
    expect(blind.text).toContain("HAProxy node1");
  });

  test("what this dashboard is told never to do needs no right", async () => {
    const may = {
      maySignal: async () => ok(false),
      mayPause: async () => ok(false),
      maySetServers: async () => ok(false),
    };
    const disabled = [
      "backend-cancel",
      "backend-terminate",
      "pgbouncer-pause",
      "pgbouncer-resume",
      "pgbouncer-reconnect",
      "haproxy-server",
    ] as const;
    expect((await look(may)).code).toBe(1);
    expect((await look(may, { actions: { ...CLUSTER.actions, disabled } })).code).toBe(0);
  });

  test("a lock that is held is a note that says by whom", async () => {
    const by = { operationId: "1", action: "switchover", actor: "anna", dashboard: "desk", at: instant(0) };
    const { text, code } = await look({ lock: async () => ({ kind: "held", by }) });
    expect(text).toMatch(/· DCS etcd3 .*held now: switchover by anna/);
    expect(code).toBe(0);
  });

  test("etcd members that are not configured are a note, not a fault", async () => {
    const { text, code } = await look({ dcsMembers: async () => ok([{ clientUrls: ["http://10.0.0.9:2379"] }]) });
    expect(text).toMatch(/· etcd .*http:\/\/10\.0\.0\.9:2379/);
    expect(code).toBe(0);
  });

  test("warns when nobody could sign in", async () => {
    const { text, code } = await look({}, {}, { users: [] });
    expect([code, text.includes("npm run hash-password")]).toEqual([1, true]);
  });

  test("every sentence exists and can be filled in, in both languages", async () => {
    const missing: string[] = [];
    for (const [locale, texts] of [
      ["en", en],
      ["ru", ru],
    ] as const) {
      const translate = createT(locale, texts, (problem) => missing.push(problem));
      for (const kind of [
        "unauthorized",
        "forbidden",
        "refused",
        "timeout",
        "dns",
        "tls",
        "wrong-identity",
        "malformed",
        "insufficient-privilege",
        "no-quorum",
        "http-status",
      ] as const) {
        const all = Object.fromEntries(Object.keys(HEALTHY).map((key) => [key, broken(kind)])) as unknown as Eyes;
        for (const eyes of [all, { ...all, dcsView: HEALTHY.dcsView }, { ...HEALTHY, restAccess: all.restAccess }]) {
          renderReport((await look(eyes)).report, translate);
        }
      }
      renderReport((await look({})).report, translate);
    }
    expect(missing).toEqual([]);
  });
});
