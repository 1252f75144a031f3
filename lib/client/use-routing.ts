"use client";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { type DcsTreeAnswer, dcsTreeSchema } from "@/lib/contract/dcs-tree";
import { haproxyCountersSchema, pgbouncerDetailSchema } from "@/lib/contract/routing-detail";
import { ApiError, getJson } from "./api";
import { clusterKeys } from "./keys";

const DETAIL_EVERY_MS = 5_000;

/** The last good answer of one source in full, read again every few seconds while somebody looks; null when there was none. */
function useSourceDetail<T>(scope: string, id: string | null, schema: z.ZodType<T>) {
  const answerSchema = z.object({ good: z.object({ value: schema }).nullable() });
  return useQuery<T | null>({
    queryKey: [...clusterKeys.source(scope, id ?? ""), "detail"],
    enabled: id !== null,
    refetchInterval: DETAIL_EVERY_MS,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const path = `/api/v1/clusters/${encodeURIComponent(scope)}/sources/${encodeURIComponent(id ?? "")}`;
      return checked(answerSchema, await getJson(path, signal)).good?.value ?? null;
    },
  });
}

/** The counters of one HAProxy. */
export const useHaproxyCounters = (scope: string, node: string) =>
  useSourceDetail(scope, `haproxy:${node}`, haproxyCountersSchema);

/** Databases and totals of one PgBouncer, while wanted. */
export const usePgbouncerDetail = (scope: string, member: string, wanted: boolean) =>
  useSourceDetail(scope, wanted ? `pgbouncer:${member}` : null, pgbouncerDetailSchema);

/** The keys of a cluster in the DCS; read when asked for, and again by `refetch`. */
export function useDcsTree(scope: string, wanted: boolean) {
  return useQuery<DcsTreeAnswer>({
    queryKey: ["cluster", scope, "dcs-tree"],
    enabled: wanted,
    gcTime: 0,
    retry: false,
    queryFn: async ({ signal }) =>
      checked(dcsTreeSchema, await getJson(`/api/v1/clusters/${encodeURIComponent(scope)}/dcs-tree`, signal)),
  });
}

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ApiError({ kind: "malformed", status: 200, detail: null });
  return parsed.data;
}
