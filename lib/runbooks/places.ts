import type { ClusterConfig } from "@/lib/config/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";

type PartOfConfig = Pick<
  ClusterConfig,
  "dcs" | "patroni" | "postgres" | "pgbouncer" | "haproxy" | "vip" | "backups" | "runbooks"
>;

/** What texts and commands of runbooks name of this cluster beside its picture. `vitals`: null before the first look. */
export function placesOf(config: PartOfConfig, vitals: ClusterState["vitals"] | null): RunbookPlaces {
  const { dcs, patroni, postgres, pgbouncer, haproxy, vip, runbooks } = config;
  return {
    dcs: { kind: dcs.kind, endpoints: dcs.endpoints, namespace: dcs.namespace },
    patroniSeeds: patroni.seeds,
    database: postgres?.database ?? null,
    pgbouncerPort: pgbouncer?.port ?? null,
    haproxy: haproxy && {
      nodes: haproxy.nodes.map(({ name }) => name),
      writePool: haproxy.writePool,
      readPool: haproxy.readPool,
    },
    vip: vip && { address: vip.address, writePort: vip.writePort },
    stanza: runbooks.stanza,
    hosts: runbooks.hosts,
    dataDirs: dataDirsOf(vitals ?? {}),
  };
}

/** A server that stopped still has the data directory that it told last. */
function dataDirsOf(vitals: ClusterState["vitals"]): RunbookPlaces["dataDirs"] {
  return Object.fromEntries(
    Object.entries(vitals).flatMap(([member, look]) => {
      const told = look.good?.value.dataDirectory;
      return told ? [[member, told]] : [];
    }),
  );
}
