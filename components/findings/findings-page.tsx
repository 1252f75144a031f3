"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { FindingsContent } from "./findings-content";

/** Everything that deviates in one cluster, with what it means and what to do about it. */
export function FindingsPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="findings">
      {(snapshot) => <FindingsContent snapshot={snapshot} />}
    </ClusterFrame>
  );
}
