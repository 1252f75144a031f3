import { ROUTES, type RouteKey } from "@/lib/auth/routes";
import { buildOpenApi, type Operation } from "@/lib/contract/openapi";

const CLUSTER_PROBLEMS = [404, 503];

/** What is said of each route; a route without an entry does not compile. */
const OPERATIONS: Readonly<Record<RouteKey, Operation>> = {
  "GET /api/healthz": { summary: "Whether the process is alive", answer: "Health" },
  "GET /api/readyz": {
    summary: "Whether every configured cluster was looked at once; 503 until then",
    answer: "Readiness",
  },
  "GET /api/v1/clusters": { summary: "Every cluster, worst first", answer: "Fleet", problems: [503] },
  "GET /api/v1/clusters/[scope]": {
    summary: "The current picture of a cluster",
    answer: "Snapshot",
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/findings": {
    summary: "What deviates in a cluster",
    answer: "Findings",
    problems: CLUSTER_PROBLEMS,
  },
  "GET /api/v1/clusters/[scope]/sources/[id]": {
    summary: "The last answer and the last failure of one source, for example postgres:node1",
    answer: "SourceDetail",
    problems: CLUSTER_PROBLEMS,
  },
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
