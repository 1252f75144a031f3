"use client";
import type { Level } from "@/components/status/level";
import type { ClusterName } from "@/lib/client/live-provider";
import { useAtLiveTick, useSnapshots } from "@/lib/client/use-live";
import { UNFED_MS } from "@/lib/client/use-unfed";
import { standingOf } from "./standing";

export type ClusterStanding = { readonly cluster: ClusterName; readonly level: Level };

/** How every cluster of the wall stands, shown now or not, in the order given. */
export function useStandings(clusters: readonly ClusterName[], fed: boolean): readonly ClusterStanding[] {
  const snapshots = useSnapshots(clusters.map(({ scope }) => scope));
  const old = useAtLiveTick((now) =>
    snapshots.map((one) => (one && now - Date.parse(one.at) > UNFED_MS ? "o" : "-")).join(""),
  );
  return clusters.map((cluster, i) => ({
    cluster,
    level: standingOf(snapshots[i] ?? null, fed && old[i] !== "o").level,
  }));
}
