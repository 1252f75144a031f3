import type { StoredEvent } from "@/lib/domain/events/event";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import { analyse } from "@/lib/domain/incident/analyse";
import type { Incident } from "@/lib/domain/incident/incident";
import { momentOf } from "@/lib/domain/incident/moment";
import type { Window } from "@/lib/domain/incident/outage";
import { type IncidentWindow, incidentWindows } from "@/lib/domain/incident/windows";
import type { Archive, EventQuery, Stored } from "./types";

/** Pictures that one report is made of at most: hours of quiet, or an hour in which something changes all the time. */
const PICTURES_MAX = 20_000;
const EVENTS_MAX = 2_000;

const ALL: Omit<EventQuery, "from" | "to"> = {
  kinds: null,
  severities: null,
  subject: null,
  search: null,
  beforeId: null,
  limit: EVENTS_MAX,
};

/** What is told of one window; `events` oldest first. */
export async function readIncident(
  archive: Archive,
  scope: ClusterScope,
  window: Window,
): Promise<Stored<{ readonly incident: Incident; readonly events: readonly StoredEvent[] }>> {
  const { from, to } = window;
  const [before, moments, gaps, recorded, events] = await Promise.all([
    archive.pictureAt(scope, from),
    archive.mapPictures(scope, { from, to, limit: PICTURES_MAX }, ({ snapshot, boot }) => momentOf(snapshot, boot)),
    archive.gaps(scope, from, to),
    archive.recorded(scope, from, to),
    archive.events(scope, { ...ALL, from, to }),
  ]);
  if (!before.ok) return before;
  if (!moments.ok) return moments;
  if (!gaps.ok) return gaps;
  if (!recorded.ok) return recorded;
  if (!events.ok) return events;
  // The picture that stood when the window began may have been stored before it.
  const first = before.value && before.value.at < from ? [momentOf(before.value.snapshot, before.value.boot)] : [];
  const incident = analyse(scope, window, [...first, ...moments.value], gaps.value, recorded.value);
  return { ok: true, value: { incident, events: [...events.value].reverse() } };
}

/** Windows that are worth a report, newest first. */
export async function readIncidents(
  archive: Archive,
  scope: ClusterScope,
  { from, to }: Window,
  now: EpochMs,
): Promise<Stored<readonly IncidentWindow[]>> {
  const kinds = ["leader", "history", "verdict"] as const;
  const [events, gaps] = await Promise.all([
    archive.events(scope, { ...ALL, kinds, from, to }),
    archive.gaps(scope, from, to),
  ]);
  if (!events.ok) return events;
  if (!gaps.ok) return gaps;
  return { ok: true, value: incidentWindows([...events.value].reverse(), gaps.value, Math.min(now, to)) };
}
