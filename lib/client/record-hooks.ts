"use client";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { IncidentReport, IncidentsAnswer } from "@/lib/contract/incident";
import type { EventsAnswer, WriteGapsAnswer } from "@/lib/contract/record";
import type { StoredEvent } from "@/lib/domain/events/event";
import type { EpochMs } from "@/lib/domain/ids";
import { type ApiProblem, problemOf } from "./api";
import { type EventFilter, fetchEvents, fetchGaps, fetchIncident, fetchIncidents, NO_FILTER } from "./record-api";

/** Keys of what is read back from the record. */
export const recordKeys = {
  events: (scope: string, filter: EventFilter) => ["cluster", scope, "events", filter] as const,
  newest: (scope: string, filter: EventFilter) => ["cluster", scope, "events", "newest", filter] as const,
  within: (scope: string, from: EpochMs, to: EpochMs) => ["cluster", scope, "events", "within", from, to] as const,
  gaps: (scope: string, from: EpochMs, to: EpochMs) => ["cluster", scope, "gaps", from, to] as const,
  incidents: (scope: string, from: EpochMs, to: EpochMs) => ["cluster", scope, "incidents", from, to] as const,
  incident: (scope: string, from: EpochMs, to: EpochMs) => ["cluster", scope, "incident", from, to] as const,
  frames: (scope: string, chunk: EpochMs) => ["cluster", scope, "frames", chunk] as const,
  past: (scope: string, at: EpochMs) => ["cluster", scope, "past", at] as const,
};

const PAGE = 100;
const WITHIN_MAX = 500;
const NEWEST_MAX = 50;
const POLL_MS = 3_000;
/** A page that was left is read anew when one comes back, and forgotten soon: the record grows meanwhile. */
const KEPT_MS = 60_000;

export type EventPages = {
  /** Newest first; null while the first page is on its way. */
  readonly events: readonly StoredEvent[] | null;
  readonly problem: ApiProblem | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  older(): void;
  /** Reads from the newest on again. */
  reload(): Promise<unknown>;
};

/** The events that match, page by page into the past. */
export function useEventPages(scope: string, filter: EventFilter): EventPages {
  const pages = useInfiniteQuery({
    queryKey: recordKeys.events(scope, filter),
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => fetchEvents(scope, filter, { before: pageParam, limit: PAGE }, signal),
    getNextPageParam: (last: EventsAnswer) => last.next,
    staleTime: 0,
    gcTime: KEPT_MS,
    placeholderData: keepPreviousData,
  });
  return {
    events: pages.data?.pages.flatMap((page) => page.events) ?? null,
    problem: pages.error ? problemOf(pages.error) : null,
    hasOlder: pages.hasNextPage,
    loadingOlder: pages.isFetchingNextPage,
    older: () => void pages.fetchNextPage(),
    reload: () => pages.refetch(),
  };
}

/** What is shown of one window stays while another is read, and is not read again within one poll. */
const WHILE_READING = { gcTime: KEPT_MS, staleTime: POLL_MS, placeholderData: keepPreviousData } as const;

export type Newest = { readonly events: readonly StoredEvent[] | null; readonly problem: ApiProblem | null };

/** The newest events that match, read again every few seconds. */
export function useNewestEvents(
  scope: string,
  options: { readonly filter?: EventFilter; readonly limit?: number; readonly enabled?: boolean } = {},
): Newest {
  const { filter = NO_FILTER, limit = NEWEST_MAX, enabled = true } = options;
  const newest = useQuery({
    queryKey: [...recordKeys.newest(scope, filter), limit],
    queryFn: ({ signal }) => fetchEvents(scope, filter, { before: null, limit }, signal),
    enabled,
    staleTime: 0,
    gcTime: KEPT_MS,
    refetchInterval: POLL_MS,
  });
  return { events: newest.data?.events ?? null, problem: newest.error ? problemOf(newest.error) : null };
}

/** All events of a window, up to a limit, newest first; empty until they have come. */
export function useEventsWithin(scope: string, from: EpochMs, to: EpochMs): readonly StoredEvent[] {
  const within = useQuery({
    queryKey: recordKeys.within(scope, from, to),
    queryFn: ({ signal }) =>
      fetchEvents(scope, { ...NO_FILTER, from, to }, { before: null, limit: WITHIN_MAX }, signal),
    ...WHILE_READING,
  });
  return within.data?.events ?? NONE;
}

const NONE: readonly StoredEvent[] = [];
const NO_GAPS: WriteGapsAnswer["gaps"] = [];

/** Write gaps that overlap the window, oldest first; empty until they have come. */
export function useGaps(scope: string, from: EpochMs, to: EpochMs): WriteGapsAnswer["gaps"] {
  const gaps = useQuery({
    queryKey: recordKeys.gaps(scope, from, to),
    queryFn: ({ signal }) => fetchGaps(scope, from, to, signal),
    ...WHILE_READING,
  });
  return gaps.data ?? NO_GAPS;
}

export type Asked<T> = { readonly value: T | null; readonly problem: ApiProblem | null; readonly reading: boolean };

/** Windows of the range that are worth a report, newest first. */
export function useIncidents(scope: string, from: EpochMs, to: EpochMs): Asked<IncidentsAnswer["incidents"]> {
  const asked = useQuery({
    queryKey: recordKeys.incidents(scope, from, to),
    queryFn: ({ signal }) => fetchIncidents(scope, from, to, signal),
    ...WHILE_READING,
  });
  return answered(asked);
}

/** The report on a window; the one before stays while another window is read. */
export function useIncident(scope: string, from: EpochMs, to: EpochMs): Asked<IncidentReport> {
  const asked = useQuery({
    queryKey: recordKeys.incident(scope, from, to),
    queryFn: ({ signal }) => fetchIncident(scope, from, to, signal),
    ...WHILE_READING,
  });
  return answered(asked);
}

const answered = <T>(asked: { data: T | undefined; error: Error | null; isFetching: boolean }): Asked<T> => ({
  value: asked.data ?? null,
  problem: asked.error && !asked.isFetching ? problemOf(asked.error) : null,
  reading: asked.isFetching,
});
