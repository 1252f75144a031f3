import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import type { WalSender } from "../../../facts";
import type { Lsn } from "../../../ids";
import { cutHost, keyTo, NOW, patchDcs, patchPatroni, patchPostgres } from "../../../testing/builders";
import { dcsMember, LEADER_LSN } from "../../../testing/facts";
import { aged } from "../../../testing/judge";
import { behind, cascade, fromRemote, GIB, healthy, MIB, says, standbyCluster, track } from "../../testing/replication";
import { inputOf } from "../../testing/staleness";
import type { TrackPoint, Watch } from "../../watch/types";
import { REPLICATION_RULES } from ".";
import { lagBytes } from "./lag-bytes";
import { lagGrowing } from "./lag-growing";
import { lagSeconds } from "./lag-seconds";
import { replayPaused } from "./replay-paused";

describe.each(REPLICATION_RULES.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test.each<[string, ClusterState]>([
    ["three members", healthy()],
    ["seven members", healthy({ names: ["a", "b", "c", "d", "e", "f", "g"] })],
    ["one member", healthy({ names: ["solo"] })],
    ["a cascade", cascade()],
    [
      "a standby cluster",
      standbyCluster({ host: "192.0.2.7" }, { receiver: { ...fromRemote, latestEndLsn: LEADER_LSN } }),
    ],
    ["automatic failover paused", patchDcs(healthy(), { pause: true })],
    ["nobody leads", keyTo(healthy(), null, "900")],
    ["PostgreSQL not looked at", healthy({ postgres: false })],
    ["the leader's host is cut off", cutHost(healthy(), "node1")],
    [
      "every look of PostgreSQL is old",
      ["node1", "node2", "node3"].reduce((s, n) => aged(s, "postgres", n, 60_000), healthy()),
    ],
  ])("says nothing where all is well or unknown: %s", (_, state) => {
    expect(says(rule, state)).toEqual([]);
  });
});

describe("lag in bytes", () => {
  test.each<[string, ClusterState, string[]]>([
    ["short of the limit", behind("node2", { replayLagBytes: 63 * MIB }), []],
    ["from the limit on", behind("node2", { replayLagBytes: 64 * MIB }), ["warn node2"]],
    ["very large", behind("node2", { replayLagBytes: 2 * GIB }), ["critical node2"]],
    [
      "by the standby's own positions where the leader does not send to it",
      patchPostgres(patchPostgres(healthy(), "node1", { senders: [] }), "node2", {
        replayedLsn: "3/50000000" as Lsn,
        receiver: null,
      }),
      ["warn node2"],
    ],
    [
      "as Patroni tells it where PostgreSQL is not looked at",
      patchDcs(healthy({ postgres: false }), {
        members: [dcsMember("node1", 0, true), dcsMember("node2", 1, false, { lagBytes: 3 * GIB })],
      }),
      ["critical node2"],
    ],
    [
      "on another timeline it means nothing",
      patchPostgres(behind("node2", { replayLagBytes: GIB }), "node2", { timeline: 6 }),
      [],
    ],
    [
      "a base backup under the member's name is not its lag",
      behind("node2", { state: "backup", replayLagBytes: GIB }),
      [],
    ],
    ["the sender's word is old", aged(behind("node2", { replayLagBytes: GIB }), "postgres", "node1", 60_000), []],
  ])("%s", (_, state, want) => {
    expect(says(lagBytes, state)).toEqual(want);
  });

  test("of a cascade each hop is the fault of its own upstream", () => {
    expect(says(lagBytes, behind("node2", { replayLagBytes: GIB }, "node1", cascade()))).toEqual(["critical node2"]);
    const below = behind("node3", { replayLagBytes: GIB }, "node2", cascade());
    expect(says(lagBytes, below, {}, "from")).toEqual(["critical node3 node2"]);
  });

  test("the leader of a standby cluster lags behind what it streams from", () => {
    const state = standbyCluster({ host: "192.0.2.7" }, { receiver: fromRemote });
    expect(says(lagBytes, state, {}, "known")).toEqual(["critical node1 no"]);
  });

  test("is held back as long as is configured", () => {
    const state = behind("node2", { replayLagBytes: GIB });
    const input = inputOf(state, null, NOW);
    const limits = { ...input.limits, lagHoldMs: 90_000 };
    expect(lagBytes.find({ ...input, limits })).toMatchObject([{ holdMs: 90_000 }]);
  });
});

