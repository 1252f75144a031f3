/** What Patroni's dynamic configuration knows, from its documentation (`dynamic_configuration.rst`, 3.0 to 4.1). */
export type Key = {
  readonly kind: "int" | "bool" | "word" | "lines" | "list" | "section" | "any";
  readonly unit?: "s" | "bytes";
  readonly min?: number;
  readonly words?: readonly string[];
  /** What holds where it is not set. */
  readonly standard?: string | number | boolean;
  /** Patroni's own, unless it is handed on to PostgreSQL at a reload. */
  readonly effect?: "reload";
};

const SECONDS = { kind: "int", unit: "s" } as const;
const OFF = { kind: "bool", standard: false } as const;
const LINES = { kind: "lines", effect: "reload" } as const;
const FREE = { kind: "any" } as const;

export const KEYS: Readonly<Record<string, Key>> = {
  ttl: { ...SECONDS, min: 20, standard: 30 },
  loop_wait: { ...SECONDS, min: 1, standard: 10 },
  retry_timeout: { ...SECONDS, min: 3, standard: 10 },
  primary_race_backoff: { ...SECONDS, min: 0, standard: 0 },
  maximum_lag_on_failover: { kind: "int", unit: "bytes", min: 0, standard: 1_048_576 },
  maximum_lag_on_syncnode: { kind: "int", unit: "bytes", min: -1, standard: -1 },
  max_timelines_history: { kind: "int", min: 0, standard: 0 },
  primary_start_timeout: { ...SECONDS, min: 0, standard: 300 },
  primary_stop_timeout: { ...SECONDS, min: 0, standard: 0 },
  master_start_timeout: { ...SECONDS, min: 0 },
  master_stop_timeout: { ...SECONDS, min: 0 },
  synchronous_mode: { kind: "word", words: ["off", "on", "quorum"], standard: "off" },
  synchronous_mode_strict: OFF,
  synchronous_node_count: { kind: "int", min: 1, standard: 1 },
  failsafe_mode: OFF,
  check_timeline: OFF,
  member_slots_ttl: { ...SECONDS, min: 0, standard: "30min" },
  pause: { kind: "bool" },
  slots: { kind: "section" },
  ignore_slots: { kind: "list" },
  standby_cluster: { kind: "section" },
  postgresql: { kind: "section" },
  "postgresql.parameters": { kind: "section" },
  "postgresql.recovery_conf": { kind: "section" },
  "postgresql.use_pg_rewind": OFF,
  "postgresql.use_slots": { kind: "bool", standard: true },
  "postgresql.remove_data_directory_on_rewind_failure": OFF,
  "postgresql.remove_data_directory_on_diverged_timelines": OFF,
  "postgresql.use_unix_socket": OFF,
  "postgresql.use_unix_socket_repl": OFF,
  "postgresql.pg_ctl_timeout": { ...SECONDS, min: 1, standard: 60 },
  "postgresql.pg_hba": LINES,
  "postgresql.pg_ident": LINES,
  "postgresql.create_replica_methods": { kind: "list" },
  "postgresql.basebackup": FREE,
  "postgresql.callbacks": { kind: "section" },
  "postgresql.rewind": FREE,
  "postgresql.custom_conf": FREE,
  "postgresql.pre_promote": FREE,
  "postgresql.before_stop": FREE,
  "postgresql.bin_name": { kind: "section" },
  "postgresql.bin_dir": FREE,
};

/** Below these, keys are the person's own: names of slots, of methods, settings of another cluster. */
export const OPEN_SECTIONS: readonly string[] = [
  "slots",
  "standby_cluster",
  "postgresql.recovery_conf",
  "postgresql.callbacks",
  "postgresql.basebackup",
  "postgresql.rewind",
  "postgresql.bin_name",
];

/** A member's own file alone decides on these; in the dynamic configuration Patroni passes over them without a word. */
export const LOCAL_KEYS: ReadonlySet<string> = new Set([
  "name",
  "scope",
  "namespace",
  "restapi",
  "ctl",
  "watchdog",
  "tags",
  "etcd",
  "etcd3",
  "consul",
  "zookeeper",
  "exhibitor",
  "kubernetes",
  "raft",
  "bootstrap",
  "log",
  "postgresql.connect_address",
  "postgresql.proxy_address",
  "postgresql.listen",
  "postgresql.config_dir",
  "postgresql.data_dir",
  "postgresql.pgpass",
  "postgresql.authentication",
]);

/** Parameters that Patroni sets itself, and takes from nowhere else. */
export const MANAGED_PARAMETERS: ReadonlySet<string> = new Set([
  "listen_addresses",
  "port",
  "cluster_name",
  "primary_conninfo",
  "primary_slot_name",
  "data_directory",
  "config_file",
]);

/** The least that Patroni takes for parameters that a promotion depends on; below it keeps its own standard, without a word. */
export const PATRONI_LEAST: Readonly<Record<string, number>> = {
  max_connections: 25,
  max_wal_senders: 3,
  wal_keep_size: 16,
  max_locks_per_transaction: 32,
  max_replication_slots: 4,
  max_worker_processes: 2,
};

/** A standby must not have less of these than the primary had when it wrote the WAL that is replayed: else it stops. */
export const ORDERED_PARAMETERS: readonly string[] = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
];
