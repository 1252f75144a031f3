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
  plan: PlanTable;
  operation: OperationTable;
  cluster_lock: ClusterLockTable;
  pause_note: PauseNoteTable;
  audit: AuditTable;
  alert: AlertTable;
  alert_told: AlertToldTable;
  delivery: DeliveryTable;
  silence: SilenceTable;
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

export type PlanTable = {
  id: string;
  scope: string;
  expires_at: number;
  /** The operation that used it up; null: nobody has. */
  used_by: string | null;
  /** The whole plan as JSON. */
  body: string;
};

export type OperationTable = {
  id: string;
  scope: string;
  plan_id: string;
  state: string;
  /** 1 until it has ended. */
  open: number;
  created_at: number;
  /** The whole operation as JSON. */
  body: string;
};

/** Who acts on a cluster now; at most one row a cluster. */
export type ClusterLockTable = {
  scope: string;
  operation_id: string;
  action: string;
  actor: string;
  /** The run of the dashboard that carries the operation. */
  boot: string;
  /** Tells two attempts at the lock apart that were made for one operation. */
  claim: string;
  at: number;
  renewed_at: number;
};

export type PauseNoteTable = {
  scope: string;
  /** The whole note as JSON. */
  body: string;
};

/** Rows are added and never changed or removed: triggers refuse it. */
export type AuditTable = {
  seq: number;
  /** Random: by it one finds out whether a row was written. */
  row_key: string;
  at: number;
  kind: string;
  scope: string | null;
  actor: string;
  role: string | null;
  address: string | null;
  action: string | null;
  operation_id: string | null;
  plan_id: string | null;
  reason: string | null;
  data: string;
  prev: string;
  hash: string;
};

/** One episode of one finding; at most one of a finding is open. */
export type AlertTable = {
  id: string;
  scope: string;
  finding_id: string;
  rule: string;
  severity: string;
  subject: string;
  /** The message as JSON. */
  text: string;
  /** JSON. */
  source_ids: string;
  started_at: number;
  fired_at: number;
  seen_at: number;
  resolved_at: number | null;
  flaps: number;
  /** Who, when and why, as JSON. */
  acknowledged: string | null;
  settled: number;
};

/** That one notifier tells of one stage of one alert, by which delivery. */
export type AlertToldTable = {
  alert_id: string;
  notifier: string;
  stage: string;
  delivery_id: string;
  at: number;
};

export type DeliveryTable = {
  id: string;
  notifier: string;
  about: string;
  state: string;
  attempts: number;
  error: string | null;
  created_at: number;
  last_tried_at: number | null;
  next_try_at: number | null;
  delivered_at: number | null;
  /** The run of the dashboard that sends it now. */
  lease_by: string | null;
  lease_until: number | null;
  /** What is told, as JSON. */
  body: string;
};

export type SilenceTable = {
  id: string;
  until_at: number;
  ended_at: number | null;
  ended_by: string | null;
  /** The silence as it was made, as JSON. */
  body: string;
};
