import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import type { Instant } from "../../../ids";
import { NOW, patchPostgres } from "../../../testing/builders";
import { postgresVitals } from "../../../testing/vitals";
import type { DiskSpace } from "../../../vitals/facts";
import { deriveFindings } from "../../derive";
import type { FindingRule } from "../../rule";
import { blinded, find, readings, says, vitals } from "../../testing/server";
import { inputOf } from "../../testing/staleness";
import { archiving } from "./archiving";
import { checksumFailures } from "./checksum-failures";
import { diskFull } from "./disk-full";
import { wraparound } from "./wraparound";

const BASE = postgresVitals(0, true);
const AT = "2026-11-21T02:59:50.000Z" as Instant;
const GIB = 1_073_741_824;

const damaged = (count: number | null) =>
  vitals({ databases: { ...BASE.databases, checksumFailures: count, checksumLastFailureAt: count ? AT : null } });
const space = (used: number, over: Partial<DiskSpace> = {}): DiskSpace => ({
  holds: ["data", "wal"],
  mount: "/var/lib/postgresql",
  totalBytes: 105 * GIB,
  usedBytes: used * GIB,
  freeBytes: (100 - used) * GIB,
  ...over,
});
const disks = (...all: readonly DiskSpace[]) => vitals({ disk: { disks: all, at: AT } });
const failingArchiver = (name = "node1") =>
  vitals({ archiver: { ...BASE.archiver, lastFailedAt: AT, lastFailedWal: "00000007000000030000005A" } }, name);

const CASES: readonly (readonly [what: string, rule: FindingRule, state: ClusterState, says: readonly string[]])[] = [
  ["ids far from their end", wraparound, vitals({ transactionIdAge: 999_999_999 }), []],
  ["ids near it", wraparound, vitals({ transactionIdAge: 1_000_000_000 }), ["warn node1/transactions"]],
  ["ids at it", wraparound, vitals({ transactionIdAge: 1_700_000_000 }), ["critical node1/transactions"]],
  ["multixacts too", wraparound, vitals({ multixactAge: 1_200_000_000 }), ["warn node1/multixacts"]],
  ["a replica's age is its primary's", wraparound, vitals({ transactionIdAge: 1_700_000_000 }, "node2"), []],
  [
    "of a standby cluster its leader speaks",
    wraparound,
    vitals({ transactionIdAge: 1_700_000_000, inRecovery: true }),
    ["critical node1/transactions"],
  ],
  ["no page is damaged", checksumFailures, damaged(0), []],
  ["pages have no checksums", checksumFailures, damaged(null), []],
  ["one page is damaged", checksumFailures, damaged(1), ["critical node1"]],
  ["a disk of which nothing is known", diskFull, vitals({ disk: null }), []],
  ["a disk 84 % full", diskFull, disks(space(84)), []],
  ["one 85 % full, of what is not root's", diskFull, disks(space(85)), ["warn node1//var/lib/postgresql"]],
  ["one that nobody but root can write to", diskFull, disks(space(100)), ["critical node1//var/lib/postgresql"]],
  [
    "each disk for itself",
    diskFull,
    disks(space(10), space(96, { mount: "/wal", holds: ["wal"] }), space(90, { mount: "/ts", holds: ["tablespace"] })),
    ["critical node1//wal", "warn node1//ts"],
  ],
  ["the leader's archiver fails", archiving, failingArchiver(), ["warn node1/failing"]],
  ["a replica's archiver has no say", archiving, failingArchiver("node2"), []],
];

describe("what servers store", () => {
  test.each(CASES)("%s", (_what, rule, state, expected) => {
    expect(says(rule, state)).toEqual(expected);
  });

  const found = CASES.filter(([, , , expected]) => expected.length > 0);
  test.each(found)("%s: nothing once the facts are stale or missing", (_what, rule, state) => {
    for (const blind of blinded(state)) expect(says(rule, blind)).toEqual([]);
  });
  test.each(found)("%s: reads well", (_what, rule, state) => {
    for (const draft of find(rule, state)) for (const text of readings(rule, draft)) expect(text).not.toMatch(/[{}]/);
  });

  test("archiving that fails on a full disk is beneath the disk", () => {
    const full = vitals({ disk: { disks: [space(97)], at: AT } }, "node1", failingArchiver());
    const { findings } = deriveFindings(inputOf(full, null, NOW), null, [diskFull, archiving]);
    expect(findings.map((one) => `${one.rule} under ${one.under}`)).toEqual([
      "disk-full under null",
      "archiving under disk-full:node1//var/lib/postgresql",
    ]);
  });

  test("two servers that take writes each have an age", () => {
    const both = vitals({ transactionIdAge: 1_700_000_000 });
    const split = vitals({ transactionIdAge: 1_100_000_000, inRecovery: false }, "node2", both);
    expect(says(wraparound, patchPostgres(split, "node2", { inRecovery: false }))).toEqual([
      "critical node1/transactions",
      "warn node2/transactions",
    ]);
  });
});
