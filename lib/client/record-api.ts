import type { IncidentReport, IncidentsAnswer } from "@/lib/contract/incident";
import type { EventsAnswer, FramesAnswer, PastAnswer, WriteGapsAnswer } from "@/lib/contract/record";
import type { EventKind, EventSeverity } from "@/lib/domain/events/event";
import type { EpochMs } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { getJson, problemOf } from "./api";

/** Reads of the record. Each throws an error that carries an `ApiProblem`; `unavailable` is a store that does not answer. */

/** Which events are asked for; what is null or empty does not narrow. */
export type EventFilter = {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly kinds: readonly EventKind[];
  readonly severities: readonly EventSeverity[];
  readonly subject: string | null;
  readonly search: string | null;
};

export const NO_FILTER: EventFilter = { from: null, to: null, kinds: [], severities: [], subject: null, search: null };

/** An address of a cluster's record under `/api/v1`. */
export const recordPath = (scope: string, what: string, query: URLSearchParams): string => {
  const text = query.toString();
  return `/api/v1/clusters/${encodeURIComponent(scope)}/${what}${text === "" ? "" : `?${text}`}`;
};

const iso = (ms: EpochMs): string => new Date(ms).toISOString();

export function windowQuery(from: EpochMs | null, to: EpochMs | null): URLSearchParams {
  const query = new URLSearchParams();
  if (from !== null) query.set("from", iso(from));
  if (to !== null) query.set("to", iso(to));
  return query;
}

/** Newest first; `before` is the `next` of the page before. */
export async function fetchEvents(
  scope: string,
  filter: EventFilter,
  page: { readonly before: number | null; readonly limit: number },
  signal?: AbortSignal,
): Promise<EventsAnswer> {
  const query = windowQuery(filter.from, filter.to);
  for (const kind of filter.kinds) query.append("kind", kind);
  for (const severity of filter.severities) query.append("severity", severity);
  if (filter.subject !== null) query.set("subject", filter.subject);
  if (filter.search !== null) query.set("search", filter.search);
  if (page.before !== null) query.set("before", String(page.before));
  query.set("limit", String(page.limit));
  return (await getJson(recordPath(scope, "events", query), signal)) as EventsAnswer;
}

/** Write gaps that overlap the window, oldest first. */
export async function fetchGaps(
  scope: string,
  from: EpochMs,
  to: EpochMs,
  signal?: AbortSignal,
): Promise<WriteGapsAnswer["gaps"]> {
  return ((await getJson(recordPath(scope, "gaps", windowQuery(from, to)), signal)) as WriteGapsAnswer).gaps;
}

/** Where stored pictures are between two moments, oldest first, at most `limit`. */
export async function fetchFrames(
  scope: string,
  from: EpochMs,
  to: EpochMs,
  limit: number,
  signal?: AbortSignal,
): Promise<FramesAnswer["frames"]> {
  const query = windowQuery(from, to);
  query.set("limit", String(limit));
  return ((await getJson(recordPath(scope, "frames", query), signal)) as FramesAnswer).frames;
}

/** The picture as it was at `at`; null where nothing was recorded then, which is answered as a 404 of its own. */
export async function fetchPast(scope: string, at: EpochMs, signal?: AbortSignal): Promise<Snapshot | null> {
  const query = new URLSearchParams({ at: iso(at) });
  try {
    return ((await getJson(recordPath(scope, "snapshot", query), signal)) as PastAnswer).snapshot as Snapshot;
  } catch (error) {
    if (problemOf(error).kind === "not-found") return null;
    throw error;
  }
}

/** Windows worth a report, newest first. */
export async function fetchIncidents(
  scope: string,
  from: EpochMs,
  to: EpochMs,
  signal?: AbortSignal,
): Promise<IncidentsAnswer["incidents"]> {
  return ((await getJson(recordPath(scope, "incidents", windowQuery(from, to)), signal)) as IncidentsAnswer).incidents;
}

export async function fetchIncident(
  scope: string,
  from: EpochMs,
  to: EpochMs,
  signal?: AbortSignal,
): Promise<IncidentReport> {
  return (await getJson(recordPath(scope, "incident", windowQuery(from, to)), signal)) as IncidentReport;
}

/** The longest window that a report is made of, and that gaps and incidents are listed for. */
export const REPORT_MAX_MS = 6 * 3_600_000;
export const LISTED_MAX_MS = 400 * 24 * 3_600_000;

/** The report as a file: to read, in the reader's language, or for a machine. */
export function incidentFile(scope: string, from: EpochMs, to: EpochMs, as: "markdown" | "json", lang: string): string {
  const query = windowQuery(from, to);
  if (as === "markdown") {
    query.set("format", "markdown");
    query.set("lang", lang);
  }
  return recordPath(scope, "incident", query);
}
