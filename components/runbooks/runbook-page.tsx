"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { RunbookContent } from "./runbook-content";

/** One runbook, whole, as it reads for one cluster. */
export function RunbookPage(props: { scope: string; id: string }) {
  return (
    <ClusterFrame scope={props.scope} page="runbooks">
      {(snapshot) => <RunbookContent snapshot={snapshot} id={props.id} />}
    </ClusterFrame>
  );
}
