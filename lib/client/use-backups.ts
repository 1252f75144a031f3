"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { BackupList } from "@/lib/contract/backups";
import type { BackupsView } from "@/lib/domain/backups/view";
import { getJson } from "./api";
import { clusterKeys } from "./keys";

/**
 * The whole list of backups, fetched anew when the live picture shows that a source answered differently; meanwhile the list before it
 * stays. Never polled.
 */
export function useBackupList(scope: string, backups: BackupsView) {
  const revision = backups.sources
    .map(({ id, count, last, trust, places }) => [id, count, last?.label, trust, ...places.map((p) => p.count)].join())
    .join(";");
  return useQuery<BackupList>({
    queryKey: clusterKeys.backups(scope, revision),
    enabled: backups.sources.length > 0,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: async ({ signal }) =>
      (await getJson(`/api/v1/clusters/${encodeURIComponent(scope)}/backups`, signal)) as BackupList,
  });
}
