"use client";
import { useSearchParams } from "next/navigation";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { PostgresBody } from "./postgres-body";

/** What each PostgreSQL server says of itself, asked while somebody looks. The address says what is looked at. */
export function PostgresPage(props: { scope: string }) {
  const query = useSearchParams();
  return (
    <ClusterFrame scope={props.scope} page="activity">
      {(snapshot) => <PostgresBody scope={props.scope} members={snapshot.members} query={query} />}
    </ClusterFrame>
  );
}
