import type { BackupConfig, ClusterConfig } from "@/lib/config/types";
import type { LockAbility } from "@/lib/domain/actions/facts";
import type { BackupFacts } from "@/lib/domain/backups/facts";
import type { ClientAnswer } from "@/lib/domain/client-eye/outcome";
import type {
  DcsMemberStatus,
  DcsView,
  HaproxyFacts,
  PatroniStatus,
  PgbouncerFacts,
  PostgresFacts,
  VipFacts,
} from "@/lib/domain/facts";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { askBackups } from "@/lib/sources/backup/ask";
import { askBySql } from "@/lib/sources/backup/sql";
import { createClientEye } from "@/lib/sources/client-eye/client";
import { lockAbility } from "@/lib/sources/etcd3/lock";
import { runEtcdSession } from "@/lib/sources/etcd3/session";
import { getEtcdStatus, listEtcdMembers } from "@/lib/sources/etcd3/status";
import { mayActOnHaproxy } from "@/lib/sources/haproxy/act";
import { getHaproxyFacts } from "@/lib/sources/haproxy/client";
import { getPatroniCluster, getPatroniStatus } from "@/lib/sources/patroni/client";
import { mayActOnPgbouncer } from "@/lib/sources/pgbouncer/act";
import { createPgbouncerProbe } from "@/lib/sources/pgbouncer/client";
import { createPostgresProbe } from "@/lib/sources/postgres/client";
import type { Probe } from "@/lib/sources/postgres/kept-connection";
import { maySignal } from "@/lib/sources/postgres/signal";
import { probeVip } from "@/lib/sources/vip/probe";
import { askRestAccess, type RestAccess } from "./rest-access";

export type HaproxyNode = NonNullable<ClusterConfig["haproxy"]>["nodes"][number];
export type CheckedMember = {
  readonly name: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly apiUrl: string | null;
};

/** One look at each kind of thing. Tests put others in their place. */
export type Eyes = {
  dcsView(cluster: ClusterConfig): Promise<Result<DcsView>>;
  dcsStatus(cluster: ClusterConfig, endpoint: string): Promise<Result<DcsMemberStatus>>;
  dcsMembers(cluster: ClusterConfig): Promise<Result<readonly { readonly clientUrls: readonly string[] }[]>>;
  patroniCluster(cluster: ClusterConfig, origin: string): Promise<Result<DcsView>>;
  patroniStatus(cluster: ClusterConfig, origin: string): Promise<Result<PatroniStatus>>;
  restAccess(cluster: ClusterConfig, origin: string): Promise<Result<RestAccess>>;
  postgres(cluster: ClusterConfig, host: string, port: number): Promise<Result<PostgresFacts>>;
  pgbouncer(cluster: ClusterConfig, host: string): Promise<Result<PgbouncerFacts>>;
  haproxy(cluster: ClusterConfig, node: HaproxyNode): Promise<Result<HaproxyFacts>>;
  vip(cluster: ClusterConfig, members: readonly CheckedMember[]): Promise<Result<VipFacts>>;
  /** At a member where the source goes by `sql`, else in its own place. */
  backups(cluster: ClusterConfig, config: BackupConfig, member: CheckedMember | null): Promise<Result<BackupFacts>>;
  clientEye(cluster: ClusterConfig): Promise<Result<ClientAnswer>>;
  /** Whether acting would be let; each asks without changing anything. */
  lock(cluster: ClusterConfig): Promise<LockAbility>;
  maySignal(cluster: ClusterConfig, host: string, port: number): Promise<Result<boolean>>;
  mayPause(cluster: ClusterConfig, host: string): Promise<Result<boolean>>;
  maySetServers(cluster: ClusterConfig, node: HaproxyNode): Promise<Result<boolean>>;
};

const ETCD_TIMEOUT_MS = 3_000;
/** The longest that anything may take, whatever its own time-out does, in ms. */
const GIVE_UP_MS = 10_000;
const PATRONI_PORT = 8008;

const etcdAccess = ({ dcs }: ClusterConfig) => ({ username: dcs.username, password: dcs.password, tls: dcs.tls });

