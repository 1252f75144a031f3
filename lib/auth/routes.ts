import type { Config, UserRole } from "@/lib/config/types";

/**
 * Every route under `/api` that is ours, and the smallest role that may call it. A handler is made by `route(key, …)` and by
 * nothing else; a route file without a row here fails a test. What is not here is denied.
 */
export const ROUTES = {
  "GET /api/healthz": "anyone",
  "GET /api/metrics": "viewer",
  "GET /api/readyz": "anyone",
  "GET /api/v1/alerts": "viewer",
  "POST /api/v1/alerts/[id]/acknowledge": "operator",
  "GET /api/v1/alerts/deliveries": "viewer",
  "GET /api/v1/alerts/notifiers": "viewer",
  "POST /api/v1/alerts/notifiers/[name]/test": "admin",
  "GET /api/v1/audit": "admin",
  "GET /api/v1/audit/export": "admin",
  "GET /api/v1/clusters": "viewer",
  "GET /api/v1/clusters/[scope]": "viewer",
  "GET /api/v1/clusters/[scope]/backups": "viewer",
  "GET /api/v1/clusters/[scope]/dcs-tree": "operator",
  "GET /api/v1/clusters/[scope]/events": "viewer",
  "GET /api/v1/clusters/[scope]/findings": "viewer",
  "GET /api/v1/clusters/[scope]/frames": "viewer",
  "GET /api/v1/clusters/[scope]/gaps": "viewer",
  "GET /api/v1/clusters/[scope]/incident": "viewer",
  "GET /api/v1/clusters/[scope]/incidents": "viewer",
  "GET /api/v1/clusters/[scope]/members/[member]/inspect/[topic]": "viewer",
  "GET /api/v1/clusters/[scope]/settings": "viewer",
  "GET /api/v1/clusters/[scope]/snapshot": "viewer",
  "GET /api/v1/clusters/[scope]/configuration": "viewer",
  "GET /api/v1/clusters/[scope]/operations": "viewer",
  "POST /api/v1/clusters/[scope]/operations": "operator",
  "POST /api/v1/clusters/[scope]/plans": "operator",
  "GET /api/v1/clusters/[scope]/series": "viewer",
  "GET /api/v1/clusters/[scope]/sources/[id]": "viewer",
  "GET /api/v1/me": "viewer",
  "GET /api/v1/openapi.json": "viewer",
  "GET /api/v1/operations/[id]": "viewer",
  "POST /api/v1/operations/[id]/approve": "operator",
  "POST /api/v1/operations/[id]/withdraw": "operator",
  "GET /api/v1/silences": "viewer",
  "POST /api/v1/silences": "operator",
  "POST /api/v1/silences/[id]/end": "operator",
  "GET /api/v1/stream": "viewer",
} as const satisfies Readonly<Record<`${Method} /api/${string}`, UserRole | "anyone">>;

/** Routes that the configuration may open to anyone; their handlers must do without an actor. */
export const OPENED = {
  "GET /api/metrics": ({ metrics }) => metrics.access === "anyone",
} as const satisfies Partial<Record<RouteKey, (config: Config) => boolean>>;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type RouteKey = keyof typeof ROUTES;
