/** Every figure that is kept over time: its unit, what it is about and how often it is observed. */

export type MetricUnit = "bytes" | "seconds" | "ms" | "bytes-per-second" | "per-second" | "count" | "ratio";

export type Metric = {
  readonly unit: MetricUnit;
  /** What `subject` of a sample names. */
  readonly of: "member" | "haproxy" | "source" | "vip" | "dcs-member";
  /** What `detail` of a sample names; null where it is always empty. */
  readonly detail: "slot" | "database" | "connection-state" | "pool-or-server" | "checkpoint-kind" | null;
  /** How often it is observed when all is well, in ms; a longer silence than three of these is a hole. */
  readonly intervalMs: number;
};

const FAST_MS = 2_000;
const POOLER_MS = 5_000;
const SLOW_MS = 15_000;
const SIZES_MS = 300_000;

const metric = (unit: MetricUnit, of: Metric["of"], intervalMs: number, detail: Metric["detail"] = null): Metric => ({
  unit,
  of,
  detail,
  intervalMs,
});

/**
 * Lag is a replica's, as its sender sees it where that is known, else as the standby sees it itself. Rates and ratios are over the time
 * between two looks. `connections` has one series a state of `pg_stat_activity`; `haproxy-*` have one a pool (`<pool>`) and one
 * a server (`<pool>/<server>`), with the HAProxy node as subject.
 */
export const METRICS = {
  "receive-lag-bytes": metric("bytes", "member", FAST_MS),
  "replay-lag-bytes": metric("bytes", "member", FAST_MS),
  "receive-lag-seconds": metric("seconds", "member", FAST_MS),
  "replay-lag-seconds": metric("seconds", "member", FAST_MS),
  "wal-bytes-per-second": metric("bytes-per-second", "member", FAST_MS),
  "slot-retained-bytes": metric("bytes", "member", FAST_MS, "slot"),
  "transactions-per-second": metric("per-second", "member", SLOW_MS),
  connections: metric("count", "member", SLOW_MS, "connection-state"),
  "connections-limit": metric("count", "member", SLOW_MS),
  "cache-hit-ratio": metric("ratio", "member", SLOW_MS),
  checkpoints: metric("count", "member", SLOW_MS, "checkpoint-kind"),
  "archiver-failures": metric("count", "member", SLOW_MS),
  "database-size-bytes": metric("bytes", "member", SIZES_MS, "database"),
  "pgbouncer-clients-active": metric("count", "member", POOLER_MS),
  "pgbouncer-clients-waiting": metric("count", "member", POOLER_MS),
  "pgbouncer-max-wait-ms": metric("ms", "member", POOLER_MS),
  "pgbouncer-average-wait-ms": metric("ms", "member", POOLER_MS),
  "haproxy-sessions": metric("count", "haproxy", FAST_MS, "pool-or-server"),
  "haproxy-queue": metric("count", "haproxy", FAST_MS, "pool-or-server"),
  "source-latency-ms": metric("ms", "source", FAST_MS),
  "client-latency-ms": metric("ms", "vip", FAST_MS),
  "dcs-size-bytes": metric("bytes", "dcs-member", 5_000),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricId = keyof typeof METRICS;
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];
export const isMetricId = (text: string): text is MetricId => Object.hasOwn(METRICS, text);
