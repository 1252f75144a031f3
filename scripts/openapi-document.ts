import { ROUTES, type RouteKey } from "@/lib/auth/routes";
import { buildOpenApi, type Operation } from "@/lib/contract/openapi";
import { ACTING } from "./openapi-acting";
import { ALERTING } from "./openapi-alerts";

const CLUSTER_PROBLEMS = [404, 503];
const RECORD_PROBLEMS = [400, 404, 503];

/** What is said of each route; a route without an entry does not compile. */
const OPERATIONS: Readonly<Record<RouteKey, Operation>> = {
  "GET /api/healthz": { summary: "Whether the process is alive", answer: "Health" },
  "GET /api/readyz": {
    summary: "Whether the store answers and every configured cluster was looked at once; 503 until then",
    answer: "Readiness",
  },
  "GET /api/metrics": {
    summary: "Metrics in Prometheus' text format; `metrics.access: anyone` opens them to whoever reaches the port",
    answer: "text/plain",
  },
  "GET /api/v1/clusters": { summary: "Every cluster, worst first", answer: "Fleet", problems: [503] },
  "GET /api/v1/clusters/[scope]": {
    summary: "The current picture of a cluster",
    answer: "Snapshot",
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/dcs-tree": {
    summary: "The keys that Patroni keeps for a cluster, as stored",
    answer: "DcsTree",
    problems: [404],
  },
  "GET /api/v1/clusters/[scope]/backups": {
    summary: "Every backup of each configured source, newest first, with what is said of it",
    answer: "BackupList",
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/findings": {
    summary: "What deviates in a cluster",
    answer: "Findings",
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/series": {
    summary: "One metric over time, as at most so many points a line, with lowest and highest of each",
    answer: "Series",
    query: [
      { name: "metric", description: "For example replay-lag-bytes" },
      { name: "member", description: "Lines wanted, by what they are about; all without it" },
      { name: "from", description: "ISO 8601 or epoch ms; an hour before `to` without it" },
      { name: "to", description: "ISO 8601 or epoch ms; now without it" },
      { name: "points", description: "At most so many points a line, 2 to 2000; 300 without it" },
    ],
    problems: [400, ...CLUSTER_PROBLEMS],
  },
  "GET /api/v1/clusters/[scope]/sources/[id]": {
    summary: "The last answer and the last failure of one source, for example postgres:node1",
    answer: "SourceDetail",
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/events": {
    summary: "What happened, newest first",
    answer: "Events",
    query: [
      { name: "from", description: "ISO 8601" },
      { name: "to", description: "ISO 8601" },
      { name: "kind", description: "Repeatable; all without it" },
      { name: "severity", description: "Repeatable; all without it" },
      { name: "subject", description: "A member, pool, source …" },
      { name: "search", description: "Words that must all occur" },
      { name: "before", description: "`next` of the page before" },
      { name: "limit", description: "At most 1000; 100 without it" },
    ],
    problems: RECORD_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/gaps": {
    summary: "Times during which the client's eye could not have written, oldest first",
    answer: "WriteGaps",
    query: [
      { name: "from", description: "ISO 8601" },
      { name: "to", description: "ISO 8601" },
    ],
    problems: RECORD_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/frames": {
    summary: "Where stored pictures are, oldest first",
    answer: "Frames",
    query: [
      { name: "from", description: "ISO 8601" },
      { name: "to", description: "ISO 8601" },
      { name: "limit", description: "At most 10000; 1000 without it" },
    ],
    problems: RECORD_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/snapshot": {
    summary: "The picture as it was at a past moment; 404 where nobody was looking",
    answer: "PastSnapshot",
    query: [{ name: "at", description: "ISO 8601" }],
    problems: RECORD_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/incident": {
    summary: "What is told of one window of the past",
    answer: "IncidentReport",
    query: [
      { name: "from", description: "ISO 8601" },
      { name: "to", description: "ISO 8601" },
      { name: "format", description: "json or markdown" },
      { name: "lang", description: "en or ru, for Markdown" },
    ],
    problems: RECORD_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/incidents": {
    summary: "Windows that are worth a report, newest first",
    answer: "Incidents",
    query: [
      { name: "from", description: "ISO 8601" },
      { name: "to", description: "ISO 8601" },
    ],
    problems: RECORD_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/members/[member]/inspect/[topic]": {
    summary:
      "What one PostgreSQL server says of itself: activity, replication, wal, databases, sizes, tables, vacuum, …",
    answer: "InspectAnswer",
    query: [{ name: "database", description: "For tables and statements: of this database" }],
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/settings": {
    summary: "PostgreSQL settings that are not the same on all members",
    answer: "SettingsComparison",
    problems: CLUSTER_PROBLEMS,
  },
  ...ACTING,
  ...ALERTING,
  "GET /api/v1/me": { summary: "Who asks", answer: "Me" },
  "GET /api/v1/openapi.json": { summary: "This document", answer: null },
  "GET /api/v1/stream": {
    summary: "Server-sent events snapshot, patch and heartbeat; data is JSON",
    answer: "text/event-stream",
    query: [{ name: "scope", description: "Clusters wanted; all without it" }],
    problems: CLUSTER_PROBLEMS,
  },
};

/** The text of `openapi.json`. */
export function openApiText(): string {
  const keys = Object.keys(ROUTES) as RouteKey[];
  const routes = keys.map((key) => ({ key, minRole: ROUTES[key], operation: OPERATIONS[key] }));
  return `${JSON.stringify(buildOpenApi(routes), null, 2)}\n`;
}
