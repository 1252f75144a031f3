import type { Level } from "@/components/status/level";
import type { PoolServerStatus } from "@/lib/domain/facts";

/** HAProxy's server statuses. A server that is down in the write pool is normal for a replica, so `down` alone is quiet. */
const LEVEL: Readonly<Record<PoolServerStatus, Level>> = {
  up: "ok",
  "no-check": "warn",
  "going-down": "warn",
  "going-up": "warn",
  drain: "warn",
  maint: "warn",
  nolb: "warn",
  down: "info",
  unknown: "blind",
};

export const serverLevel = (status: PoolServerStatus): Level => LEVEL[status];

/** True for the statuses in which HAProxy sends new sessions to a server. */
export const receives = (status: PoolServerStatus): boolean =>
  status === "up" || status === "no-check" || status === "going-down";
