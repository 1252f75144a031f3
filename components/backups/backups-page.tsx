"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { BackupsContent } from "./backups-content";

/** The backups of one cluster, and how its WAL is archived. */
export function BackupsPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="backups">
      {(snapshot) => <BackupsContent snapshot={snapshot} />}
    </ClusterFrame>
  );
}
