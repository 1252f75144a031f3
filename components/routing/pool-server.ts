import type { Level } from "@/components/status/level";
import type { PoolServer, PoolServerStatus } from "@/lib/domain/facts";

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

const CHIPS_MAX = 4;

/**
 * Which servers of a pool are named: all of a small pool; of a large one those that are in a peculiar state, and those that
 * receive sessions where they are few. The rest are counted.
 */
export function namedServers(servers: readonly PoolServer[]): readonly PoolServer[] {
  if (servers.length <= CHIPS_MAX) return servers;
  const receiving = servers.filter(({ status }) => receives(status));
  return servers.filter((server) =>
    server.status === "up" ? receiving.length <= 2 : server.status !== "down" || receiving.length === servers.length,
  );
}

/** True for the statuses in which HAProxy sends new sessions to a server. */
export const receives = (status: PoolServerStatus): boolean =>
  status === "up" || status === "no-check" || status === "going-down";
