import type { PlanContext } from "../actions/facts";
import type { Check, Fence, Impact } from "../actions/plan";
import type { ActionKind, ActionRequest } from "../actions/request";
import { backendCancel, backendTerminate } from "./backend";
import { configuration } from "./configuration";
import { failover } from "./failover";
import { haproxyServer } from "./haproxy-server";
import { pause } from "./pause";
import { pgbouncerPause, pgbouncerReconnect, pgbouncerResume } from "./pgbouncer";
import type { Preflight } from "./preflight";
import { reinitialize } from "./reinitialize";
import { reload } from "./reload";
import { restart } from "./restart";
import { restartCancel } from "./restart-cancel";
import { resume } from "./resume";
import { switchover } from "./switchover";
import { switchoverCancel } from "./switchover-cancel";

/** What is asked before each action. */
export const PREFLIGHT: { readonly [K in ActionKind]: Preflight<K> } = {
  switchover,
  "switchover-cancel": switchoverCancel,
  failover,
  reinitialize,
  restart,
  "restart-cancel": restartCancel,
  reload,
  pause,
  resume,
  configuration,
  "backend-cancel": backendCancel,
  "backend-terminate": backendTerminate,
  "haproxy-server": haproxyServer,
  "pgbouncer-pause": pgbouncerPause,
  "pgbouncer-resume": pgbouncerResume,
  "pgbouncer-reconnect": pgbouncerReconnect,
};

export type Preflighted = { readonly checks: readonly Check[]; readonly impact: Impact; readonly fence: Fence };

/** All that is known before an action, from one look at the cluster. Pure. */
export function preflight(request: ActionRequest, context: PlanContext): Preflighted {
  // The kind of the request chooses its own file; the compiler cannot follow the two together through a record.
  const kind = PREFLIGHT[request.action] as Preflight;
  return {
    checks: kind.checks(request, context),
    impact: kind.impact(request, context),
    fence: kind.fence(request, context),
  };
}
