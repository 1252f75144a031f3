import { z } from "zod";
import { METRIC_IDS, type MetricId } from "@/lib/domain/metrics/catalog";
import { instantSchema, scopeSchema } from "./scalars";

/** The most points that a series may be asked for, and how many come when none is asked for. */
export const SERIES_POINTS_MAX = 2_000;
export const SERIES_POINTS_DEFAULT = 300;

/** What to read: times in epoch ms, `subjects` null for all. */
export type SeriesQuery = {
  readonly metric: MetricId;
  readonly subjects: readonly string[] | null;
  readonly from: number;
  readonly to: number;
  /** At most so many points come for each line; lowest and highest value of what a point stands for are kept. */
  readonly points: number;
};

const pointSchema = z
  .object({
    at: z.number().describe("Epoch ms of the middle of what the point stands for"),
    min: z.number().nullable(),
    mean: z.number().nullable(),
    max: z.number().nullable(),
  })
  .describe("min, mean and max are null together where nothing was observed: a hole");

const lineSchema = z.object({
  subject: z.string(),
  detail: z.string(),
  points: z.array(pointSchema),
});

/** `GET /api/v1/clusters/[scope]/series` */
export const seriesSchema = z.object({
  scope: scopeSchema,
  metric: z.enum(METRIC_IDS as [MetricId, ...MetricId[]]),
  unit: z.enum(["bytes", "seconds", "ms", "bytes-per-second", "per-second", "count", "ratio"]),
  from: instantSchema,
  to: instantSchema,
  stepMs: z.number().describe("How much time a point stands for"),
  tier: z.enum(["2s", "10s", "1m", "10m"]).describe("The coarsest resolution that the answer was read from"),
  recordedSince: instantSchema
    .nullable()
    .describe(
      "Where there are no lines: the earliest moment that is kept of the metric; null when nothing of it is kept",
    ),
  lines: z.array(lineSchema),
});

export type SeriesPoint = z.output<typeof pointSchema>;
export type SeriesLine = z.output<typeof lineSchema>;
export type SeriesAnswer = z.output<typeof seriesSchema>;
