"use client";
import { useEffect } from "react";
import { worstLag } from "@/components/members/member-state";
import { useCluster } from "@/lib/client/use-live";
import type { Trails } from "./trail";

/** Keeps a cluster's trail of lag while another page of the wall stands. Draws nothing. */
export function TrailRecorder(props: { scope: string; trails: Trails }) {
  const { scope, trails } = props;
  const { snapshot } = useCluster(scope);
  useEffect(() => {
    if (!snapshot) return;
    const lag = worstLag(snapshot.members);
    // One replica that nobody can see might be the one that lags most.
    trails.add(scope, Date.parse(snapshot.at), lag.unknown ? null : lag.bytes);
  }, [scope, snapshot, trails]);
  return null;
}
