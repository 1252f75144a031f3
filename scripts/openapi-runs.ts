import type { RouteKey } from "@/lib/auth/routes";
import type { Operation } from "@/lib/contract/openapi";

/** What is said of the routes of runbooks and their runs. */
export const RUNNING = {
  "GET /api/v1/runbooks": {
    summary: "Every runbook; with `scope` what its preconditions come to there, and from which findings it is offered",
    answer: "Runbooks",
    query: [
      { name: "scope", description: "Of this cluster" },
      { name: "filled", description: "true: texts and commands filled in for that cluster" },
    ],
    problems: [400, 404, 503],
  },
  "GET /api/v1/clusters/[scope]/runs": {
    summary: "Runs of a cluster, open and past, newest first",
    answer: "Runs",
    query: [
      { name: "before", description: "`next` of the page before" },
      { name: "limit", description: "At most 200; 50 without it" },
    ],
    problems: [400, 404, 503],
  },
  "POST /api/v1/clusters/[scope]/runs": {
    summary:
      "Begins a run, `{ runbookId, inputs, reason }`; who asks carries it. A drill on a production cluster needs an admin and a reason",
    answer: "Run",
    problems: [400, 404, 409, 413, 415, 422, 503],
  },
  "GET /api/v1/runs/[id]": {
    summary: "One run as it stands now, with all that was done in it and the runbook that it follows",
    answer: "Run",
    query: [{ name: "filled", description: "true: texts and commands filled in for its cluster" }],
    problems: [400, 404, 503],
  },
  "POST /api/v1/runs/[id]/commands": {
    summary:
      "Does something to a run, `{ version, command }`: tick, skip, choose, operation, note, hand-over, take-over, join, pause, …",
    answer: "Run",
    problems: [400, 404, 409, 413, 415, 503],
  },
  "GET /api/v1/runs/[id]/export": {
    summary: "The record of a run as a report to read, with what happened on the cluster meanwhile",
    answer: "text/markdown",
    query: [{ name: "lang", description: "en or ru" }],
    problems: [400, 404, 503],
  },
} as const satisfies Partial<Record<RouteKey, Operation>>;