describe("lag in seconds", () => {
  const at = (lsn: string) => Number(BigInt(`0x${lsn.replace("/", "").padStart(9, "0")}`));
  const walThen = (ago: number, lsn: string) => ({
    tracks: { "wal:node1": [{ at: NOW - ago * 1_000, value: at(lsn) }] },
  });
  const replayedTo = (lsn: string, over: Partial<WalSender> = {}) =>
    patchPostgres(behind("node2", { replayLagBytes: MIB, replayLagSeconds: null, ...over }), "node2", {
      replayedLsn: lsn as Lsn,
    });

  test.each<[string, ClusterState, Partial<Watch>, string[]]>([
    [
      "written ten minutes ago and not replayed",
      replayedTo("3/59000000"),
      walThen(600, "3/59000100"),
      ["critical node2"],
    ],
    ["written a minute ago and not replayed", replayedTo("3/59000000"), walThen(60, "3/59000100"), ["warn node2"]],
    ["all that was written a minute ago is replayed", replayedTo("3/59000100"), walThen(60, "3/59000100"), []],
    ["PostgreSQL measured it", replayedTo("3/59000000", { replayLagSeconds: 61 }), {}, ["warn node2"]],
    [
      "what it measured before its receiver went silent is not believed",
      replayedTo("3/59000000", { replayLagSeconds: 900, replyAgeSeconds: 40 }),
      {},
      [],
    ],
    [
      "without outstanding WAL an old measure means nothing",
      behind("node2", { replayLagBytes: 0, replayLagSeconds: 900 }),
      walThen(600, "4/0"),
      [],
    ],
  ])("%s", (_, state, watch, want) => {
    expect(says(lagSeconds, state, watch)).toEqual(want);
  });

  test("an idle leader makes nobody lag, however old the last transaction is", () => {
    const idle = patchPostgres(behind("node2", { replayLagBytes: 0 }), "node2", { replayDelaySeconds: 36_000 });
    expect(says(lagSeconds, idle, walThen(600, "3/5A000148"))).toEqual([]);
    // The first write after a long pause, held up for a moment: not ten hours.
    const woken = patchPostgres(replayedTo("3/5A000148"), "node2", { replayDelaySeconds: 36_000 });
    expect(says(lagSeconds, woken, walThen(600, "3/5A000148"))).toEqual([]);
  });
});

describe("lag that grows", () => {
  const large = behind("node2", { replayLagBytes: 40 * MIB });
  const rising = [10, 15, 20, 25, 30, 35, 40].map((mib) => mib * MIB);
  test.each<[string, ClusterState, TrackPoint[], string[]]>([
    ["for three minutes", large, track(rising), ["warn node2"]],
    ["for less than that", large, track(rising.slice(1)), []],
    ["with a pause", large, track([...rising.slice(0, 3), 20 * MIB, ...rising.slice(4)]), []],
    ["in small steps", large, track(rising.map((_, i) => 40 * MIB + i)), []],
    [
      "while we were blind for a time",
      large,
      [...track(rising.slice(0, 3), NOW - 300_000), ...track(rising.slice(3))],
      [],
    ],
    ["as it was known some minutes ago", large, track(rising, NOW - 180_000), []],
    ["and is caught up now", behind("node2", { replayLagBytes: 0 }), track(rising), []],
  ])("%s", (_, state, points, want) => {
    expect(says(lagGrowing, state, { tracks: { "replay-lag:node2": points } })).toEqual(want);
  });
});

describe("replay that is paused", () => {
  test.each<[string, ClusterState, string[]]>([
    ["by PostgreSQL's word", patchPostgres(healthy(), "node2", { replayPaused: true }), ["warn node2"]],
    [
      "by Patroni's where PostgreSQL is not looked at",
      patchPatroni(healthy({ postgres: false }), "node2", { replayPaused: true }),
      ["warn node2"],
    ],
    [
      "a promoted server's last word of it is nothing",
      patchPostgres(healthy(), "node2", { replayPaused: true, inRecovery: false }),
      [],
    ],
    [
      "known only from before",
      aged(patchPostgres(healthy(), "node2", { replayPaused: true }), "postgres", "node2", 60_000),
      [],
    ],
  ])("%s", (_, state, want) => {
    expect(says(replayPaused, state)).toEqual(want);
  });
});
