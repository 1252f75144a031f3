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
  "GET /api/v1/runbooks": "viewer",
  "GET /api/v1/clusters/[scope]/runs": "viewer",
  "POST /api/v1/clusters/[scope]/runs": "operator",
  "GET /api/v1/runs/[id]": "viewer",
  "GET /api/v1/runs/[id]/export": "viewer",
  "POST /api/v1/runs/[id]/commands": "operator",
  "GET /api/v1/silences": "viewer",
  "POST /api/v1/silences": "operator",
  "POST /api/v1/silences/[id]/end": "operator",
  "GET /api/v1/stream": "viewer",
  "GET /api/v1/walls": "admin",
  "POST /api/v1/walls": "admin",
  "POST /api/v1/walls/[id]/arm": "admin",
  "POST /api/v1/walls/[id]/revoke": "admin",
  "POST /api/walls/enter": "anyone",
} as const satisfies Readonly<Record<`${Method} /api/${string}`, UserRole | "anyone">>;

/** Routes that the configuration may open to anyone; their handlers must do without an actor. */
export const OPENED = {
  "GET /api/metrics": ({ metrics }) => metrics.access === "anyone",
} as const satisfies Partial<Record<RouteKey, (config: Config) => boolean>>;

/** All that the cookie of a wall opens. A `[scope]` in the path is checked by `route(…)`; what answers for several looks itself. */
export const WALL_ROUTES = [
  "GET /api/v1/clusters",
  "GET /api/v1/clusters/[scope]",
  "GET /api/v1/clusters/[scope]/events",
  "GET /api/v1/stream",
] as const satisfies readonly RouteKey[];

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type RouteKey = keyof typeof ROUTES;
export type WallRoute = (typeof WALL_ROUTES)[number];
export const isWallRoute = (key: RouteKey): key is WallRoute => WALL_ROUTES.some((one) => one === key);
