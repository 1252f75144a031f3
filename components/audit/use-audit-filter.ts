"use client";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { auditPath } from "@/lib/client/paths";
import { type AuditFilter, readFilter, writeFilter } from "./filter";

/** The filter that the address carries. Changing it replaces the address: going back leads out of the page, not through choices. */
export function useAuditFilter(): readonly [AuditFilter, (filter: AuditFilter) => void] {
  const text = useSearchParams()?.toString() ?? "";
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text]);
  const change = (next: AuditFilter) => window.history.replaceState(null, "", auditPath(writeFilter(next)));
  return [filter, change];
}
