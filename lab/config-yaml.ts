import { stringify } from "yaml";
import type { Credentials } from "./secrets";
import { etcdEndpoints } from "./services/etcd";
import { type HostName, hostAddress, NAMESPACE, NETWORK, PORTS, READ_POOL, SCOPE, WRITE_POOL } from "./settings";
import { readCluster } from "./state";

export interface ConfigOverrides {
  /** Replaces the `server` section's fields. */
  server?: Record<string, unknown>;
  /** Replaces the `store` section's fields. */
  store?: Record<string, unknown>;
  /** Replaces the `auth` section; by default it names no users. */
  auth?: Record<string, unknown>;
  /** Merged over the one cluster, one level deep. */
  cluster?: Record<string, unknown>;
  /** The `alerts` section; by default there is none. */
  alerts?: Record<string, unknown>;
}

/** A complete `matriarch.yaml` for the running lab. It holds passwords. */
export function labConfigYaml(overrides: ConfigOverrides = {}): string {
  const { hosts, credentials } = readCluster();
  return renderConfig(hosts, credentials, overrides);
}

export function renderConfig(hosts: readonly HostName[], credentials: Credentials, overrides: ConfigOverrides): string {
  return stringify({
    server: { port: 3000, ...overrides.server },
    store: { url: "sqlite:./data/matriarch-lab.db", ...overrides.store },
    auth: overrides.auth ?? { users: [] },
    clusters: [{ ...clusterEntry(hosts, credentials), ...overrides.cluster }],
    ...(overrides.alerts ? { alerts: overrides.alerts } : {}),
  });
}

function clusterEntry(hosts: readonly HostName[], credentials: Credentials): Record<string, unknown> {
  const stats = (host: HostName) => ({
    name: host,
    stats: `http://${hostAddress(host)}:${PORTS.stats}/`,
    username: "admin",
    password: credentials.haproxyStats,
  });
  return {
    scope: SCOPE,
    title: `Lab, ${hosts.length === 3 ? "three" : hosts.length} hosts`,
    environment: "lab",
    dcs: { kind: "etcd3", endpoints: etcdEndpoints(hosts), namespace: NAMESPACE },
    patroni: {
      seeds: hosts.map((host) => `http://${hostAddress(host)}:${PORTS.patroni}`),
      username: "patroni",
      password: credentials.patroniRest,
    },
    postgres: { user: "matriarch", password: credentials.matriarch, database: "postgres", sslmode: "prefer" },
    pgbouncer: {
      port: PORTS.pgbouncer,
      user: "matriarch",
      password: credentials.matriarch,
      adminUser: "pgbadmin",
      adminPassword: credentials.pgbadmin,
    },
    haproxy: { nodes: hosts.map(stats), writePool: WRITE_POOL, readPool: READ_POOL },
    vip: { address: NETWORK.vip, follows: "leader", writePort: PORTS.write },
    backups: [{ kind: "pgbackrest", stanza: SCOPE, via: "sql" }],
    clientEye: { interval: "250ms", timeout: "1s" },
  };
}
