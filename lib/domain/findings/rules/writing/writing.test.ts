import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { type Lsn, memberName } from "../../../ids";
import { buildSnapshot } from "../../../snapshot/build";
import {
  cutHost,
  failing,
  failingDcs,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
} from "../../../testing/builders";
import { bareText } from "../../../testing/samples";
import { before, lines, says } from "../../../testing/writing";
import type { FindingRule } from "../../rule";
import { expiredKeyWritable } from "./expired-key-writable";
import { failsafeActive } from "./failsafe-active";
import { keyAndRecoveryDisagree } from "./key-and-recovery-disagree";
import { memberMissing } from "./member-missing";
import { noCandidate } from "./no-candidate";
import { noLeader } from "./no-leader";
import { noSyncStandby } from "./no-sync-standby";
import { replicaAhead } from "./replica-ahead";
import { rewindNeeded } from "./rewind-needed";
import { timelineDiffers } from "./timeline-differs";
import { twoWritable } from "./two-writable";
import { witnessDisagrees } from "./witness-disagrees";
import { writePath } from "./write-path";

const lsn = (text: string) => text as Lsn;
const keyless = (at = NOW) => keyTo(healthyState({ now: at }), null, "9", at);
const inRecovery = (state: ClusterState, name: string) =>
  patchPatroni(patchPostgres(state, name, { inRecovery: true }, NOW, 0), name, { role: "replica" });
const open = (state: ClusterState, name: string) =>
  patchPatroni(patchPostgres(state, name, { inRecovery: false }, NOW, 0), name, { role: "primary" });
const config = (over: Record<string, unknown>, state = healthyState()) =>
  patchDcs(state, { config: { ...state.dcs.good?.value.config, ...over } });
const standby = (state = healthyState()) =>
  patchDcs(inRecovery(state, "node1"), {
    config: { standby_cluster: { host: "10.9.0.1" } },
    members: (state.dcs.good?.value.members ?? []).map((one) =>
      one.name === "node1" ? { ...one, role: "standby-leader" as const } : one,
    ),
  });
const tagged = (names: readonly string[], over: object, state = healthyState()) =>
  patchDcs(state, {
    members: (state.dcs.good?.value.members ?? []).map((one) =>
      names.includes(one.name) ? { ...one, tags: { ...one.tags, ...over } } : one,
    ),
  });
const without = (names: readonly string[], state = healthyState()) =>
  patchDcs(state, { members: (state.dcs.good?.value.members ?? []).filter(({ name }) => !names.includes(name)) });
const behind = (names: readonly string[], bytes: number) =>
  patchPostgres(healthyState(), "node1", {
    senders: (healthyState().postgres.node1?.good?.value.senders ?? []).map((one) =>
      names.includes(one.applicationName) ? { ...one, flushLagBytes: bytes, replayLagBytes: bytes } : one,
    ),
  });
/** A switchover from node1 to node2 that was asked for and is not over. */
const handing = (state = healthyState()) => {
  const failover = { leader: memberName("node1"), candidate: memberName("node2"), scheduledAt: null, modRevision: "8" };
  return patchDcs(state, { failover });
};
/** node2 took the lead at 3/41000000 of timeline 7, and node1 is back on its old one. */
const returned = (own: string) => {
  const led = keyTo(open(inRecovery(healthyState(), "node1"), "node2"), "node2", "900");
  const follows = ["node2", "node3"].reduce(
    (state, name) => patchPatroni(patchPostgres(state, name, { timeline: 8 }), name, { timeline: 8 }),
    led,
  );
  const old = { timeline: 7, receivedLsn: lsn(own), lsn: lsn(own), replayedLsn: lsn(own) };
  const entry = { timeline: 7, lsn: lsn("3/41000000"), reason: "no recovery target specified", at: null };
  const history = [{ ...entry, newLeader: memberName("node2") }];
  return patchDcs(patchPostgres(follows, "node1", old), { history });
};

type Case = readonly [string, FindingRule, () => ClusterState, readonly string[]];

