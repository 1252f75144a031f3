"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AuditPageAnswer } from "@/lib/contract/audit";
import type { AuditKind, AuditRow, AuditVerdict } from "@/lib/domain/audit";
import type { EpochMs } from "@/lib/domain/ids";
import { type ApiProblem, getJson, problemOf } from "./api";
import { windowQuery } from "./record-api";

/** Which rows are asked for; what is null or empty does not narrow. */
export type AuditAsked = {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly kinds: readonly AuditKind[];
  readonly scope: string | null;
  readonly actor: string | null;
  readonly action: string | null;
  readonly operation: string | null;
  readonly search: string | null;
  /** The newest row to begin with; null: the newest of all. */
  readonly upTo: number | null;
};

const PATH = "/api/v1/audit";
export const AUDIT_EXPORT = `${PATH}/export`;
const PAGE = 100;
/** A page that was left is read anew when one comes back: the log grows meanwhile. */
const KEPT_MS = 60_000;

export const auditKeys = {
  rows: (asked: AuditAsked) => ["audit", "rows", asked] as const,
  verdict: ["audit", "verdict"] as const,
};

async function fetchRows(asked: AuditAsked, before: number | null, signal: AbortSignal): Promise<AuditPageAnswer> {
  const query = windowQuery(asked.from, asked.to);
  for (const kind of asked.kinds) query.append("kind", kind);
  const set = (name: string, value: string | number | null) => {
    if (value !== null) query.set(name, String(value));
  };
  set("scope", asked.scope);
  set("actor", asked.actor);
  set("action", asked.action);
  set("operation", asked.operation);
  set("search", asked.search);
  set("before", before ?? (asked.upTo === null ? null : asked.upTo + 1));
  set("limit", PAGE);
  return (await getJson(`${PATH}?${query}`, signal)) as AuditPageAnswer;
}

export type AuditPages = {
  /** Newest first; null while the first page is on its way. */
  readonly rows: readonly AuditRow[] | null;
  readonly problem: ApiProblem | null;
  readonly reading: boolean;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  older(): void;
  /** Reads from the newest on again. */
  reload(): void;
};

/** The rows that match, page by page into the past. */
export function useAuditPages(asked: AuditAsked): AuditPages {
  const pages = useInfiniteQuery({
    queryKey: auditKeys.rows(asked),
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => fetchRows(asked, pageParam, signal),
    getNextPageParam: (last: AuditPageAnswer) => last.next,
    staleTime: 0,
    gcTime: KEPT_MS,
    placeholderData: keepPreviousData,
  });
  return {
    rows: (pages.data?.pages.flatMap((page) => page.rows) as readonly AuditRow[] | undefined) ?? null,
    problem: pages.error && !pages.isFetching ? problemOf(pages.error) : null,
    reading: pages.isFetching,
    hasOlder: pages.hasNextPage,
    loadingOlder: pages.isFetchingNextPage,
    older: () => void pages.fetchNextPage(),
    reload: () => void pages.refetch(),
  };
}

export type AskedVerdict = {
  /** Null until it was asked for and has come. */
  readonly verdict: AuditVerdict | null;
  /** When the verdict came, in epoch ms of the reader's clock. */
  readonly at: EpochMs | null;
  readonly problem: ApiProblem | null;
  readonly checking: boolean;
  check(): void;
};

/** Whether the chain is whole: walked when somebody asks, and not before. */
export function useAuditVerdict(): AskedVerdict {
  const asked = useQuery({
    queryKey: auditKeys.verdict,
    queryFn: async ({ signal }) => (await getJson(`${PATH}?verify=1`, signal)) as AuditVerdict,
    enabled: false,
    retry: false,
    gcTime: KEPT_MS,
  });
  return {
    verdict: asked.isError ? null : (asked.data ?? null),
    at: asked.data === undefined ? null : asked.dataUpdatedAt,
    problem: asked.error && !asked.isFetching ? problemOf(asked.error) : null,
    checking: asked.isFetching,
    check: () => void asked.refetch(),
  };
}