/** Looks through the adapters that the collectors use. */
export const realEyes: Eyes = {
  dcsView: (cluster) => within((signal) => firstView(cluster, signal)),
  dcsStatus: (cluster, endpoint) =>
    within((signal) => getEtcdStatus(endpoint, { ...etcdAccess(cluster), timeoutMs: ETCD_TIMEOUT_MS, signal })),
  dcsMembers: (cluster) =>
    within((signal) =>
      listEtcdMembers(cluster.dcs.endpoints, { ...etcdAccess(cluster), timeoutMs: ETCD_TIMEOUT_MS, signal }),
    ),
  patroniCluster: ({ patroni }, origin) => within((signal) => getPatroniCluster(origin, { ...rest(patroni), signal })),
  patroniStatus: ({ patroni }, origin) => within((signal) => getPatroniStatus(origin, { ...rest(patroni), signal })),
  restAccess: ({ patroni }, origin) => within(() => askRestAccess(origin, patroni)),
  postgres({ postgres }, host, port) {
    if (!postgres) return Promise.resolve(fail("unsupported", "not configured"));
    return lookOnce(
      createPostgresProbe({ ...postgres, host, port, applicationName: "matriarch check-config", onLost }),
    );
  },
  pgbouncer({ pgbouncer }, host) {
    if (!pgbouncer) return Promise.resolve(fail("unsupported", "not configured"));
    return lookOnce(createPgbouncerProbe({ ...pgbouncer, host, onLost }));
  },
  backups({ postgres }, config, member) {
    if (config.via !== "sql") return within((signal) => askBackups(config, signal));
    if (!postgres || member === null || member.host === null || member.port === null) return Promise.resolve(noAddress);
    const server = { host: member.host, port: member.port };
    return within((signal) => askBySql(postgres, server, config, signal));
  },
  haproxy: ({ haproxy }, { stats, username, password }) =>
    within((signal) => getHaproxyFacts({ stats, username, password, timeoutMs: haproxy?.timeoutMs ?? 0, signal })),
  clientEye({ clientEye }) {
    if (!clientEye) return Promise.resolve(fail("unsupported", "not configured"));
    return within((signal) => createClientEye(clientEye).look(signal));
  },
  lock: ({ scope, dcs }) => lockAbility({ ...dcs, scope }),
  maySignal({ postgres }, host, port) {
    if (!postgres) return Promise.resolve(fail("unsupported", "not configured"));
    return within((signal) => maySignal({ ...postgres, host, port }, postgres.timeoutMs, signal));
  },
  mayPause({ pgbouncer }, host) {
    if (!pgbouncer) return Promise.resolve(fail("unsupported", "not configured"));
    const { port, timeoutMs, admin } = pgbouncer;
    const { user, password } = admin ?? pgbouncer;
    return within((signal) => mayActOnPgbouncer({ host, port, user, password, timeoutMs, signal }));
  },
  maySetServers: ({ haproxy }, node) =>
    within((signal) => mayActOnHaproxy({ ...node, timeoutMs: haproxy?.timeoutMs ?? 0, signal })),
  vip({ vip, scope, patroni, haproxy }, members) {
    if (!vip) return Promise.resolve(fail("unsupported", "not configured"));
    const port = members.map(({ apiUrl }) => (apiUrl ? Number(new URL(apiUrl).port) : 0)).find((one) => one > 0);
    return within((signal) =>
      probeVip({
        address: vip.address,
        follows: vip.follows,
        scope,
        patroniPort: port ?? PATRONI_PORT,
        patroniTls: patroni.tls,
        hosts: members.flatMap(({ name, host }) => (host ? [{ name, host }] : [])),
        haproxy: haproxy && { nodes: haproxy.nodes },
        timeoutMs: vip.timeoutMs,
        signal,
      }),
    );
  },
};

const onLost = () => {};
const noAddress = fail<never>("unsupported", "the member publishes no address");
const rest = ({ tls, timeoutMs }: ClusterConfig["patroni"]) => ({ tls, timeoutMs });

/** The first view of the scope that an etcd session gives, or why its first round gave none. */
function firstView(cluster: ClusterConfig, signal: AbortSignal): Promise<Result<DcsView>> {
  const { dcs, scope } = cluster;
  const leaving = new AbortController();
  signal.addEventListener("abort", () => leaving.abort(), { once: true });
  return new Promise((resolve) => {
    const end = (result: Result<DcsView>) => {
      resolve(result);
      leaving.abort();
    };
    void runEtcdSession({
      endpoints: dcs.endpoints,
      namespace: dcs.namespace,
      scope,
      ...etcdAccess(cluster),
      signal: leaving.signal,
      onView: (view) => end(ok(view)),
      onFailure: (failure) => end({ ok: false, failure }),
    });
  });
}

async function lookOnce<T>(probe: Probe<T>): Promise<Result<T>> {
  try {
    return await within((signal) => probe.look(signal));
  } finally {
    void probe.close();
  }
}

/** Gives a look up after {@link GIVE_UP_MS}: a check that hangs tells nothing. */
async function within<T>(look: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<Result<T>>((resolve) => {
    timer = setTimeout(() => {
      limit.abort();
      resolve(fail("timeout", `no answer within ${GIVE_UP_MS} ms`));
    }, GIVE_UP_MS);
  });
  try {
    return await Promise.race([look(limit.signal), givenUp]);
  } finally {
    clearTimeout(timer);
  }
}