const CASES: readonly Case[] = [
  ["the key is gone", noLeader, keyless, ["critical cluster"]],
  ["the key is gone while paused", noLeader, () => patchDcs(keyless(), { pause: true }), ["critical cluster"]],
  ["the DCS is out of sight: the key is not known to be gone", noLeader, () => failingDcs(keyless(), "refused"), []],

  ["two members accept writes under one key", twoWritable, () => open(healthyState(), "node3"), ["critical cluster"]],
  [
    "one of two answers is too old",
    twoWritable,
    () => failing(open(healthyState(), "node3"), "postgres", "node3", "refused"),
    [],
  ],

  [
    "the holder is in recovery",
    keyAndRecoveryDisagree,
    () => inRecovery(healthyState(), "node1"),
    ["critical node1/holder"],
  ],
  [
    "the holder is in recovery: a handover is on",
    keyAndRecoveryDisagree,
    () => handing(inRecovery(healthyState(), "node1")),
    [],
  ],
  ["a standby cluster's leader is in recovery by design", keyAndRecoveryDisagree, standby, []],
  [
    "another is open beside the holder",
    keyAndRecoveryDisagree,
    () => open(healthyState(), "node3"),
    ["critical node3/open"],
  ],
  [
    "another is open, and the holder is not",
    keyAndRecoveryDisagree,
    () => open(inRecovery(healthyState(), "node1"), "node3"),
    ["critical node1/holder", "critical node3/open"],
  ],
  [
    "the holder stopped: it is not in recovery",
    keyAndRecoveryDisagree,
    () => patchPatroni(failing(healthyState(), "postgres", "node1", "refused"), "node1", { state: "stopped" }),
    [],
  ],
  ["the other's answer is too old", keyAndRecoveryDisagree, () => cutHost(open(healthyState(), "node3"), "node3"), []],

  ["every server is closed when the key is gone", expiredKeyWritable, () => inRecovery(keyless(), "node1"), []],

  [
    "a replica has WAL that the leader, asked later, has not",
    replicaAhead,
    () =>
      patchPostgres(
        patchPostgres(healthyState(), "node2", { receivedLsn: lsn("9/0") }, NOW - 500),
        "node1",
        { lsn: lsn("3/45000000") },
        NOW,
        5,
      ),
    ["critical node2"],
  ],
  [
    "a replica was asked after the leader",
    replicaAhead,
    () =>
      patchPostgres(
        patchPostgres(healthyState(), "node2", { receivedLsn: lsn("9/0") }, NOW),
        "node1",
        {},
        NOW - 500,
        5,
      ),
    [],
  ],
  [
    "a replica on another timeline is another matter",
    replicaAhead,
    () =>
      patchPostgres(
        patchPostgres(healthyState(), "node2", { receivedLsn: lsn("9/0"), timeline: 6 }, NOW - 500),
        "node1",
        {},
        NOW,
        5,
      ),
    [],
  ],

  ["a former leader has WAL from beyond the fork", rewindNeeded, () => returned("3/41000100"), ["warn node1"]],
  ["a former leader stopped short of the fork", rewindNeeded, () => returned("3/40FFFFFF"), []],
  ["the fork is not in the history", rewindNeeded, () => patchDcs(returned("3/41000100"), { history: [] }), []],
  [
    "its positions are too old",
    rewindNeeded,
    () => failing(failing(returned("3/41000100"), "postgres", "node1", "refused"), "patroni", "node1", "refused"),
    [],
  ],

  [
    "failsafe mode is active",
    failsafeActive,
    () => patchPatroni(healthyState(), "node1", { failsafeActive: true }),
    ["warn cluster"],
  ],
  [
    "failsafe mode was active",
    failsafeActive,
    () => failing(patchPatroni(healthyState(), "node1", { failsafeActive: true }), "patroni", "node1", "refused"),
    [],
  ],

  [
    "every replica is barred by its tags",
    noCandidate,
    () => tagged(["node2", "node3"], { nofailover: true }),
    ["warn cluster"],
  ],
  ["one replica is barred by its tags", noCandidate, () => tagged(["node2"], { nofailover: true }), []],
  ["every replica lags too far", noCandidate, () => behind(["node2", "node3"], 9_000_000), ["warn cluster"]],
  [
    "every replica lags, and that much is allowed",
    noCandidate,
    () => config({ maximum_lag_on_failover: 90_000_000 }, behind(["node2", "node3"], 9_000_000)),
    [],
  ],
  ["the others are gone from the DCS", noCandidate, () => without(["node2", "node3"]), ["warn cluster"]],
  [
    "a replica is out of sight: it may be fit",
    noCandidate,
    () => cutHost(tagged(["node2"], { nofailover: true }), "node3"),
    [],
  ],
  ["one member has nobody beside it", noCandidate, () => healthyState({ names: ["node1"] }), ["info cluster"]],
  [
    "no leader, and nobody may become one",
    noCandidate,
    () => tagged(["node1", "node2", "node3"], { nofailover: true }, keyless()),
    ["warn cluster"],
  ],
  ["synchronous, and none is named", noCandidate, () => config({ synchronous_mode: true }), ["warn cluster"]],
  [
    "paused: nobody takes over by itself, which is told elsewhere",
    noCandidate,
    () => patchDcs(tagged(["node2", "node3"], { nofailover: true }), { pause: true }),
    [],
  ],
  ["a standby cluster", noCandidate, () => tagged(["node2", "node3"], { nofailover: true }, standby()), []],

  [
    "synchronous without a synchronous standby",
    noSyncStandby,
    () => config({ synchronous_mode: true }),
    ["warn cluster"],
  ],
  [
    "strictly so: commits wait",
    noSyncStandby,
    () => config({ synchronous_mode: "on", synchronous_mode_strict: true }),
    ["critical cluster"],
  ],
  [
    "synchronous with one",
    noSyncStandby,
    () => patchDcs(config({ synchronous_mode: true }), { sync: { leader: memberName("node1"), standbys: ["node2"] } }),
    [],
  ],

  ["a key is gone that was there", memberMissing, () => without(["node3"]), ["warn node3"]],
  [
    "the DCS is out of sight: no key is known to be gone",
    memberMissing,
    () => failingDcs(without(["node3"]), "refused"),
    [],
  ],

  [
    "a replica stayed on another timeline",
    timelineDiffers,
    () => patchPostgres(healthyState(), "node2", { timeline: 6 }),
    ["warn node2"],
  ],

  [
    "the verdict is not well",
    writePath,
    () => inRecovery(healthyState(), "node1"),
    ["critical cluster/leader-not-writable"],
  ],
  [
    "a layer points elsewhere",
    witnessDisagrees,
    () => inRecovery(healthyState(), "node1"),
    ["warn postgres/postgres", "warn patroni/patroni"],
  ],
];

