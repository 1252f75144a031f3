import { POINTS } from "@/lib/client/series-range";
import type { EventsAnswer, WriteGapsAnswer } from "@/lib/contract/record";
import type { SeriesAnswer, SeriesLine, SeriesPoint } from "@/lib/contract/series";
import type { ClusterScope, Instant } from "@/lib/domain/ids";
import { isMetricId, METRICS, type MetricId } from "@/lib/domain/metrics/catalog";

/** Answers of the record for a cluster of any size, full to the last point: what the charts must bear. Made up, and always the same. */

/** A wave with a spike now and then, which min, mean and max tell apart; a hole of a few points in the middle. */
function points(from: number, to: number, seed: number, unit: number): SeriesPoint[] {
  const stepMs = (to - from) / POINTS;
  return Array.from({ length: POINTS }, (_, index) => {
    const at = Math.round(from + (index + 0.5) * stepMs);
    if (index > 140 && index < 150) return { at, min: null, mean: null, max: null };
    const wave = (Math.sin(index / 9 + seed) + 1.2) * unit;
    const spike = (index * 7 + seed * 31) % 61 === 0 ? 6 * unit : 0;
    return { at, min: wave * 0.6, mean: wave, max: wave * 1.5 + spike };
  });
}

const SCALE: Readonly<Record<string, number>> = { bytes: 4e6, "bytes-per-second": 2e6, ms: 8, seconds: 1, ratio: 0.3 };

const DETAILS: Readonly<Record<string, (members: readonly string[]) => readonly string[]>> = {
  slot: (members) => members.slice(1),
  database: () => ["postgres", "erp", "crm"],
  "connection-state": () => ["active", "waiting", "idle", "idle-in-transaction", "other"],
  "checkpoint-kind": () => ["timed", "requested"],
  "pool-or-server": (members) =>
    ["write", "read"].flatMap((pool) => [pool, ...members.map((name) => `${pool}/${name}`)]),
};

function linesOf(metric: MetricId, members: readonly string[]): { subject: string; detail: string }[] {
  const { of, detail } = METRICS[metric];
  const sources = ["patroni", "postgres", "pgbouncer", "haproxy"];
  const subjects = of === "source" ? sources.flatMap((kind) => members.map((name) => `${kind}:${name}`)) : members;
  const details = detail === null ? [""] : (DETAILS[detail]?.(members) ?? [""]);
  return (of === "vip" ? ["10.99.0.200"] : subjects).flatMap((subject) =>
    details.map((each) => ({ subject, detail: each })),
  );
}

/** The answer to an address of `…/series`. */
export function madeSeries(address: URL, members: readonly string[]): SeriesAnswer {
  const query = address.searchParams;
  const name = query.get("metric") ?? "";
  const metric: MetricId = isMetricId(name) ? name : "replay-lag-bytes";
  const [from, to] = [Date.parse(query.get("from") ?? ""), Date.parse(query.get("to") ?? "")];
  const { unit } = METRICS[metric];
  const lines = linesOf(metric, members).map(
    (line, index): SeriesLine => ({ ...line, points: points(from, to, index, SCALE[unit] ?? 20) }),
  );
  const instant = (at: number) => new Date(at).toISOString() as Instant;
  const stepMs = (to - from) / POINTS;
  const scope = "made" as ClusterScope;
  return { scope, metric, unit, from: instant(from), to: instant(to), stepMs, tier: "1m", recordedSince: null, lines };
}

const EVENTS = 60;

/** The answer to an address of `…/events`: a busy day. */
export function madeEvents(address: URL): EventsAnswer {
  const query = address.searchParams;
  const [from, to] = [Date.parse(query.get("from") ?? ""), Date.parse(query.get("to") ?? "")];
  const kinds = ["leader", "vip", "backup", "state", "dashboard"] as const;
  const events = Array.from({ length: EVENTS }, (_, index) => ({
    id: index + 1,
    scope: "made" as ClusterScope,
    at: new Date(from + ((index + 0.5) / EVENTS) * (to - from)).toISOString() as Instant,
    notBefore: null,
    kind: kinds[index % kinds.length] ?? "leader",
    severity: index % 7 === 0 ? ("warn" as const) : ("notice" as const),
    subject: "node1",
    text: { key: "charts.mark.leader", params: {} },
    data: {},
    source: "observed" as const,
    dedupe: null,
  }));
  return { scope: "made" as ClusterScope, events: events.toReversed(), next: null };
}

/** The answer to an address of `…/gaps`: one of a minute, in the middle. */
export function madeGaps(address: URL): WriteGapsAnswer {
  const query = address.searchParams;
  const middle = (Date.parse(query.get("from") ?? "") + Date.parse(query.get("to") ?? "")) / 2;
  const scope = "made" as ClusterScope;
  const gap = {
    scope,
    startedAt: new Date(middle).toISOString() as Instant,
    endedAt: new Date(middle + 60_000).toISOString() as Instant,
    attempts: 240,
    failures: { refused: 240 },
    from: "node1",
    to: "node2",
  };
  return { scope, gaps: [gap] };
}
