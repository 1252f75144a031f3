"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { ConfigurationContent } from "./configuration-content";

/** Patroni's dynamic configuration of one cluster: as it is, as it could be, and who changed it. */
export function ConfigurationPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="configuration">
      {(snapshot) => <ConfigurationContent key={snapshot.scope} snapshot={snapshot} />}
    </ClusterFrame>
  );
}