describe("who writes", () => {
  it.each(CASES.map(([what, ...rest]) => [rest[0].id, what, ...rest] as const))(
    "%s: %s",
    (_, __, rule, state, want) => {
      expect(lines(says(rule, state()))).toEqual(want);
    },
  );

  it("a server that stays open after the key is gone is called out, while paused too", () => {
    const gone = keyless(NOW - 60_000);
    const later = patchDcs(keyless(), {});
    for (const state of [later, patchDcs(later, { pause: true })])
      expect(lines(says(expiredKeyWritable, state, { previous: before(gone) }))).toEqual(["critical node1"]);
  });

  it("an open server that was asked before the key went is no leftover", () => {
    expect(says(expiredKeyWritable, keyless())).toEqual([]);
  });
});

describe("every rule of who writes", () => {
  const RULES = [...new Set(CASES.map(([, rule]) => rule))];
  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s: nothing in health, whatever the size", (_, rule) => {
    for (const names of [
      ["a", "b"],
      ["a", "b", "c"],
      ["a", "b", "c", "d", "e", "f", "g"],
    ])
      expect(
        says(rule, healthyState({ names }), { previous: before(healthyState({ names, now: NOW - 60_000 })) }),
      ).toEqual([]);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s: nothing of what is older than its limit", (_, rule) => {
    for (const [, of, state] of CASES)
      if (of === rule)
        expect(says(rule, state(), { now: NOW + 120_000 })).toEqual(
          rule === writePath ? [expect.objectContaining({ severity: "unknown" })] : [],
        );
  });
});

describe("holding back", () => {
  it.each<readonly [string, () => ClusterState, number]>([
    ["what should pass with the next looks", () => inRecovery(healthyState(), "node1"), 5_000],
    ["what a change of leader brings", () => keyTo(inRecovery(healthyState(), "node1"), "node2", "900"), 15_000],
    ["a handover that was asked for", handing, 15_000],
    ["a split, not at all", () => open(healthyState(), "node3"), 0],
  ])("the verdict: %s", (_, state, want) => {
    expect(says(writePath, state()).map(({ holdMs }) => holdMs)).toEqual([want]);
  });
});

describe("folding", () => {
  const later = (state: ClusterState, at: number, previous = before()) =>
    buildSnapshot(state, { ...previous, version: 1 }, at, bareText);
  it("a split has the verdict, its witnesses and what else says so beneath it", () => {
    const { findings } = later(open(healthyState(), "node3"), NOW);
    const top = findings.filter(({ under, group }) => under === null && group === "writing");
    expect(top.map(({ id }) => id)).toEqual(["two-writable"]);
    expect(findings.find(({ id }) => id === "write-path/split-brain")?.under).toBe("two-writable");
  });
  it("no leader has the verdict beneath it, and a switchover's moment without one is not told", () => {
    const first = later(inRecovery(keyless(), "node1"), NOW);
    expect(first.findings.map(({ rule }) => rule)).not.toContain("no-leader");
    const then = inRecovery(keyless(NOW + 16_000), "node1");
    const closed = patchPatroni(
      patchPostgres(then, "node1", { inRecovery: true }, NOW + 16_000),
      "node1",
      { role: "replica" },
      NOW + 16_000,
    );
    const second = later(closed, NOW + 16_000, { ...first, version: 1 });
    expect(second.findings.find(({ rule }) => rule === "no-leader")?.severity).toBe("critical");
    expect(second.findings.find(({ rule }) => rule === "write-path")?.under).toBe("no-leader");
  });
});
