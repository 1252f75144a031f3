import type { RouteKey } from "@/lib/auth/routes";
import type { Operation } from "@/lib/contract/openapi";

/** What is said of the routes of alerts, silences and who is told. */
export const ALERTING = {
  "GET /api/v1/alerts": {
    summary: "Alerts that fire, or were over since a moment, the newest first",
    answer: "Alerts",
    query: [
      { name: "scope", description: "Of one cluster" },
      { name: "state", description: "firing, resolving or resolved; repeatable; all without it" },
      { name: "since", description: "ISO 8601 or epoch ms: those that are over must have been so after it" },
      { name: "limit", description: "At most 1000; 200 without it" },
    ],
    problems: [400, 503],
  },
  "POST /api/v1/alerts/[id]/acknowledge": {
    summary: "Says, with a note, that somebody has taken an alert on; it is told no more until it is over",
    answer: "Alert",
    problems: [400, 404, 409, 413, 415, 503],
  },
  "GET /api/v1/alerts/deliveries": {
    summary: "Messages that were sent, or are to be, the newest first",
    answer: "Deliveries",
    query: [
      { name: "notifier", description: "Of one notifier" },
      { name: "state", description: "waiting, delivered, failed or dropped; repeatable; all without it" },
      { name: "limit", description: "At most 1000; 200 without it" },
    ],
    problems: [400, 503],
  },
  "GET /api/v1/alerts/notifiers": {
    summary: "Who is told of alerts, how the last message went, and the dead man's signal",
    answer: "Notifiers",
    problems: [503],
  },
  "POST /api/v1/alerts/notifiers/[name]/test": {
    summary: "Sends a test message, once, and answers how that went",
    answer: "Delivery",
    problems: [404, 503],
  },
  "GET /api/v1/silences": {
    summary: "Silences and maintenance windows: in force, to come, and those that ended within the last day",
    answer: "Silences",
    problems: [503],
  },
  "POST /api/v1/silences": {
    summary: "Keeps alerts quiet until a moment, with a reason; who asks is the owner",
    answer: "Silence",
    problems: [400, 404, 413, 415, 503],
  },
  "POST /api/v1/silences/[id]/end": {
    summary: "Ends a silence or a maintenance window before its time",
    answer: "Silence",
    problems: [404, 409, 503],
  },
} as const satisfies Partial<Record<RouteKey, Operation>>;
