"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";
import { DcsMembers } from "./dcs-members";
import { DcsTree } from "./dcs-tree";
import { HaproxyCountersPanel } from "./haproxy-counters";
import { PgbouncerTable } from "./pgbouncer-table";
import { PoolMatrix } from "./pool-matrix";

/** Where sessions are sent and why: every HAProxy's pools, every PgBouncer, and the DCS that it all follows. */
export function RoutingPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="routing">
      {(snapshot) => <Routing snapshot={snapshot} />}
    </ClusterFrame>
  );
}

/** The page's content for one picture. */
export function Routing(props: { snapshot: Snapshot }) {
  const { scope, haproxy, pgbouncer, dcs, sources } = props.snapshot;
  const t = useT();
  const [write, read] = [namedPool(haproxy, "write"), namedPool(haproxy, "read")];
  const names = [...new Set(haproxy.flatMap((node) => node.pools.map((pool) => pool.name)))];
  const pools = names
    .filter((name) => haproxy.some((node) => node.pools.some((p) => p.name === name && p.servers.length > 0)))
    .toSorted((a, b) => rankOf(a, write, read) - rankOf(b, write, read));
  return (
    <>
      {pools.map((pool) => (
        <PoolMatrix
          key={pool}
          pool={pool}
          role={pool === write ? "write" : pool === read ? "read" : "other"}
          nodes={haproxy}
        />
      ))}
      {pools.length === 0 ? (
        <Panel title={t("haproxy.title")}>
          <Nothing>{t(haproxy.length === 0 ? "haproxy.none" : "haproxy.noPools")}</Nothing>
        </Panel>
      ) : (
        <HaproxyCountersPanel scope={scope} nodes={haproxy.map(({ name }) => name)} />
      )}
      <PgbouncerTable scope={scope} poolers={pgbouncer} />
      <DcsMembers dcs={dcs} sources={sources} />
      {dcs.readAs === "etcd3" ? <DcsTree scope={scope} /> : null}
    </>
  );
}

const namedPool = (nodes: Snapshot["haproxy"], role: "write" | "read"): string | null =>
  nodes.find((node) => node[role] !== null)?.[role]?.name ?? null;

const rankOf = (name: string, write: string | null, read: string | null): number =>
  name === write ? 0 : name === read ? 1 : 2;
