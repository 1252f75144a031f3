import type { ClusterConfig } from "@/lib/config/types";
import type { Live } from "@/lib/live/types";
import { createInspectConnection } from "@/lib/sources/postgres/inspect/connection";
import { setInspector } from "./current";
import { createInspector, type InspectedCluster, type Inspector } from "./inspector";

/** Makes the process's inspector. It speaks to nobody until somebody looks. */
export function startInspector(clusters: readonly ClusterConfig[], live: Live): Inspector {
  const inspector = createInspector(clusters.map((cluster) => inspected(cluster, live)));
  setInspector(inspector);
  return inspector;
}

function inspected({ scope, postgres }: ClusterConfig, live: Live): InspectedCluster {
  return {
    scope,
    roster: () => live.state(scope)?.roster ?? [],
    connect:
      postgres &&
      (({ host, port }, database) =>
        createInspectConnection({ ...postgres, host, port }, database ?? postgres.database)),
  };
}
