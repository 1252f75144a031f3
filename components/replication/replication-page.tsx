"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { ReplicationCharts } from "./replication-charts";

/** How the cluster did over time: lag first, then all else that is kept. */
export function ReplicationPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="replication">
      {(snapshot, stale) => <ReplicationCharts key={snapshot.scope} snapshot={snapshot} stale={stale} />}
    </ClusterFrame>
  );
}
