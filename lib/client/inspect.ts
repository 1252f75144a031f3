"use client";
import { useQuery } from "@tanstack/react-query";
import type { InspectAnswerOf, SettingsComparison } from "@/lib/contract/inspect";
import { INSPECT_BEAT_MS, type InspectTopic } from "@/lib/domain/inspect/topics";
import { type ApiProblem, getJson, problemOf } from "./api";

/** What a panel knows of its answer: the last good one, and why there is no newer one. */
export type Looked<A> = { readonly answer: A | null; readonly problem: ApiProblem | null };

const clusterUrl = (scope: string) => `/api/v1/clusters/${encodeURIComponent(scope)}`;

/** Answers are kept for a moment only, so that going back and forth between pages does not show an old one as if it were new. */
const KEEP_MS = 60_000;

/** One topic of one member, asked again at the topic's own beat for as long as it is drawn and the tab is seen. */
export function useInspect<T extends InspectTopic>(
  scope: string,
  member: string,
  topic: T,
  database: string | null = null,
): Looked<InspectAnswerOf<T>> {
  const query = database === null ? "" : `?database=${encodeURIComponent(database)}`;
  const path = `${clusterUrl(scope)}/members/${encodeURIComponent(member)}/inspect/${topic}${query}`;
  return useAsked(["inspect", scope, member, topic, database], path, INSPECT_BEAT_MS[topic]);
}

/** The comparison of settings over all members. */
export function useSettingsComparison(scope: string): Looked<SettingsComparison> {
  return useAsked(["inspect", scope, "settings"], `${clusterUrl(scope)}/settings`, INSPECT_BEAT_MS.settings);
}

function useAsked<A>(queryKey: readonly unknown[], path: string, beatMs: number): Looked<A> {
  const { data, error } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await getJson(path, signal)) as A,
    refetchInterval: beatMs,
    refetchIntervalInBackground: false,
    // Seen again after a while in the background, it is asked at once.
    refetchOnWindowFocus: "always",
    staleTime: beatMs,
    gcTime: KEEP_MS,
    retry: false,
  });
  return { answer: data ?? null, problem: error ? problemOf(error) : null };
}
