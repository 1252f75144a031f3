"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { WriteGapsAnswer } from "@/lib/contract/record";
import { type SeriesAnswer, seriesSchema } from "@/lib/contract/series";
import type { StoredEvent } from "@/lib/domain/events/event";
import type { MetricId } from "@/lib/domain/metrics/catalog";
import { ApiError, type ApiProblem, getJson, problemOf } from "./api";
import { fetchEvents, fetchGaps, NO_FILTER, recordPath, windowQuery } from "./record-api";
import { POINTS, type Window } from "./series-range";
import type { LiveWindow } from "./series-window";

export const seriesKeys = {
  of: (scope: string, metric: string, range: string) => ["cluster", scope, "series", metric, range] as const,
  marks: (scope: string, range: string) => ["cluster", scope, "marks", range] as const,
};

/** GETs one metric over a window. Throws an error that carries an `ApiProblem`. */
export async function fetchSeries(
  scope: string,
  metric: MetricId,
  { from, to }: Window,
  points: number,
  signal?: AbortSignal,
): Promise<SeriesAnswer> {
  const query = windowQuery(Math.round(from), Math.round(to));
  query.set("metric", metric);
  query.set("points", String(points));
  const read = seriesSchema.safeParse(await getJson(recordPath(scope, "series", query), signal));
  if (!read.success)
    throw new ApiError({ kind: "malformed", status: 200, detail: read.error.issues[0]?.message ?? null });
  return read.data;
}

/** What was asked for and what came. `at` is when it came, by the browser's clock. */
type Fetched<T> = { readonly window: Window; readonly key: string; readonly at: number; readonly value: T };

export type Read<T> = {
  /** The last good answer; of another range while that of the chosen one is on its way or fails. */
  readonly value: T | null;
  /** The window that `value` answers. */
  readonly window: Window;
  /** When it came, by the browser's clock. */
  readonly at: number | null;
  readonly problem: ApiProblem | null;
  /** `value`, if any, belongs to another range. */
  readonly waiting: boolean;
};

const KEPT_MS = 5 * 60_000;
const RETRY_MS = 5_000;

/**
 * Reads something of a window, and again each time the window has moved on. What was good stays while a newer answer is on its
 * way or fails; a failure is tried again by itself.
 */
function useOfWindow<T>(
  queryKey: readonly unknown[],
  window: LiveWindow,
  enabled: boolean,
  read: (window: Window, signal: AbortSignal) => Promise<T>,
): Read<T> {
  const { from, to, key } = window;
  const query = useQuery<Fetched<T>>({
    queryKey,
    enabled,
    gcTime: KEPT_MS,
    retry: false,
    structuralSharing: false,
    refetchInterval: ({ state }) => (state.status === "error" && retriable(state.error) ? RETRY_MS : false),
    queryFn: async ({ signal }) => {
      const value = await read({ from, to }, signal);
      return { window: { from, to }, key, at: Date.now(), value };
    },
  });
  const { data, isFetching, isError, refetch } = query;
  const behind = data !== undefined && data.window.to < to;
  useEffect(() => {
    // After a failure the interval above tries again: at once would be without end.
    if (enabled && behind && !isFetching && !isError) void refetch();
  }, [enabled, behind, isFetching, isError, refetch]);

  const [kept, setKept] = useState<Fetched<T> | null>(null);
  if (data !== undefined && data !== kept) setKept(data);
  const shown = data ?? kept;
  return {
    value: shown?.value ?? null,
    window: shown?.window ?? { from, to },
    at: shown?.at ?? null,
    problem: query.error ? problemOf(query.error) : null,
    waiting: shown?.key !== key,
  };
}

const retriable = (error: unknown): boolean =>
  !["unauthorized", "forbidden", "not-found"].includes(problemOf(error).kind);

/** One metric of one cluster over the window; `enabled` false asks nothing and keeps what was there. */
export function useSeries(scope: string, metric: MetricId, window: LiveWindow, enabled: boolean): Read<SeriesAnswer> {
  return useOfWindow(seriesKeys.of(scope, metric, window.key), window, enabled, (wanted, signal) =>
    fetchSeries(scope, metric, wanted, POINTS, signal),
  );
}

export type Marks = { readonly events: readonly StoredEvent[]; readonly gaps: WriteGapsAnswer["gaps"] };

const MOST_EVENTS = 500;

/** Events and write gaps of the window: what is drawn into all of its charts. */
export function useMarks(scope: string, window: LiveWindow): Read<Marks> {
  return useOfWindow(seriesKeys.marks(scope, window.key), window, true, async ({ from, to }, signal) => {
    const filter = { ...NO_FILTER, from: Math.round(from), to: Math.round(to) };
    const [answer, gaps] = await Promise.all([
      fetchEvents(scope, filter, { before: null, limit: MOST_EVENTS }, signal),
      fetchGaps(scope, filter.from, filter.to, signal),
    ]);
    return { events: answer.events, gaps };
  });
}
