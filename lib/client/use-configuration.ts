"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ConfigurationAnswer } from "@/lib/contract/configuration";
import type { Snapshot } from "@/lib/domain/snapshot";
import { getJson } from "./api";
import { clusterKeys } from "./keys";

/** An operation's row is stored, and its event recorded, a moment after the picture shows them. */
const SETTLE_MS = 3_000;

/**
 * Who changed the dynamic configuration, when and why. Read anew when the live picture shows another one, or an operation on it in
 * another state; meanwhile the list before stays.
 */
export function useConfigurationChanges(snapshot: Pick<Snapshot, "scope" | "configuration" | "actions">) {
  const { scope, configuration, actions } = snapshot;
  const operations = (actions?.operations ?? [])
    .filter(({ action }) => action === "configuration")
    .map(({ id, state }) => `${id} ${state}`);
  const revision = [configuration?.revision ?? configuration?.at ?? "", ...operations].join(";");
  return useQuery<ConfigurationAnswer>({
    queryKey: clusterKeys.configuration(scope, revision),
    placeholderData: keepPreviousData,
    staleTime: SETTLE_MS,
    gcTime: 60_000,
    // Once more after a moment: the record is written behind the picture.
    refetchInterval: ({ state }) => (state.dataUpdateCount < 2 ? SETTLE_MS : false),
    queryFn: async ({ signal }) =>
      (await getJson(`/api/v1/clusters/${encodeURIComponent(scope)}/configuration`, signal)) as ConfigurationAnswer,
  });
}
