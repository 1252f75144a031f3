"use client";
import { type QueryClient, queryOptions, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type Held, SILENCE_MS } from "@/lib/contract/stream";
import type { EpochMs } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { type ApiProblem, getJson, problemOf } from "./api";
import { fetchSnapshot } from "./cluster-events";
import { useFrozenNow } from "./frozen-clock";
import { clusterKeys } from "./keys";
import { useLiveStore } from "./live-provider";
import type { LinkView } from "./live-store";

/** State of the tab's connection. */
export function useLink(): LinkView {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, store.view, store.view);
}

const never = () => () => undefined;

/** Server time, advancing once a second; every age on the page is counted from it. Below a `FrozenClock` it stands still. */
export function useNow(): EpochMs {
  return useAtTick((now) => now);
}

/**
 * What `read` makes of the server time, read anew once a second. The component is drawn again only when the result differs,
 * so it must be a plain value: a text, a number, a flag. Below a `FrozenClock` the time is that of the picture shown.
 */
export function useAtTick<T extends string | number | boolean>(read: (now: EpochMs) => T): T {
  const frozen = useFrozenNow();
  const { clock } = useLiveStore();
  const value = () => read(frozen ?? clock.current());
  return useSyncExternalStore(frozen === null ? clock.subscribe : never, value, value);
}

/** As {@link useAtTick} of the running clock, also below a `FrozenClock`: for what is said of the connection. */
export function useAtLiveTick<T extends string | number | boolean>(read: (now: EpochMs) => T): T {
  const { clock } = useLiveStore();
  const value = () => read(clock.current());
  return useSyncExternalStore(clock.subscribe, value, value);
}

export type LiveCluster = {
  readonly snapshot: Snapshot | null;
  /** Nothing on the page may be believed: we hear nothing, or what we hear is old. */
  readonly stale: boolean;
  readonly problem: ApiProblem | null;
};

const heldOptions = (client: QueryClient, scope: string) =>
  queryOptions<Held>({
    queryKey: clusterKeys.snapshot(scope),
    queryFn: async ({ signal }) => {
      const snapshot = await fetchSnapshot(scope, signal);
      // A push may have overtaken this answer, which does not say which process's numbers it carries.
      return client.getQueryData<Held>(clusterKeys.snapshot(scope)) ?? { boot: "", snapshot };
    },
  });

/** The current pictures of several clusters, in the order asked for; null for what was not looked at yet. */
export function useSnapshots(scopes: readonly string[]): readonly (Snapshot | null)[] {
  const client = useQueryClient();
  const results = useQueries({ queries: scopes.map((scope) => heldOptions(client, scope)) });
  return results.map(({ data }) => data?.snapshot ?? null);
}

/**
 * One cluster, as it is now; an empty scope is no cluster, and nothing is asked. Its picture is stale when the stream is silent or the
 * picture itself stopped being renewed.
 */
export function useCluster(scope: string): LiveCluster {
  const held = useQuery({ ...heldOptions(useQueryClient(), scope), enabled: scope !== "" });
  const stale = useIsOld(held.data?.snapshot.at);
  return {
    snapshot: held.data?.snapshot ?? null,
    stale,
    problem: held.error ? problemOf(held.error) : null,
  };
}

/** True when the connection is silent, or a picture made at `at` is older than silence may last. */
export function useIsOld(at: string | undefined): boolean {
  const store = useLiveStore();
  // The flag alone: the rest of the link's state changes with each frame.
  const isSilent = () => store.view().silent;
  const silent = useSyncExternalStore(store.subscribe, isSilent, isSilent);
  const tooOld = useAtLiveTick((now) => at !== undefined && now - Date.parse(at) > SILENCE_MS);
  return silent || tooOld;
}

/** The raw answer of one source; fetched anew each time it is opened. */
export function useSourceAnswer(scope: string, id: string | null) {
  return useQuery<unknown>({
    queryKey: clusterKeys.source(scope, id ?? ""),
    enabled: id !== null,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) =>
      getJson(`/api/v1/clusters/${encodeURIComponent(scope)}/sources/${encodeURIComponent(id ?? "")}`, signal),
  });
}
