import type { RouteKey } from "@/lib/auth/routes";
import type { Operation } from "@/lib/contract/openapi";

/** What is said of the routes of walls. */
export const WALLS = {
  "GET /api/v1/walls": {
    summary: "Displays that sign in by a link, the newest first; no secret of theirs",
    answer: "Walls",
    problems: [503],
  },
  "POST /api/v1/walls": {
    summary: "Makes a wall; its link is told once and can be opened once, within a day",
    answer: "WallLink",
    problems: [400, 404, 413, 415, 503],
  },
  "POST /api/v1/walls/[id]/arm": {
    summary: "A new link for a wall, for another browser to become it; the link before it is dead",
    answer: "WallLink",
    problems: [404, 409, 503],
  },
  "POST /api/v1/walls/[id]/revoke": {
    summary: "Signs a wall out for good, within a heartbeat",
    answer: "Wall",
    problems: [404, 409, 503],
  },
  "POST /api/walls/enter": {
    summary: "Exchanges the token of a wall's link for the wall's cookie; from a page of ours only",
    answer: "EnteredWall",
    problems: [400, 404, 409, 410, 413, 415, 503],
  },
} as const satisfies Partial<Record<RouteKey, Operation>>;
