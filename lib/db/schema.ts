import type { Generated } from "kysely";

/**
 * The tables of our own database, the same on SQLite and PostgreSQL. Times are epoch ms, truth values are 0 and 1, JSON travels as
 * text and pictures as bytes; see `migrations.ts` for what may change and what may not.
 */
export type Schema = {
  series: SeriesTable;
  sample_2s: SampleTable;
  sample_10s: SampleTable;
  sample_1m: SampleTable;
  sample_10m: SampleTable;
  event: EventTable;
  frame: FrameTable;
  recording: RecordingTable;
  write_gap: WriteGapTable;
  meta: MetaTable;
};

/** One line of a chart. `id` is made from the other four (see `lib/history/samples/series-id.ts`), so no read precedes a write. */
export type SeriesTable = {
  id: number;
  scope: string;
  metric: string;
  subject: string;
  detail: string;
};

/** What was observed from `at` for as long as the tier says. */
export type SampleTable = {
  series_id: number;
  at: number;
  min: number;
  max: number;
  sum: number;
  count: number;
};
export type SampleTableName = "sample_2s" | "sample_10s" | "sample_1m" | "sample_10m";

export type EventTable = {
  id: Generated<number>;
  scope: string;
  at: number;
  kind: string;
  severity: string;
  subject: string;
  /** The whole event as JSON. */
  body: string;
  /** Unique within the scope; null where the same happening cannot be told twice. */
  dedupe: string | null;
};

/** A stored picture, or what changed since the one before. */
export type FrameTable = {
  scope: string;
  at: number;
  /** Orders pictures of the same millisecond. */
  seq: number;
  /** The run of the dashboard that drew it. */
  boot: string;
  version: number;
  /** `at` of the whole picture that this one builds on; its own `at` when it is one. */
  key_at: number;
  urgent: number;
  body: Uint8Array;
};

/** A stretch of time in which one run of the dashboard recorded without a break. */
export type RecordingTable = {
  scope: string;
  boot: string;
  started_at: number;
  /** Of the last picture stored so far. */
  ended_at: number;
  /** The run said that it ends; 0 while it lasts and when it was killed. */
  orderly: number;
};

export type WriteGapTable = {
  scope: string;
  started_at: number;
  ended_at: number | null;
  /** The whole gap as JSON. */
  body: string;
};

export type MetaTable = {
  key: string;
  value: string;
};
