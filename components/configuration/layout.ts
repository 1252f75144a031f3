/** The settings that the form offers a field of their own, in the order and the groups in which they are thought about. */
export const GROUPS = [
  {
    id: "failover",
    paths: [
      "ttl",
      "loop_wait",
      "retry_timeout",
      "maximum_lag_on_failover",
      "primary_start_timeout",
      "primary_stop_timeout",
      "check_timeline",
      "failsafe_mode",
      "max_timelines_history",
    ],
  },
  {
    id: "replication",
    paths: [
      "synchronous_mode",
      "synchronous_mode_strict",
      "synchronous_node_count",
      "maximum_lag_on_syncnode",
      "postgresql.use_slots",
      "postgresql.use_pg_rewind",
      "postgresql.remove_data_directory_on_rewind_failure",
      "postgresql.remove_data_directory_on_diverged_timelines",
      "member_slots_ttl",
    ],
  },
] as const;

export const PARAMETERS = "postgresql.parameters";
/** Lists of rules; only their order means something. */
export const RULES = ["postgresql.pg_hba", "postgresql.pg_ident"] as const;
export const SLOTS = "slots";

const FIELDS: ReadonlySet<string> = new Set(GROUPS.flatMap(({ paths }) => paths as readonly string[]));

/** True where the form has a place for it; everything else is told and edited as text. */
export const hasPlace = (path: string): boolean =>
  FIELDS.has(path) ||
  [PARAMETERS, ...RULES, SLOTS].some((section) => path === section || path.startsWith(`${section}.`));
