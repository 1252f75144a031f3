"use client";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { clusterPagePath } from "@/lib/client/paths";
import { type FindingFilter, readFilter, writeFilter } from "./filter";

/** The filter that the address carries. Changing it replaces the address: going back leads out of the page, not through choices. */
export function useFindingFilter(scope: string): readonly [FindingFilter, (filter: FindingFilter) => void] {
  const text = useSearchParams()?.toString() ?? "";
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text]);
  const change = (next: FindingFilter) =>
    window.history.replaceState(null, "", clusterPagePath(scope, "findings", writeFilter(next)));
  return [filter, change];
}
