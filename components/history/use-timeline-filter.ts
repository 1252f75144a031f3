"use client";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { clusterPagePath } from "@/lib/client/paths";
import { readFilter, type TimelineFilter, writeFilter } from "./filter";

/** The filter that the address carries. Changing it replaces the address: going back leads out of the page, not through choices. */
export function useTimelineFilter(scope: string): readonly [TimelineFilter, (filter: TimelineFilter) => void] {
  const text = useSearchParams()?.toString() ?? "";
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text]);
  const change = (next: TimelineFilter) =>
    window.history.replaceState(null, "", clusterPagePath(scope, "history", writeFilter(next)));
  return [filter, change];
}
