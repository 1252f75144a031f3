import type { ChartDefinition } from "@/components/charts/chart-definition";
import type { LineStyle } from "@/components/charts/line-style";
import type { SeriesLine } from "@/lib/contract/series";

/** The charts of the page, in the order in which somebody who was woken up wants them. */

const ofSubject = {
  kind: "lines",
  label: ({ subject }: SeriesLine) => subject,
  styleOf: ({ subject }, styles) => styles(subject),
} as const satisfies Partial<ChartDefinition>;

/** One plot a subject, with the details as its lines. */
const bySubject = {
  kind: "lines",
  facet: ({ subject }: SeriesLine) => subject,
  label: ({ detail }: SeriesLine) => detail,
  styleOf: ({ detail }, styles) => styles(detail),
} as const satisfies Partial<ChartDefinition>;

/** One plot a pool, and on demand one a server, with the HAProxy nodes as lines. */
const byPool = {
  ...ofSubject,
  facet: ({ detail }: SeriesLine) => detail,
  first: ({ detail }: SeriesLine) => !detail.includes("/"),
} as const satisfies Partial<ChartDefinition>;

const STATE_STYLE: Readonly<Record<string, LineStyle>> = {
  active: { color: "var(--line-1)", dash: "" },
  waiting: { color: "var(--crit)", dash: "2 2.5" },
  "idle-in-transaction": { color: "var(--line-2)", dash: "7 3" },
  idle: { color: "var(--ink-3)", dash: "" },
};
const OTHER_STATE: LineStyle = { color: "var(--line-6)", dash: "4 2" };

const source = ({ subject }: SeriesLine) => {
  const colon = subject.indexOf(":");
  return colon < 0
    ? { kind: subject, target: subject }
    : { kind: subject.slice(0, colon), target: subject.slice(colon + 1) };
};

export const SECTIONS = [
  {
    id: "lag",
    charts: [
      { id: "replay-lag-seconds", metric: "replay-lag-seconds", ...ofSubject },
      { id: "replay-lag-bytes", metric: "replay-lag-bytes", ...ofSubject },
      { id: "receive-lag-seconds", metric: "receive-lag-seconds", ...ofSubject },
      { id: "receive-lag-bytes", metric: "receive-lag-bytes", ...ofSubject },
    ],
  },
  {
    id: "wal",
    charts: [
      { id: "wal", metric: "wal-bytes-per-second", ...ofSubject },
      { id: "transactions", metric: "transactions-per-second", ...ofSubject },
      { id: "slots", metric: "slot-retained-bytes", wide: true, ...bySubject },
      { id: "checkpoints", metric: "checkpoints", wide: true, words: true, ...bySubject },
      { id: "archiver", metric: "archiver-failures", ...ofSubject },
      { id: "cache", metric: "cache-hit-ratio", ...ofSubject },
    ],
  },
  {
    id: "connections",
    charts: [
      {
        id: "connections",
        metric: "connections",
        wide: true,
        ...bySubject,
        kind: "stack",
        limit: "connections-limit",
        words: true,
        order: ["active", "waiting", "idle-in-transaction", "other", "idle"],
        styleOf: ({ detail }: SeriesLine) => STATE_STYLE[detail] ?? OTHER_STATE,
      },
      { id: "pgbouncer-active", metric: "pgbouncer-clients-active", ...ofSubject },
      { id: "pgbouncer-waiting", metric: "pgbouncer-clients-waiting", ...ofSubject },
      { id: "pgbouncer-max-wait", metric: "pgbouncer-max-wait-ms", ...ofSubject },
      { id: "pgbouncer-average-wait", metric: "pgbouncer-average-wait-ms", ...ofSubject },
      { id: "haproxy-sessions", metric: "haproxy-sessions", wide: true, ...byPool },
      { id: "haproxy-queue", metric: "haproxy-queue", wide: true, ...byPool },
    ],
  },
  {
    id: "eye",
    charts: [
      { id: "client-latency", metric: "client-latency-ms", ...ofSubject },
      { id: "dcs-size", metric: "dcs-size-bytes", ...ofSubject },
      {
        id: "source-latency",
        metric: "source-latency-ms",
        wide: true,
        kind: "lines",
        facet: (line: SeriesLine) => source(line).kind,
        facetWords: "sources.kind",
        label: (line: SeriesLine) => source(line).target,
        styleOf: (line, styles) => styles(source(line).target),
      },
    ],
  },
  {
    id: "sizes",
    charts: [{ id: "database-sizes", metric: "database-size-bytes", wide: true, ...bySubject }],
  },
] as const satisfies readonly { readonly id: string; readonly charts: readonly ChartDefinition[] }[];
