import { clusterScope } from "@/lib/domain/ids";
import { buildBackup } from "./build-backups";
import { buildFindings } from "./build-findings";
import type { KeyPath } from "./problem";
import { APPROVAL_DEFAULT_MS, type ClusterValues } from "./schema";
import type { Report, SecretReader } from "./secrets";
import { reportTwins } from "./twins";
import type { ClusterConfig, Secret, TlsConfig } from "./types";

type Tools = { readonly secrets: SecretReader; readonly report: Report };
type Login = { readonly username: string | null; readonly password: Secret | null };
type TlsValues = NonNullable<NonNullable<ClusterValues["dcs"]>["tls"]>;

const SECONDS_2_MS = 2_000;
const SECONDS_3_MS = 3_000;

/** Turns one checked entry of `clusters` into its configuration, and reports what does not fit together. */
export function buildCluster(values: ClusterValues, path: KeyPath, tools: Tools): ClusterConfig {
  const dcs = buildDcs(values, [...path, "dcs"], tools);
  const patroni = buildPatroni(values, [...path, "patroni"], tools);
  checkEntrance(dcs, patroni.seeds, path, tools.report);
  const postgres = buildPostgres(values, [...path, "postgres"], tools);
  return {
    scope: clusterScope(values.scope),
    title: values.title ?? values.scope,
    environment: values.environment ?? null,
    dcs,
    patroni,
    postgres,
    pgbouncer: buildPgbouncer(values, [...path, "pgbouncer"], tools),
    haproxy: buildHaproxy(values, [...path, "haproxy"], tools),
    vip: buildVip(values),
    clientEye: buildClientEye(values, postgres, [...path, "clientEye"], tools),
    backups: buildBackups(values, [...path, "backups"], tools),
    findings: buildFindings(values.findings, [...path, "findings"], tools.report),
    actions: {
      approval: values.actions?.approval ?? [],
      approvalWithinMs: values.actions?.approvalWithin ?? APPROVAL_DEFAULT_MS,
      disabled: values.actions?.disabled ?? [],
    },
  };
}

/** Members are discovered from one address; without any there is nothing to begin with. */
function checkEntrance(dcs: ClusterConfig["dcs"], seeds: readonly string[], path: KeyPath, report: Report): void {
  if (dcs.kind === "none" && dcs.endpoints.length > 0) {
    report([...path, "dcs", "endpoints"], "no endpoints where kind is none", "some");
  }
  if (dcs.kind !== "none" && dcs.endpoints.length === 0) {
    report([...path, "dcs", "endpoints"], `at least one address of ${dcs.kind}`, "none");
    return;
  }
  if (seeds.length > 0 || dcs.kind === "etcd3") return;
  const why = dcs.kind === "none" ? "or dcs.endpoints of etcd3" : `because ${dcs.kind} is read through Patroni`;
  report([...path, "patroni", "seeds"], `at least one address of a Patroni REST API (${why})`, "none");
}

function buildDcs({ dcs }: ClusterValues, path: KeyPath, tools: Tools): ClusterConfig["dcs"] {
  const namespace = (dcs?.namespace ?? "service").replace(/^\/+|\/+$/g, "");
  if (!/^[^\s/]+(\/[^\s/]+)*$/.test(namespace)) {
    tools.report([...path, "namespace"], "a path such as /service/", "another text");
  }
  return {
    kind: dcs?.kind ?? "none",
    endpoints: dcs?.endpoints ?? [],
    namespace,
    ...buildLogin(dcs ?? {}, path, tools),
    tls: buildTls(dcs?.tls, [...path, "tls"], tools),
  };
}

function buildPatroni({ patroni }: ClusterValues, path: KeyPath, tools: Tools): ClusterConfig["patroni"] {
  return {
    seeds: patroni?.seeds ?? [],
    ...buildLogin(patroni ?? {}, path, tools),
    tls: buildTls(patroni?.tls, [...path, "tls"], tools),
    intervalMs: patroni?.interval ?? SECONDS_2_MS,
    timeoutMs: patroni?.timeout ?? SECONDS_3_MS,
  };
}

function buildPostgres({ postgres }: ClusterValues, path: KeyPath, { secrets }: Tools): ClusterConfig["postgres"] {
  if (!postgres) return null;
  const { user, database, sslmode, showQueries, interval, vitalsInterval, timeout } = postgres;
  const password = secrets.secret(path, postgres, "password");
  const ca = secrets.text(path, postgres, "ca");
  return {
    user,
    password,
    database,
    sslmode,
    ca,
    showQueries,
    intervalMs: interval,
    vitalsIntervalMs: vitalsInterval,
    timeoutMs: timeout,
  };
}

