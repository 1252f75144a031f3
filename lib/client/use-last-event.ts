"use client";
import { useQuery } from "@tanstack/react-query";
import type { StoredEvent } from "@/lib/domain/events/event";
import type { Snapshot } from "@/lib/domain/snapshot";
import { fetchEvents, NO_FILTER } from "./record-api";

const NOTABLE = { ...NO_FILTER, severities: ["notice", "warn", "critical"] } as const;
/** Read at once when the picture says that something happened, and so often, in ms, for what it does not carry. */
const EVERY_MS = 30_000;
const FORGET_MS = 10_000;

/** The newest event worth a word; null: there is none on record. */
export type LastEvent =
  | { readonly kind: "known"; readonly event: StoredEvent | null }
  | { readonly kind: "reading" }
  | { readonly kind: "unknown" };

/** The last event of a cluster. Reads our own record only, which costs the cluster nothing. */
export function useLastEvent(snapshot: Snapshot): LastEvent {
  const { scope, writePath, leader, paused, findings } = snapshot;
  const moved = [writePath.since, leader?.name, leader?.since, paused, findings.length].join(" ");
  const asked = useQuery({
    queryKey: ["cluster", scope, "last-event", moved],
    queryFn: async ({ signal }) =>
      (await fetchEvents(scope, NOTABLE, { before: null, limit: 1 }, signal)).events[0] ?? null,
    staleTime: 0,
    gcTime: FORGET_MS,
    refetchInterval: EVERY_MS,
    retry: false,
    placeholderData: (before) => before,
  });
  if (asked.data !== undefined) return { kind: "known", event: asked.data };
  return { kind: asked.error ? "unknown" : "reading" };
}
