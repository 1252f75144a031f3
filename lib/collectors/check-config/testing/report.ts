import { RETENTION_DEFAULT } from "@/lib/config/schema";
import type { ClusterConfig, Config } from "@/lib/config/types";
import { Secret } from "@/lib/config/types";
import { backup, day, stanza } from "@/lib/domain/backups/testing/backups";
import { DEFAULT_LIMITS } from "@/lib/domain/findings/limits";
import { clusterScope } from "@/lib/domain/ids";
import { fail, type Look, ok, type Result } from "@/lib/domain/observation";
import { healthyState } from "@/lib/domain/testing/builders";
import { finds } from "@/lib/domain/testing/client-eye";
import { createT } from "@/lib/format/message";
import en from "@/messages/en.json";
import { checkConfig } from "../check-config";
import type { Eyes } from "../eyes";
import { renderReport } from "../render";
import { exitCodeOf } from "../report";

/** A cluster in which nothing is missing, and eyes that see it; `look` puts others in the place of some. */
export const STATE = healthyState({ scope: "demo" });
export const SECRET = new Secret("hunter2");
const TIMES = { intervalMs: 2000, timeoutMs: 2000 };

export const CLUSTER: ClusterConfig = {
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
  findings: DEFAULT_LIMITS,
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

export const CONFIG: Config = {
  path: "/matriarch.yaml",
  server: { port: 3000, publicUrl: null },
  store: { url: SECRET, retention: RETENTION_DEFAULT },
  auth: { users: [{ name: "dba", passwordHash: SECRET, role: "admin" }], tokens: [], secret: null, sessionHours: 8 },
  clusters: [CLUSTER],
  alerts: {
    holdMs: 30_000,
    holdCriticalMs: 10_000,
    resolveAfterMs: 60_000,
    batchMs: 10_000,
    remindAfterMs: null,
    notifiers: [],
    deadMan: null,
  },
  metrics: { access: "viewer" },
};

export const goodOf = <T>(look: Look<T> | null | undefined): T => {
  if (!look?.good) throw new Error("the sample has no such look");
  return look.good.value;
};
export const first = <T>(looks: Readonly<Record<string, Look<T>>>): T => goodOf(Object.values(looks)[0]);
export const statusAt = (origin: string) =>
  goodOf(STATE.patroni[STATE.roster.find((entry) => entry.apiUrl === origin)?.name ?? "node1"]);

export const HEALTHY: Eyes = {
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
export async function look(
  eyes: Partial<Eyes>,
  cluster: Partial<ClusterConfig> = {},
  auth: Partial<Config["auth"]> = {},
) {
  const config = { ...CONFIG, auth: { ...CONFIG.auth, ...auth }, clusters: [{ ...CLUSTER, ...cluster }] };
  const report = await checkConfig(config, { ...HEALTHY, ...eyes });
  return { report, text: renderReport(report, t), code: exitCodeOf(report) };
}
export const broken =
  <T>(kind: Parameters<typeof fail>[0]): (() => Promise<Result<T>>) =>
  async () =>
    fail<T>(kind, "said so");
