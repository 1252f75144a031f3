import { isMetricId } from "@/lib/domain/metrics/catalog";
import { parseMoment } from "./moment";
import { SERIES_POINTS_DEFAULT, SERIES_POINTS_MAX, type SeriesQuery } from "./series";

const WINDOW_DEFAULT_MS = 3_600_000;
const POINTS_MIN = 2;
const SUBJECTS_MAX = 100;

export type ParsedSeriesQuery =
  | { readonly kind: "ok"; readonly query: SeriesQuery }
  | { readonly kind: "wrong"; readonly detail: string };

/** Reads `metric`, `member` (repeatable), `from`, `to` and `points`; what is wrong is said for a person, with what was expected. */
export function parseSeriesQuery(search: URLSearchParams, now: number): ParsedSeriesQuery {
  const wrong = (detail: string): ParsedSeriesQuery => ({ kind: "wrong", detail });
  const metric = search.get("metric");
  if (metric === null) return wrong("metric is missing, for example metric=replay-lag-bytes");
  if (!isMetricId(metric)) return wrong(`metric: there is no ${JSON.stringify(metric.slice(0, 60))}`);
  const to = search.has("to") ? parseMoment(search.get("to")) : now;
  if (to === null) return wrong("to: a moment in ISO 8601 with its zone, or epoch milliseconds");
  const from = search.has("from") ? parseMoment(search.get("from")) : to - WINDOW_DEFAULT_MS;
  if (from === null) return wrong("from: a moment in ISO 8601 with its zone, or epoch milliseconds");
  if (from >= to) return wrong("from must be before to");
  const points = pointsOf(search.get("points"));
  if (points === null) return wrong(`points: a whole number from ${POINTS_MIN} to ${SERIES_POINTS_MAX}`);
  const subjects = search.getAll("member").filter((subject) => subject !== "");
  if (subjects.length > SUBJECTS_MAX) return wrong(`member: at most ${SUBJECTS_MAX}`);
  return { kind: "ok", query: { metric, from, to, points, subjects: search.has("member") ? subjects : null } };
}

function pointsOf(text: string | null): number | null {
  if (text === null) return SERIES_POINTS_DEFAULT;
  const points = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return points >= POINTS_MIN && points <= SERIES_POINTS_MAX ? points : null;
}
