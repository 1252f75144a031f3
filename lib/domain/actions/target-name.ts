import type { ActionRequest } from "./request";

/** What a request is aimed at, as a name; null for the whole cluster, or where Patroni chooses. */
export function targetName(request: ActionRequest): string | null {
  switch (request.action) {
    case "switchover":
    case "failover":
      return request.candidate;
    case "reinitialize":
    case "restart":
    case "restart-cancel":
    case "reload":
    case "pgbouncer-pause":
    case "pgbouncer-resume":
    case "pgbouncer-reconnect":
      return request.member;
    case "backend-cancel":
    case "backend-terminate":
      return `${request.member}/${request.pid}`;
    case "haproxy-server":
      return `${request.pool}/${request.server}`;
    case "switchover-cancel":
    case "pause":
    case "resume":
    case "configuration":
      return null;
  }
}
