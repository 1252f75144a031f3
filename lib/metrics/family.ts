import type { Snapshot } from "@/lib/domain/snapshot";
import type { MetricsInput } from "./types";

/** One line of a metric. What is not known has no line: a zero would be a claim. */
export type Row = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/**
 * One metric. Labels come from clusters, members, pools, HAProxy nodes, sources, rules, slots' owners and closed lists of words: what a
 * query, an application or a user can make new ones of is never among them.
 */
export type Family = {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly labels: readonly string[];
  rows(input: MetricsInput): readonly Row[];
};

/** A metric of each cluster whose picture is current; `scope` comes first among its labels. */
export type ClusterRows = (picture: Snapshot, input: MetricsInput) => readonly Row[];

/** As long as the browser waits before it marks everything stale. Pictures are redrawn each second, whatever the sources do. */
export const PICTURE_AGE_MAX_MS = 10_000;

/** Pictures that still say how things are. One that nobody redraws says how they were. */
export const currentPictures = ({ pictures, now }: MetricsInput): readonly Snapshot[] =>
  pictures.flatMap(({ snapshot }) =>
    snapshot !== null && now - Date.parse(snapshot.at) <= PICTURE_AGE_MAX_MS ? [snapshot] : [],
  );

export function gauge(name: string, help: string, labels: readonly string[], rows: Family["rows"]): Family {
  return { name: `matriarch_${name}`, help, type: "gauge", labels, rows };
}

export function counter(name: string, help: string, labels: readonly string[], rows: Family["rows"]): Family {
  return { name: `matriarch_${name}`, help, type: "counter", labels, rows };
}

export function ofClusters(name: string, help: string, labels: readonly string[], rows: ClusterRows): Family {
  return gauge(name, help, ["scope", ...labels], (input) =>
    currentPictures(input).flatMap((picture) =>
      rows(picture, input).map((row) => ({ ...row, labels: { scope: picture.scope, ...row.labels } })),
    ),
  );
}

/** A line, unless its value is unknown. */
export const row = (value: number | boolean | null | undefined, labels: Row["labels"] = {}): readonly Row[] => {
  if (value === null || value === undefined) return [];
  const number = typeof value === "boolean" ? Number(value) : value;
  return Number.isFinite(number) ? [{ labels, value: number }] : [];
};

/** A line for each word of a closed list: 1 for the one that holds, 0 for the others. */
export const oneHot = (label: string, words: readonly string[], holds: string, labels: Row["labels"] = {}): Row[] =>
  words.map((word) => ({ labels: { ...labels, [label]: word }, value: Number(word === holds) }));

export const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);

/** Age of an instant in seconds, never below 0; null for none. */
export const ageSeconds = (at: string | null, now: number): number | null =>
  at === null ? null : Math.max(0, now - Date.parse(at)) / 1_000;
