import { describe, expect, test } from "vitest";
import { lastAttemptFailed, toPostgresVitals } from "./vitals-map";
import { sizeSql, vitalsSql } from "./vitals-queries";
import { type VitalsAnswer, vitalsAnswer } from "./vitals-schema";

const answer: VitalsAnswer = {
  inRecovery: false,
  postmasterStartTime: "2026-11-21 02:53:30.887180+00:00",
  serverTime: "2026-11-21T03:00:00.000Z",
  mayListArchive: true,
  mayAskDisk: true,
  activity: { active: 2, waiting: 1, idle: 5, idleInTransaction: 1, all: 11, oldestTransactionSeconds: -0.001 },
  longestTransaction: { pid: 7, user: "erp", application: null, seconds: -0.001 },
  longestIdleInTransaction: null,
  lockWaits: null,
  maxConnections: 100,
  reservedConnections: 3,
  databases: {
    resetKey: "/4",
    commits: 1,
    rollbacks: 0,
    blocksHit: 1,
    blocksRead: 0,
    deadlocks: 0,
    conflicts: 0,
    tempBytes: 0,
    checksumFailures: null,
    checksumLastFailureAt: null,
  },
  checkpoints: { timed: 1, requested: 0, resetAt: null },
  archiver: {
    mode: "on",
    configured: true,
    archivedCount: 1,
    lastArchivedWal: "000000010000000000000001",
    lastArchivedAt: "2026-11-21T02:59:00.000Z",
    failedCount: 0,
    lastFailedWal: null,
    lastFailedAt: null,
    resetAt: null,
  },
  transactionIdAge: 10,
  oldestDatabase: "erp",
  multixactAge: 1,
  configuredAt: "2026-11-21 02:53:30+00",
  settings: { wal_level: "replica" },
};
const counted = { files: 2, oldestAgeSeconds: 3, at: "2026-11-21T03:00:00.000Z" } as never;
const measured = { disks: [], at: "2026-11-21T03:00:00.000Z" } as never;
const NOTHING = { backlog: null, disk: null };

test("sessions in no known state are other; the session counts add up", () => {
  expect(toPostgresVitals(answer, NOTHING).connections).toEqual({
    active: 2,
    waiting: 1,
    idle: 5,
    idleInTransaction: 1,
    other: 2,
  });
});

test("without the right to see sessions or to list files there is nothing, not zero", () => {
  const rarely = { backlog: counted, disk: measured };
  const bare = toPostgresVitals({ ...answer, activity: null, mayListArchive: false, mayAskDisk: false }, rarely);
  expect(bare).toMatchObject({
    connections: null,
    oldestTransactionSeconds: null,
    archiver: { backlog: null },
    disk: null,
  });
  expect(toPostgresVitals(answer, rarely)).toMatchObject({ archiver: { backlog: counted }, disk: measured });
});

test("a clock that is read a moment before a transaction's start makes no negative age; a nameless client has an empty name", () => {
  expect(toPostgresVitals(answer, NOTHING).longestTransaction).toEqual({
    pid: 7,
    user: "erp",
    application: "",
    seconds: 0,
  });
});

test.each([
  ["never failed", null, "2026-11-21T02:59:00.000Z", false],
  ["failed after its last success", "2026-11-21T02:59:01.000Z", "2026-11-21T02:59:00.000Z", true],
  ["succeeded after its last failure", "2026-11-21T02:58:00.000Z", "2026-11-21T02:59:00.000Z", false],
  ["never succeeded", "2026-11-21T02:58:00.000Z", null, true],
])("an archiver that %s", (_what, lastFailedAt, lastArchivedAt, failed) => {
  expect(lastAttemptFailed({ ...answer.archiver, lastFailedAt, lastArchivedAt })).toBe(failed);
});

test("an archive_mode of the future is refused rather than read as off", () => {
  expect(vitalsAnswer.safeParse({ ...answer, archiver: { ...answer.archiver, mode: "sometimes" } }).success).toBe(
    false,
  );
});

describe("columns by the server's version", () => {
  test.each([140_000, 160_004])("%i: checkpoints are the background writer's", (version) => {
    expect(vitalsSql(version)).toContain("pg_stat_bgwriter");
    expect(vitalsSql(version)).not.toContain("pg_stat_checkpointer");
  });
  test.each([170_000, 180_001])("%i: checkpoints are the checkpointer's", (version) => {
    expect(vitalsSql(version)).toContain("pg_stat_checkpointer");
    expect(vitalsSql(version)).not.toContain("pg_stat_bgwriter");
  });
  test("what an archive command says is never asked for, only whether there is one", () => {
    expect(vitalsSql(170_000).match(/current_setting\('archive_command'\)[^\n]*/g)).toEqual([
      "current_setting('archive_command') NOT IN ('', '(disabled)')",
    ]);
  });
  test("only a number gets into the size statement", () => {
    expect(() => sizeSql("1; DROP TABLE x", 1_000)).toThrow();
  });
});
