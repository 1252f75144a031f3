import type { Instant, MemberName } from "../ids";

/** What a person may ask for. Each kind has one file of checks in `preflight/`, one verb in `lib/actions/verbs/`, one rule in `verify/`. */

export const ACTION_KINDS = [
  "switchover",
  "switchover-cancel",
  "failover",
  "reinitialize",
  "restart",
  "restart-cancel",
  "reload",
  "pause",
  "resume",
  "configuration",
  "backend-cancel",
  "backend-terminate",
  "haproxy-server",
  "pgbouncer-pause",
  "pgbouncer-resume",
  "pgbouncer-reconnect",
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** A JSON merge patch (RFC 7396), as Patroni's `PATCH /config` takes it: null deletes a key. */
export type ConfigurationPatch = Readonly<Record<string, unknown>>;

/** A backend, told apart from a later one of the same number by its start. */
export type BackendId = { readonly pid: number; readonly backendStart: Instant };

/** A member's PgBouncer; `database` null: every database. */
export type ConsoleTarget = { readonly member: MemberName; readonly database: string | null };

export const HAPROXY_SERVER_STATES = ["ready", "drain", "maint"] as const;
export type HaproxyServerState = (typeof HAPROXY_SERVER_STATES)[number];

export type ActionRequest =
  /** `candidate` null: Patroni chooses. `scheduledAt` null: now. */
  | { readonly action: "switchover"; readonly candidate: MemberName | null; readonly scheduledAt: Instant | null }
  | { readonly action: "switchover-cancel" }
  | { readonly action: "failover"; readonly candidate: MemberName }
  /** `fromLeader` needs Patroni 4.1; false: from whichever member Patroni finds best. */
  | { readonly action: "reinitialize"; readonly member: MemberName; readonly fromLeader: boolean }
  /** `member` null: every member, replicas first and the leader last. */
  | {
      readonly action: "restart";
      readonly member: MemberName | null;
      readonly onlyPending: boolean;
      readonly scheduledAt: Instant | null;
    }
  | { readonly action: "restart-cancel"; readonly member: MemberName }
  | { readonly action: "reload"; readonly member: MemberName | null }
  /** `until` null: without an end. `resumeAtEnd`: resume by ourselves then; otherwise only remind. */
  | { readonly action: "pause"; readonly until: Instant | null; readonly resumeAtEnd: boolean }
  | { readonly action: "resume" }
  /** `revision`: the configuration that the person saw, as `ConfigurationView.revision`; null where the DCS is not read itself. */
  | { readonly action: "configuration"; readonly revision: string | null; readonly patch: ConfigurationPatch }
  | ({ readonly action: "backend-cancel"; readonly member: MemberName } & BackendId)
  | ({ readonly action: "backend-terminate"; readonly member: MemberName } & BackendId)
  | {
      readonly action: "haproxy-server";
      /** Configured name of the HAProxy node; null: every node, one after the other. */
      readonly node: string | null;
      readonly pool: string;
      readonly server: string;
      readonly state: HaproxyServerState;
    }
  | ({ readonly action: "pgbouncer-pause" } & ConsoleTarget)
  | ({ readonly action: "pgbouncer-resume" } & ConsoleTarget)
  | ({ readonly action: "pgbouncer-reconnect" } & ConsoleTarget);

export type RequestOf<K extends ActionKind> = Extract<ActionRequest, { readonly action: K }>;

/** Which of the actions move or stop the server that takes writes: what they need of the picture is the most. */
export const LEADERSHIP_ACTIONS: ReadonlySet<ActionKind> = new Set(["switchover", "failover"]);