function buildPgbouncer(
  { pgbouncer }: ClusterValues,
  path: KeyPath,
  { secrets, report }: Tools,
): ClusterConfig["pgbouncer"] {
  if (!pgbouncer) return null;
  const { port, user, adminUser, interval, timeout } = pgbouncer;
  const password = secrets.secret(path, pgbouncer, "password");
  const adminPassword = secrets.secret(path, pgbouncer, "adminPassword");
  const given = pgbouncer.adminPassword !== undefined || pgbouncer.adminPasswordFile !== undefined;
  if (given && adminUser === undefined)
    report([...path, "adminUser"], "a user's name to go with the password", "nothing");
  const admin = adminUser === undefined ? null : { user: adminUser, password: adminPassword };
  return { port, user, password, admin, intervalMs: interval, timeoutMs: timeout };
}

function buildHaproxy({ haproxy }: ClusterValues, path: KeyPath, tools: Tools): ClusterConfig["haproxy"] {
  if (!haproxy) return null;
  reportTwins(haproxy.nodes, (node) => node.name, [...path, "nodes"], "name", tools.report);
  return {
    nodes: haproxy.nodes.map((node, index) => ({
      name: node.name,
      stats: node.stats,
      runtime: node.runtime ?? null,
      ...buildLogin(node, [...path, "nodes", index], tools),
    })),
    writePool: haproxy.writePool ?? null,
    readPool: haproxy.readPool ?? null,
    intervalMs: haproxy.interval,
    timeoutMs: haproxy.timeout,
  };
}

function buildVip({ vip }: ClusterValues): ClusterConfig["vip"] {
  if (!vip) return null;
  const { address, follows, writePort, interval, timeout } = vip;
  return { address, follows, writePort: writePort ?? null, intervalMs: interval, timeoutMs: timeout };
}

/** What is not given is taken from `postgres`, whose role is welcome on every member, and from `vip`. */
function buildClientEye(
  { clientEye, vip }: ClusterValues,
  postgres: ClusterConfig["postgres"],
  path: KeyPath,
  { secrets, report }: Tools,
): ClusterConfig["clientEye"] {
  if (!clientEye) return null;
  const { user, database, interval, timeout } = clientEye;
  const own = secrets.secret(path, clientEye, "password");
  const given = clientEye.password !== undefined || clientEye.passwordFile !== undefined;
  if (given && user === undefined) report([...path, "user"], "a role's name to go with the password", "nothing");
  if (vip?.writePort === undefined) {
    report(path, "vip with address and writePort, where its sessions go", vip ? "vip without writePort" : "no vip");
    return null;
  }
  if (!postgres) {
    report(path, "postgres with a user, which its sessions log in by", "no postgres");
    return null;
  }
  return {
    host: vip.address,
    port: vip.writePort,
    user: user ?? postgres.user,
    password: user === undefined ? postgres.password : own,
    database: database ?? postgres.database,
    sslmode: postgres.sslmode,
    ca: postgres.ca,
    intervalMs: interval,
    timeoutMs: timeout,
  };
}

function buildBackups({ backups, postgres }: ClusterValues, path: KeyPath, tools: Tools): ClusterConfig["backups"] {
  reportTwins(backups, (backup) => backup.name ?? backup.kind, path, "name", tools.report);
  return backups.map((entry, index) => buildBackup(entry, [...path, index], postgres !== undefined, tools));
}

/** Basic authentication takes both; one alone is a slip that would look like a refused password later. */
function buildLogin(
  values: { readonly username?: string | undefined; readonly password?: unknown; readonly passwordFile?: unknown },
  path: KeyPath,
  { secrets, report }: Tools,
): Login {
  const username = values.username ?? null;
  const password = secrets.secret(path, values, "password");
  const given = values.password !== undefined || values.passwordFile !== undefined;
  if (given && username === null) report([...path, "username"], "a user's name to go with the password", "nothing");
  if (!given && username !== null) report([...path, "password"], "a password to go with the username", "nothing");
  return { username, password };
}

function buildTls(tls: TlsValues | undefined, path: KeyPath, { secrets, report }: Tools): TlsConfig | null {
  if (!tls) return null;
  const cert = secrets.text(path, tls, "cert");
  const key = secrets.secret(path, tls, "key");
  const certGiven = tls.cert !== undefined || tls.certFile !== undefined;
  const keyGiven = tls.key !== undefined || tls.keyFile !== undefined;
  if (certGiven && !keyGiven) report([...path, "key"], "a key to go with the certificate", "nothing");
  if (keyGiven && !certGiven) report([...path, "cert"], "a certificate to go with the key", "nothing");
  return { ca: secrets.text(path, tls, "ca"), cert, key, insecure: tls.insecure };
}
