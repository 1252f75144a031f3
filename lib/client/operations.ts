"use client";
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { OPERATIONS_DEFAULT, type OperationsAnswer } from "@/lib/contract/actions/operation";
import type { Held } from "@/lib/contract/stream";
import { OPEN_STATES, type Operation, type OperationView } from "@/lib/domain/actions/operation";
import { type ApiProblem, getJson, problemOf } from "./api";
import { clusterKeys } from "./keys";
import { useCluster } from "./use-live";

export const operationKeys = {
  one: (id: string) => ["operation", id] as const,
  list: (scope: string) => ["cluster", scope, "operations"] as const,
};

/** While an operation is open and the live picture does not carry it. */
const POLL_MS = 2_000;
/** The lists are read anew when one comes back to them. */
const KEPT_MS = 60_000;

export const operationsApi = (scope: string): string => `/api/v1/clusters/${encodeURIComponent(scope)}/operations`;
export const operationApi = (id: string): string => `/api/v1/operations/${encodeURIComponent(id)}`;

const isOpen = (operation: OperationView | undefined): boolean =>
  operation !== undefined && OPEN_STATES.has(operation.state);

export type FollowedOperation = {
  /** Null while it is on its way, and where there is none. */
  readonly operation: OperationView | null;
  /** What only the record has: fence, role, address. Null until it was read, and without `whole`. */
  readonly recorded: Operation | null;
  readonly problem: ApiProblem | null;
};

/**
 * One operation as it goes on: out of the live picture while it is there, otherwise out of the record, asked for every two seconds while it
 * is open. `whole`: read the record once in any case, for what the live picture leaves out.
 */
export function useOperation(
  scope: string,
  id: string | null,
  options: { readonly whole?: boolean } = {},
): FollowedOperation {
  const { snapshot, stale } = useCluster(scope);
  const live = stale ? null : (snapshot?.actions?.operations.find((one) => one.id === id) ?? null);
  const asked = useQuery({
    queryKey: operationKeys.one(id ?? ""),
    enabled: id !== null && (live === null || options.whole === true),
    queryFn: async ({ signal }) => (await getJson(operationApi(id ?? ""), signal)) as Operation,
    staleTime: 0,
    gcTime: KEPT_MS,
    refetchInterval: ({ state }) =>
      live === null && (isOpen(state.data) || state.data === undefined) ? POLL_MS : false,
  });
  return {
    operation: newer(live, asked.data ?? null),
    recorded: asked.data ?? null,
    problem: asked.error && live === null ? problemOf(asked.error) : null,
  };
}

/** What has ended stays ended: a picture that is older than the record must not open it again. */
function newer(live: OperationView | null, recorded: OperationView | null): OperationView | null {
  if (live === null || recorded === null) return live ?? recorded;
  return isOpen(live) && !isOpen(recorded) ? recorded : live;
}

/** The operation that a plan was used for, as far as the live picture or the newest of the record tell; null: none is known. */
export async function operationOfPlan(
  client: QueryClient,
  scope: string,
  planId: string,
): Promise<OperationView | null> {
  const held = client.getQueryData<Held>(clusterKeys.snapshot(scope));
  const live = held?.snapshot.actions?.operations.find((one) => one.planId === planId);
  if (live) return live;
  const { operations } = (await getJson(`${operationsApi(scope)}?limit=10`)) as OperationsAnswer;
  return (operations as readonly OperationView[]).find((one) => one.planId === planId) ?? null;
}

const NONE: readonly Operation[] = [];
/** As many are searched for what explains a change of leader. */
const EXPLAINING_MAX = 200;

/** The newest operations, to explain by them what is on record; empty until they have come, and where they cannot be read. */
export function useNewestOperations(scope: string): readonly Operation[] {
  const { snapshot } = useCluster(scope);
  const revision = (snapshot?.actions?.operations ?? []).map(({ id, state }) => `${id} ${state}`).join();
  const asked = useQuery({
    queryKey: [...operationKeys.list(scope), "newest", revision],
    enabled: snapshot !== null,
    queryFn: async ({ signal }) =>
      ((await getJson(`${operationsApi(scope)}?limit=${EXPLAINING_MAX}`, signal)) as OperationsAnswer)
        .operations as readonly Operation[],
    placeholderData: keepPreviousData,
    staleTime: KEPT_MS,
    gcTime: KEPT_MS,
    retry: false,
  });
  return asked.data ?? NONE;
}

export type OperationPages = {
  /** Newest first; null while the first page is on its way. */
  readonly operations: readonly Operation[] | null;
  readonly problem: ApiProblem | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  older(): void;
  reload(): void;
};

/** What was done on a cluster, or refused, page by page into the past. Read anew whenever `revision` changes. */
export function useOperationPages(scope: string, revision: string): OperationPages {
  const pages = useInfiniteQuery({
    queryKey: [...operationKeys.list(scope), revision],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(OPERATIONS_DEFAULT) });
      if (pageParam !== null) query.set("before", String(pageParam));
      return (await getJson(`${operationsApi(scope)}?${query}`, signal)) as OperationsAnswer;
    },
    getNextPageParam: (last) => last.next,
    staleTime: 0,
    gcTime: KEPT_MS,
    placeholderData: keepPreviousData,
  });
  return {
    operations: (pages.data?.pages.flatMap((page) => page.operations) as readonly Operation[] | undefined) ?? null,
    problem: pages.error ? problemOf(pages.error) : null,
    hasOlder: pages.hasNextPage,
    loadingOlder: pages.isFetchingNextPage,
    older: () => void pages.fetchNextPage(),
    reload: () => void pages.refetch(),
  };
}
