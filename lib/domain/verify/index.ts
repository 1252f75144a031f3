import type { ActionKind } from "../actions/request";
import { backendCancel } from "./backend-cancel";
import { backendTerminate } from "./backend-terminate";
import { configuration } from "./configuration";
import { failover } from "./failover";
import { haproxyServer } from "./haproxy-server";
import { pause } from "./pause";
import { pgbouncerPause, pgbouncerReconnect, pgbouncerResume } from "./pgbouncer";
import { reinitialize } from "./reinitialize";
import { reload } from "./reload";
import { restart } from "./restart";
import { restartCancel } from "./restart-cancel";
import { resume } from "./resume";
import { switchover } from "./switchover";
import { switchoverCancel } from "./switchover-cancel";
import type { Verb } from "./types";

export const VERBS: { readonly [K in ActionKind]: Verb<K> } = {
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

/** The verb of an action. Its methods take operations of that action alone, which an operation's `action` and `request` guarantee. */
export const verbOf = (action: ActionKind): Verb => VERBS[action] as Verb;
