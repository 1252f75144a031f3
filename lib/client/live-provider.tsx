"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { StreamEvent } from "@/lib/contract/stream";
import type { Snapshot } from "@/lib/domain/snapshot";
import { fetchSnapshot, takeEvent } from "./cluster-events";
import { createLiveStore, type LiveStore } from "./live-store";
import { queryClient } from "./query-client";

export type ClusterName = {
  readonly scope: string;
  readonly title: string;
  readonly environment: string | null;
};

/** What the server knew when it drew the page: the first paint already shows the cluster. */
export type Seed = { readonly boot: string; readonly now: string; readonly snapshots: readonly Snapshot[] };

type LiveContext = { readonly store: LiveStore; readonly clusters: readonly ClusterName[] };

const Context = createContext<LiveContext | null>(null);

function createSeeded(seed: Seed) {
  const client = queryClient();
  for (const snapshot of seed.snapshots) {
    takeEvent(client, { type: "snapshot", boot: seed.boot, now: seed.now, snapshot } as StreamEvent);
  }
  return { client, store: createLiveStore(client, Date.parse(seed.now)) };
}

/** Holds the tab's only event stream and the cache that it feeds. */
export function LiveProvider(props: { clusters: readonly ClusterName[]; seed: Seed; children: ReactNode }) {
  const [{ client, store }] = useState(() => createSeeded(props.seed));
  const scopes = props.clusters.map(({ scope }) => scope).join(",");
  useEffect(() => store.start(scopes === "" ? [] : scopes.split(","), fetchSnapshot), [store, scopes]);
  return (
    <QueryClientProvider client={client}>
      <Context value={{ store, clusters: props.clusters }}>{props.children}</Context>
    </QueryClientProvider>
  );
}

function useLive(): LiveContext {
  const live = useContext(Context);
  if (!live) throw new Error("live hooks need a LiveProvider");
  return live;
}

export const useLiveStore = (): LiveStore => useLive().store;
/** The configured clusters, in the order of the configuration. */
export const useClusterNames = (): readonly ClusterName[] => useLive().clusters;
