"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { RunbooksContent } from "./runbooks-content";

/** The runbooks of one cluster: which are offered now, which there are, and what was done by them. */
export function RunbooksPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="runbooks">
      {(snapshot) => <RunbooksContent snapshot={snapshot} />}
    </ClusterFrame>
  );
}
