import type { EpochMs } from "../ids";
import type { MetricId } from "../metrics/catalog";
import type { Sample } from "../metrics/sample";

/** A figure, or null for what was not observed: that leaves no sample. */
export type Figure = readonly [metric: MetricId, value: number | null, detail?: string];

export const collect = (subject: string, at: EpochMs, figures: readonly Figure[]): Sample[] =>
  figures.flatMap(([metric, value, detail = ""]) =>
    value === null || !Number.isFinite(value) ? [] : [{ metric, subject, detail, at, value }],
  );
