"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { HistoryContent } from "./history-content";

/** The record of one cluster: incidents first, then everything that happened. */
export function HistoryPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="history">
      {(snapshot) => <HistoryContent scope={props.scope} members={snapshot.members.map(({ name }) => name)} />}
    </ClusterFrame>
  );
}
