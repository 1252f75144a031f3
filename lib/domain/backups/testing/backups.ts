import type { Instant, Lsn } from "../../ids";
import type { ArchiveRange, BackupRecord, StanzaFacts } from "../facts";

/** Plausible backups for tests; everything that matters can be overridden. */

export const day = (number: number, hour = 1): Instant =>
  new Date(Date.UTC(2026, 10, number, hour)).toISOString() as Instant;

/** `20261114F`, and `20261114F_20261115D` for those that stand on a full one. */
export function backup(label: string, stoppedAt: Instant | null, over: Partial<BackupRecord> = {}): BackupRecord {
  const [base, rest] = label.split("_");
  return {
    label,
    type: rest === undefined ? "full" : rest.endsWith("D") ? "diff" : "incr",
    state: "done",
    startedAt: stoppedAt && (new Date(Date.parse(stoppedAt) - 600_000).toISOString() as Instant),
    stoppedAt,
    durationMs: 600_000,
    databaseBytes: 40_000_000_000,
    deltaBytes: rest === undefined ? 40_000_000_000 : 900_000_000,
    repoBytes: 11_000_000_000,
    repoDeltaBytes: 300_000_000,
    lsnStart: "3/10000028" as Lsn,
    lsnStop: "3/10000138" as Lsn,
    walStart: "000000070000000300000010",
    walStop: "000000070000000300000010",
    error: false,
    dependsOn: rest === undefined || base === undefined ? [] : [base],
    annotation: {},
    repo: "1",
    retention: null,
    systemId: "7434821190352231442",
    postgresVersion: "17",
    ...over,
  };
}

export const ARCHIVE: ArchiveRange = {
  repo: "1",
  current: true,
  min: "000000070000000300000001",
  max: "000000070000000300000040",
};

export function stanza(backups: readonly BackupRecord[], over: Partial<StanzaFacts> = {}): StanzaFacts {
  return {
    name: "main",
    status: { kind: "ok", message: "ok" },
    repos: [{ key: "1", ok: true, code: 0, message: "ok" }],
    systemId: "7434821190352231442",
    postgresVersion: "17",
    archives: [ARCHIVE],
    backups,
    running: { held: false, totalBytes: null, doneBytes: null },
    ...over,
  };
}
