import { readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { etcdHosts, type HostName, hostAddress, NAMESPACE, NETWORK, PORTS, SCOPE } from "../settings";
import { binDir, type ConfigFile, dataDir, type Launch, type Plan } from "./plan";

export const PATRONI_CONFIG = "/etc/patroni/patroni.yml";

export function patroniLaunch(): Launch {
  return { service: "patroni", user: "postgres", argv: ["patroni", PATRONI_CONFIG] };
}

/** Patroni's own configuration and the script that makes the roles once, right after `initdb`. */
export function patroniFiles(host: HostName, plan: Plan): ConfigFile[] {
  const owned = { owner: "postgres:postgres" };
  return [
    { ...owned, path: PATRONI_CONFIG, mode: "600", text: stringify(patroniConfig(host, plan)) },
    { ...owned, path: "/etc/patroni/post-bootstrap.sql", mode: "600", text: rolesSql(plan) },
    { ...owned, path: "/etc/patroni/post-bootstrap.sh", mode: "700", text: POST_BOOTSTRAP },
  ];
}

/**
 * Patroni gives the script a connection string as its argument. `bootstrap.users` would be shorter, but
 * Patroni 4.0 dropped it. The stanza is made here because the archiver starts with the first WAL file:
 * one failed `archive_command` and PostgreSQL waits up to a minute before it tries again.
 */
const POST_BOOTSTRAP = `#!/bin/sh
set -e
psql "$1" -X -q -v ON_ERROR_STOP=1 -f /etc/patroni/post-bootstrap.sql
pgbackrest --stanza=${SCOPE} --log-level-console=warn stanza-create
`;

/** What an administrator installs so that the dashboard sees backups; for the role `matriarch`, unless told otherwise. */
export const BACKUPS_SQL = path.join(import.meta.dirname, "../../public/sql/pgbackrest-info.sql");
/** The same for the space on disks. */
export const DISK_SQL = path.join(import.meta.dirname, "../../public/sql/disk-space.sql");

/** Replicator and rewind role are Patroni's to make; the rest are the lab's. Passwords are letters and digits. */
export function rolesSql(plan: Plan): string {
  const { matriarch, matriarchBare, bench } = plan.credentials;
  return `CREATE ROLE matriarch LOGIN PASSWORD '${matriarch}' IN ROLE pg_monitor, pg_signal_backend;
CREATE ROLE matriarch_bare LOGIN PASSWORD '${matriarchBare}';
CREATE ROLE bench LOGIN PASSWORD '${bench}';
CREATE DATABASE bench OWNER bench;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
${readFileSync(BACKUPS_SQL, "utf8")}${readFileSync(DISK_SQL, "utf8")}\\connect bench
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
`;
}

function patroniConfig(host: HostName, plan: Plan): unknown {
  const address = hostAddress(host);
  const { credentials, timing } = plan;
  return {
    scope: SCOPE,
    namespace: NAMESPACE,
    name: host,
    restapi: {
      // All addresses: Keepalived's check asks on localhost, HAProxy's on the host's own address.
      listen: `0.0.0.0:${PORTS.patroni}`,
      connect_address: `${address}:${PORTS.patroni}`,
      authentication: { username: "patroni", password: credentials.patroniRest },
    },
    // patronictl has its own section for the REST password.
    ctl: { authentication: { username: "patroni", password: credentials.patroniRest } },
    etcd3: { hosts: etcdHosts(plan.hosts).map((name) => `${hostAddress(name)}:${PORTS.etcdClient}`) },
    bootstrap: {
      dcs: {
        ttl: timing.ttlSeconds,
        loop_wait: timing.loopWaitSeconds,
        retry_timeout: timing.retryTimeoutSeconds,
        maximum_lag_on_failover: 1048576,
        postgresql: { use_pg_rewind: true, use_slots: true, parameters: PARAMETERS },
      },
      initdb: [{ encoding: "UTF8" }, { locale: "C.UTF-8" }, "data-checksums"],
      post_bootstrap: "/etc/patroni/post-bootstrap.sh",
    },
    postgresql: {
      listen: `${address},127.0.0.1:${PORTS.postgres}`,
      connect_address: `${address}:${PORTS.postgres}`,
      data_dir: dataDir(plan),
      bin_dir: binDir(plan),
      pgpass: "/var/lib/postgresql/.pgpass_patroni",
      use_unix_socket: true,
      // Without it the copy waits for the primary's next scheduled checkpoint, minutes away.
      basebackup: [{ checkpoint: "fast" }],
      // A host that diverged in a fault must come back without a hand: faults are what the lab is for.
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
      authentication: {
        superuser: { username: "postgres", password: credentials.postgres },
        replication: { username: "replicator", password: credentials.replicator },
        rewind: { username: "rewind_user", password: credentials.rewind },
      },
      pg_hba: [
        "local all all peer",
        "host all all 127.0.0.1/32 scram-sha-256",
        // `all` does not cover replication. Patroni asks its own postmaster this way before a rewind, and
        // without the line a former leader never comes back.
        "host replication replicator 127.0.0.1/32 scram-sha-256",
        `host replication replicator ${NETWORK.subnet} scram-sha-256`,
        `host all all ${NETWORK.subnet} scram-sha-256`,
      ],
      parameters: { unix_socket_directories: "/var/run/postgresql" },
    },
    tags: { nofailover: false, noloadbalance: false, clonefrom: false, nosync: false },
  };
}

const PARAMETERS = {
  max_connections: 200,
  shared_buffers: "64MB",
  wal_level: "replica",
  wal_log_hints: "on",
  min_wal_size: "128MB",
  max_wal_size: "1GB",
  max_wal_senders: 10,
  max_replication_slots: 10,
  // Room for a replica that was away during a load; with slots only the slot's own WAL is safe.
  wal_keep_size: "256MB",
  hot_standby: "on",
  hot_standby_feedback: "on",
  archive_mode: "on",
  archive_command: `pgbackrest --stanza=${SCOPE} archive-push %p`,
  password_encryption: "scram-sha-256",
  shared_preload_libraries: "pg_stat_statements",
  track_io_timing: "on",
  track_functions: "all",
  logging_collector: "on",
  log_directory: "/var/log/lab",
  log_filename: "postgres.log",
  log_rotation_age: 0,
  log_rotation_size: 0,
  log_min_duration_statement: 1000,
  log_line_prefix: "%m [%p] user=%u,db=%d,app=%a,client=%h ",
  log_checkpoints: "on",
  log_lock_waits: "on",
  log_temp_files: 0,
  timezone: "UTC",
};
