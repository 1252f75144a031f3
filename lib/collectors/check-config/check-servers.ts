import type { ClusterConfig } from "@/lib/config/types";
import type { CheckedMember, Eyes, HaproxyNode } from "./eyes";
import { advise, type CheckLine, failed, line, type Place } from "./report";

export async function checkPostgres(cluster: ClusterConfig, member: CheckedMember, eyes: Eyes): Promise<CheckLine[]> {
  const { postgres } = cluster;
  const { name, host, port } = member;
  if (!postgres || host === null || port === null) return [];
  const { user, database } = postgres;
  const place: Place = { subject: "postgres", name, address: hostPort(host, port) };
  const looked = await eyes.postgres(cluster, host, port);
  if (!looked.ok) return [failed(place, looked.failure, { user, database, role: quoted(user) })];
  const { serverVersion, inRecovery, canReadReplication } = looked.value;
  const params = { user, version: versionText(serverVersion), recovery: inRecovery ? "yes" : "no" };
  return [
    canReadReplication
      ? line(place, "good", "postgres.reached", params)
      : line(place, "warn", "postgres.noMonitor", params, advise("pgMonitor", { role: quoted(user) })),
  ];
}

export async function checkPgbouncer(cluster: ClusterConfig, member: CheckedMember, eyes: Eyes): Promise<CheckLine[]> {
  const { pgbouncer } = cluster;
  const { name, host } = member;
  if (!pgbouncer || host === null) return [];
  const { user, port } = pgbouncer;
  const place: Place = { subject: "pgbouncer", name, address: hostPort(host, port) };
  const looked = await eyes.pgbouncer(cluster, host);
  if (!looked.ok) return [failed(place, looked.failure, { user, port })];
  const { version, databases } = looked.value;
  return [line(place, "good", "pgbouncer.reached", { user, version: version ?? "?", databases: databases.length })];
}

export async function checkHaproxy(cluster: ClusterConfig, node: HaproxyNode, eyes: Eyes): Promise<CheckLine[]> {
  const place: Place = { subject: "haproxy", name: node.name, address: node.stats };
  const looked = await eyes.haproxy(cluster, node);
  const user = node.username ?? "";
  if (!looked.ok) return [failed(place, looked.failure, { user })];
  const pools = looked.value.pools.map((pool) => pool.name);
  const { writePool = null, readPool = null } = cluster.haproxy ?? {};
  const existing = pools.join(", ") || "–";
  const problems = (
    [
      ["writePool", writePool],
      ["readPool", readPool],
    ] as const
  ).flatMap(([key, pool]) => {
    if (pool === null)
      return key === "writePool"
        ? [line(place, "warn", "haproxy.noWritePool", { pools: existing }, advise("writePool"))]
        : [];
    return pools.includes(pool)
      ? []
      : [line(place, "bad", "haproxy.noSuchPool", { key, pool, pools: existing }, advise("poolName", { key }))];
  });
  return problems.length > 0 ? problems : [line(place, "good", "haproxy.reached", { user, pools: existing })];
}

export const hostPort = (host: string, port: number) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
/** As `GRANT` wants it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
/** 170002 → 17.2 */
const versionText = (version: number) => `${Math.floor(version / 10_000)}.${version % 10_000}`;
