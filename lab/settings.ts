import path from "node:path";

/** Names of the services a fault can be aimed at. `postgres` is the postmaster that Patroni runs. */
export const SERVICES = ["etcd", "patroni", "postgres", "pgbouncer", "haproxy", "keepalived"] as const;
export type ServiceName = (typeof SERVICES)[number];

/** A host of the lab, `node1` to `node7`. */
export type HostName = `node${number}`;

/** Hosts of the default lab. Labs of another size list theirs in `readCluster()`. */
export const HOSTS: readonly HostName[] = ["node1", "node2", "node3"];
export const HOST_COUNT_MAX = 7;

export const RELEASES = ["bookworm", "trixie", "sid"] as const;
export type Release = (typeof RELEASES)[number];

export const SCOPE = "postgres-cluster";
export const NAMESPACE = "/db/";
export const WRITE_POOL = "postgres_master";
export const READ_POOL = "postgres_replicas";

export const PORTS = {
  postgres: 5432,
  pgbouncer: 6432,
  patroni: 8008,
  stats: 5000,
  runtime: 5001,
  write: 7000,
  read: 7001,
  etcdClient: 2379,
  etcdPeer: 2380,
} as const;

/**
 * The range is this lab's alone. `fence` covers it whole, so that while the bridge is missing
 * nothing addressed to a lab host can leave through the machine's default route.
 */
export const NETWORK = {
  fence: "10.213.0.0/16",
  subnet: "10.213.7.0/24",
  prefixLength: 24,
  bridge: "mlab-br",
  bridgeAddress: "10.213.7.1",
  vip: "10.213.7.200",
} as const;

/** The Debian tree's cache: outside the checkout, kept by `down`. */
export function cacheDir(): string {
  return process.env.MATRIARCH_LAB_CACHE ?? "/var/cache/matriarch-lab";
}

/** All that one lab leaves on disk: outside the checkout, removed by `down`. */
export function stateDir(): string {
  return process.env.MATRIARCH_LAB_STATE ?? "/var/lib/matriarch-lab";
}

/** Variable that says to which world a process belongs; every process of a lab carries it, and those of another world are left alone. */
export const WORLD = "MATRIARCH_LAB_WORLD";

/** The world of its own that this process runs in (see `runInWorld`); `""` is the machine itself. */
export function worldName(): string {
  return process.env[WORLD] ?? "";
}

export function hostNames(count: number): HostName[] {
  return Array.from({ length: count }, (_, index): HostName => `node${index + 1}`);
}

/** `node2` → 2. */
export function hostIndex(host: HostName): number {
  return Number(host.slice("node".length));
}

export function hostAddress(host: HostName): string {
  return `10.213.7.${200 + hostIndex(host)}`;
}

/** The veth end that stays in the root namespace; cutting a host is taking this end down. */
export function hostLink(host: HostName): string {
  return `mlab-n${hostIndex(host)}`;
}

/** etcd wants an odd number of members; more than three would only slow this machine down. */
export function etcdHosts(hosts: readonly HostName[]): HostName[] {
  return hosts.slice(0, hosts.length >= 3 ? 3 : 1);
}

export function hostDir(host: HostName, ...rest: string[]): string {
  return path.join(stateDir(), "hosts", host, ...rest);
}

/** The pgBackRest repository that all hosts share. */
export function repositoryDir(): string {
  return path.join(stateDir(), "repository");
}

/** Kept short so that tests are quick; the seed's own values are 30, 10 and 10. */
export const PATRONI_TIMING_DEFAULT: PatroniTiming = { ttlSeconds: 20, loopWaitSeconds: 5, retryTimeoutSeconds: 5 };

export interface PatroniTiming {
  ttlSeconds: number;
  loopWaitSeconds: number;
  retryTimeoutSeconds: number;
}
