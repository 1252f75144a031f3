import type { SeriesAnswer, SeriesLine, SeriesPoint } from "@/lib/contract/series";
import type { ClusterScope, Instant } from "@/lib/domain/ids";
import { METRICS, type MetricId } from "@/lib/domain/metrics/catalog";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";

/** The window of every made answer: the minute before the samples' moment, in steps of 2 s. */
export const STEP_MS = 2_000;
export const WINDOW = { from: SAMPLE_NOW - 60_000, to: SAMPLE_NOW };

type Figure = number | readonly [min: number, mean: number, max: number] | null;

/** One point a step; null is a hole. */
export const line = (subject: string, figures: readonly Figure[], detail = ""): SeriesLine => ({
  subject,
  detail,
  points: figures.map((figure, index): SeriesPoint => {
    const at = WINDOW.from + (index + 0.5) * STEP_MS;
    if (figure === null) return { at, min: null, mean: null, max: null };
    const [min, mean, max] = typeof figure === "number" ? [figure, figure, figure] : figure;
    return { at, min, mean, max };
  }),
});

export const answerOf = (metric: MetricId, lines: SeriesLine[], recordedSince: number | null = null): SeriesAnswer => ({
  scope: "pg1" as ClusterScope,
  metric,
  unit: METRICS[metric].unit,
  from: new Date(WINDOW.from).toISOString() as Instant,
  to: new Date(WINDOW.to).toISOString() as Instant,
  stepMs: STEP_MS,
  tier: "2s",
  recordedSince: recordedSince === null ? null : (new Date(recordedSince).toISOString() as Instant),
  lines,
});

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
