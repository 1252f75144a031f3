import type { RouteKey } from "@/lib/auth/routes";
import type { Operation } from "@/lib/contract/openapi";

/** What is said of the routes by which something is done, and of the record of it. */
export const ACTING = {
  "GET /api/v1/audit": {
    summary:
      "The audit log, newest first; with `verify=1` whether its chain of hashes is whole, and the first broken row",
    answer: "Audit",
    query: [
      { name: "verify", description: "1: walk the whole chain" },
      { name: "from", description: "ISO 8601" },
      { name: "to", description: "ISO 8601" },
      { name: "kind", description: "Repeatable; all without it" },
      { name: "scope", description: "Of one cluster" },
      { name: "actor", description: "Of one user or token" },
      { name: "action", description: "Of one kind of action" },
      { name: "operation", description: "Of one operation" },
      { name: "search", description: "Words that must all occur" },
      { name: "before", description: "`next` of the page before" },
      { name: "limit", description: "At most 1000; 100 without it" },
    ],
    problems: [400, 503],
  },
  "GET /api/v1/audit/export": {
    summary: "The whole audit log as JSON lines, oldest first, hashes included",
    answer: "application/x-ndjson",
    problems: [503],
  },
  "GET /api/v1/clusters/[scope]/configuration": {
    summary:
      "The dynamic configuration as it is now, with what is known of each setting and the changes made from here",
    answer: "Configuration",
    problems: [404, 503],
  },
  "GET /api/v1/clusters/[scope]/operations": {
    summary: "What was done on a cluster, or refused, newest first",
    answer: "Operations",
    query: [
      { name: "before", description: "`next` of the page before" },
      { name: "limit", description: "At most 500; 50 without it" },
    ],
    problems: [400, 404, 503],
  },
  "POST /api/v1/clusters/[scope]/operations": {
    summary: "Executes a plan; everything is checked again first",
    answer: "Operation",
    problems: [400, 404, 409, 413, 415, 422, 503],
  },
  "POST /api/v1/clusters/[scope]/plans": {
    summary: "Checks, impact and fence of an action; changes nothing",
    answer: "Plan",
    problems: [400, 404, 413, 415, 422, 503],
  },
  "GET /api/v1/operations/[id]": {
    summary: "State, steps and outcome of one operation",
    answer: "Operation",
    problems: [404, 503],
  },
  "POST /api/v1/operations/[id]/approve": {
    summary: "Approves what another operator asked for; everything is checked again first",
    answer: "Operation",
    problems: [404, 409, 422, 503],
  },
  "POST /api/v1/operations/[id]/withdraw": {
    summary: "Takes back, or declines, what waits for approval",
    answer: "Operation",
    problems: [400, 404, 409, 415, 422, 503],
  },
} as const satisfies Partial<Record<RouteKey, Operation>>;
