"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { RunContent } from "./run-content";

/** One run of a runbook: where it stands, what is to be done now, who carries it, and everything that was done. */
export function RunPage(props: { scope: string; id: string }) {
  return (
    <ClusterFrame scope={props.scope} page="runbooks">
      {(snapshot) => <RunContent snapshot={snapshot} id={props.id} />}
    </ClusterFrame>
  );
}
