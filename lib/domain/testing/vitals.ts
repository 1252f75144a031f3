import type { Instant } from "../ids";
import type { PostgresVitals } from "../vitals/facts";
import { startedAt } from "./facts";

const SETTINGS = {
  max_connections: "500",
  max_worker_processes: "8",
  max_wal_senders: "10",
  max_prepared_transactions: "0",
  max_locks_per_transaction: "64",
  max_replication_slots: "10",
  wal_level: "replica",
  wal_log_hints: "on",
  track_commit_timestamp: "off",
  shared_buffers: "16GB",
  archive_mode: "on",
  data_checksums: "on",
  shared_preload_libraries: "pg_stat_statements",
};

/** A busy primary or a standby by its place in the list, whose archiver is well. */
export function postgresVitals(index: number, leads: boolean, over: Partial<PostgresVitals> = {}): PostgresVitals {
  return {
    inRecovery: !leads,
    postmasterStartTime: startedAt(index),
    serverTime: "2026-11-21T03:00:00.000Z" as Instant,
    connections: leads
      ? { active: 9, waiting: 0, idle: 168, idleInTransaction: 7, other: 0 }
      : { active: 1, waiting: 0, idle: 11 + index, idleInTransaction: 0, other: 0 },
    maxConnections: 500,
    reservedConnections: 3,
    oldestTransactionSeconds: leads ? 2.4 : null,
    longestTransaction: leads ? { pid: 7311, user: "erp", application: "1CV83 Server", seconds: 2.4 } : null,
    longestIdleInTransaction: leads ? { pid: 7320, user: "erp", application: "1CV83 Server", seconds: 0.2 } : null,
    lockWaits: null,
    databases: {
      resetKey: "2026-11-18 04:11:02.1+00/5",
      commits: 81_224_310,
      rollbacks: 10_244,
      blocksHit: 9_410_332_871,
      blocksRead: 88_214_006,
      deadlocks: 3,
      conflicts: 0,
      tempBytes: 18_220_113_920,
      checksumFailures: 0,
      checksumLastFailureAt: null,
    },
    checkpoints: { timed: 840, requested: 31, resetAt: "2026-11-18 04:11:02.1+00" },
    archiver: {
      mode: "on",
      configured: true,
      archivedCount: leads ? 18_402 : 0,
      lastArchivedWal: leads ? "000000070000000300000059" : null,
      lastArchivedAt: leads ? ("2026-11-21T02:59:40.118Z" as Instant) : null,
      failedCount: 0,
      lastFailedWal: null,
      lastFailedAt: null,
      resetAt: "2026-11-18 04:11:02.1+00",
      backlog: { files: 0, oldestAgeSeconds: null, at: "2026-11-21T02:59:50.000Z" as Instant },
    },
    transactionIdAge: 61_220_481,
    oldestDatabase: "erp",
    multixactAge: 41_221,
    configuredAt: "2026-11-18 04:11:02.1+00",
    settings: SETTINGS,
    disk: null,
    ...over,
  };
}
