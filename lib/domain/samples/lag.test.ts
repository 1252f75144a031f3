import { describe, expect, test } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { PostgresFacts, WalSender } from "../facts";
import type { Lsn } from "../ids";
import { failing, healthyState, keyTo, NOW, patchPatroni, patchPostgres } from "../testing/builders";
import { walSender } from "../testing/facts";
import { lagSamples } from "./lag";
import { followWal, NO_WAL_MEMORY, type WalMemory } from "./wal-trail";

const lsn = (bytes: number) => `0/${bytes.toString(16).toUpperCase()}` as Lsn;
const HEAD = 0x5000000;

const row = (name: string, over: Partial<WalSender>) => walSender(name, 1, { ...over });
const reached = (behind: number, over: Partial<WalSender> = {}): Partial<WalSender> => ({
  flushLsn: lsn(HEAD - behind),
  replayLsn: lsn(HEAD - behind),
  flushLagBytes: behind,
  replayLagBytes: behind,
  flushLagSeconds: null,
  replayLagSeconds: null,
  ...over,
});

/** node1 leads at HEAD with these senders; node2 and node3 are where they are. */
function cluster(senders: readonly WalSender[], node2: Partial<PostgresFacts> = {}, at = NOW): ClusterState {
  const led = patchPostgres(healthyState(), "node1", { lsn: lsn(HEAD), senders }, at);
  const own = { lsn: lsn(HEAD), receivedLsn: lsn(HEAD), replayedLsn: lsn(HEAD), ...node2 };
  return patchPostgres(led, "node2", own, at);
}

const of = (state: ClusterState, memory: WalMemory = NO_WAL_MEMORY, name = "node2", now = NOW) =>
  Object.fromEntries(
    lagSamples(null, state, memory, now)
      .filter((sample) => sample.subject === name)
      .map(({ metric, value }) => [metric.replace("-lag-", " "), value]),
  );

/** The leader stood at each of these positions at these seconds before NOW. */
function remembering(...steps: readonly (readonly [secondsAgo: number, position: number])[]): WalMemory {
  return steps.reduce((memory, [ago, position]) => {
    const at = NOW - ago * 1_000;
    const state = patchPostgres(healthyState({ now: at }), "node1", { lsn: lsn(position) }, at);
    return followWal(memory, state, at);
  }, NO_WAL_MEMORY);
}

describe("lag as the leader sees it", () => {
  test.each<[string, Partial<WalSender>, Record<string, number>]>([
    [
      "round trips and bytes",
      reached(4096, { flushLagSeconds: 0.01, replayLagSeconds: 0.02 }),
      { "receive bytes": 4096, "replay bytes": 4096, "receive seconds": 0.01, "replay seconds": 0.02 },
    ],
    [
      "nothing measured and nothing left to replay is 0",
      reached(0),
      { "receive bytes": 0, "replay bytes": 0, "receive seconds": 0, "replay seconds": 0 },
    ],
    [
      "nothing measured and something left is unknown: bytes alone",
      reached(4096),
      { "receive bytes": 4096, "replay bytes": 4096 },
    ],
    [
      "a position that is not reported has no bytes",
      reached(0, { replayLsn: null, replayLagBytes: null }),
      { "receive bytes": 0, "receive seconds": 0 },
    ],
  ])("%s", (_what, over, expected) => {
    expect(of(cluster([row("node2", over)]))).toEqual(expected);
  });

  test("a receiver that is silent: its last round trips stand still, the seconds rise with the age of its position", () => {
    const memory = remembering([30, HEAD - 3000], [28, HEAD - 3000], [26, HEAD - 2000], [2, HEAD - 1000], [0, HEAD]);
    const frozen = reached(3000, { flushLagSeconds: 0.0004, replayLagSeconds: 0.0006, replyAgeSeconds: 28 });
    expect(of(cluster([row("node2", frozen)]), memory)).toMatchObject({
      "replay bytes": 3000,
      "receive seconds": 28,
      "replay seconds": 28,
    });
  });

  test("between two looks the WAL is taken to have grown evenly", () => {
    const memory = remembering([12, HEAD - 3000], [10, HEAD - 1000], [0, HEAD]);
    expect(of(cluster([row("node2", reached(2000))]), memory)["replay seconds"]).toBeCloseTo(11, 6);
  });

  test("a long silence before the WAL grew is not counted as lag", () => {
    const memory = remembering([3600, HEAD - 3000], [4, HEAD - 3000], [2, HEAD - 1000], [0, HEAD]);
    expect(of(cluster([row("node2", reached(3000))]), memory)["replay seconds"]).toBeCloseTo(4, 6);
  });

  test("a measured round trip that is longer than the trail shows is believed", () => {
    const memory = remembering([4, HEAD - 10], [0, HEAD]);
    const late = reached(0, { replayLagSeconds: 27, flushLagSeconds: 0.1 });
    expect(of(cluster([row("node2", late)]), memory)).toMatchObject({ "replay seconds": 27, "replay bytes": 0 });
  });

  test("older than all that we remember: no seconds, rather than too few", () => {
    const memory = remembering([4, HEAD - 1000], [0, HEAD]);
    expect(of(cluster([row("node2", reached(9000))]), memory)).toEqual({ "receive bytes": 9000, "replay bytes": 9000 });
  });

  test.each([
    ["a base backup", { state: "backup" }],
    ["a logical subscriber", { slotType: "logical" }],
  ])("%s under the member's name is not its lag", (_what, over) => {
    const state = cluster([row("node2", { ...reached(9000), ...over }), row("NODE2", reached(5))]);
    expect(of(state)["replay bytes"]).toBe(5);
  });

  test("of two rows the one that replied last counts: the other's session is broken", () => {
    const old = row("node2", reached(9000, { replyAgeSeconds: 40 }));
    const fresh = row("node2", reached(7, { replyAgeSeconds: 0.1 }));
    expect(of(cluster([old, fresh]))["replay bytes"]).toBe(7);
    expect(of(cluster([fresh, old]))["replay bytes"]).toBe(7);
  });

  test("the leader has no lag, and a member that nothing is known of has none either", () => {
    const state = failing(cluster([]), "postgres", "node3", "refused");
    expect(of(state, NO_WAL_MEMORY, "node1")).toEqual({});
    expect(of(state, NO_WAL_MEMORY, "node3")).toEqual({});
  });
});

describe("lag without a row at the leader", () => {
  const behind = {
    receiver: null,
    receivedLsn: lsn(HEAD - 2000),
    replayedLsn: lsn(HEAD - 3000),
    lsn: lsn(HEAD - 3000),
  };

  test("its own position against the leader's goes on rising, also without a receiver that would tell the timeline", () => {
    const memory = remembering([60, HEAD - 3000], [40, HEAD - 2000], [20, HEAD - 1000], [0, HEAD]);
    const state = cluster([], { ...behind, timeline: null });
    expect(of(state, memory)).toEqual({
      "receive bytes": 2000,
      "replay bytes": 3000,
      "receive seconds": 40,
      "replay seconds": 60,
    });
  });

  test("what was replayed from the archive is received as well", () => {
    const state = cluster([], { ...behind, receivedLsn: lsn(HEAD - 9000) });
    expect(of(state)["receive bytes"]).toBe(3000);
  });

  test.each<[string, Partial<PostgresFacts>]>([
    ["on another timeline", { timeline: 6 }],
    ["of a server that takes writes itself", { inRecovery: false }],
  ])("none %s: positions do not compare", (_what, over) => {
    expect(of(cluster([], { ...behind, ...over }))).toEqual({});
  });

  test("none while the timeline is not known at all", () => {
    const state = patchPatroni(cluster([], { ...behind, timeline: null }), "node2", { timeline: null });
    expect(of(state, followWal(NO_WAL_MEMORY, state, NOW))).toEqual({});
  });

  test("the leader does not answer: a replica that streams knows its own lag, another does not", () => {
    const own = { ...behind, replayDelaySeconds: 3 };
    const receiver = {
      status: "streaming",
      senderHost: null,
      senderPort: null,
      slotName: null,
      receivedTimeline: 7,
      latestEndLsn: lsn(HEAD),
      lastMessageAgeSeconds: 0,
    };
    const dead = (over: Partial<PostgresFacts>) =>
      failing(cluster([], { ...own, ...over }), "postgres", "node1", "refused");
    expect(of(dead({ receiver }))).toEqual({ "receive bytes": 2000, "replay bytes": 3000, "replay seconds": 3 });
    expect(of(dead({}))).toEqual({});
  });

  test("nobody holds the leader key: nobody trails", () => {
    const state = keyTo(cluster([], { ...behind }), null, "900");
    expect(of(state)).toEqual({});
  });
});

describe("a cascade", () => {
  const leaf = (behindUpstream: number) =>
    row("node3", {
      ...reached(0),
      flushLsn: lsn(HEAD - 1000 - behindUpstream),
      replayLsn: lsn(HEAD - 1000 - behindUpstream),
      flushLagSeconds: 0.5,
      replayLagSeconds: 0.5,
    });
  const cascading = (behindUpstream: number) =>
    cluster([row("node2", reached(1000, { flushLagSeconds: 2, replayLagSeconds: 4 }))], {
      lsn: lsn(HEAD - 1000),
      replayedLsn: lsn(HEAD - 1000),
      senders: [leaf(behindUpstream)],
    });

  test.each([
    ["behind its upstream", 500, 1500],
    ["where its upstream is", 0, 1000],
    ["ahead of what its upstream replayed", -400, 600],
  ])("a leaf %s: its lag is to the leader", (_what, hop, bytes) => {
    expect(of(cascading(hop), NO_WAL_MEMORY, "node3")).toEqual({
      "receive bytes": bytes,
      "replay bytes": bytes,
      "receive seconds": 2.5,
      "replay seconds": 2.5,
    });
  });

  test("two members that name each other as upstream end in no answer from there, not in a loop", () => {
    const state = patchPostgres(
      patchPostgres(cluster([]), "node2", { senders: [row("node3", reached(1))], timeline: 6 }),
      "node3",
      { senders: [row("node2", reached(1))], timeline: 6 },
    );
    expect(of(state)).toEqual({});
  });
});

describe("each answer is sampled once", () => {
  const later = (state: ClusterState, at: number) =>
    patchPostgres(state, "node1", { lsn: lsn(HEAD), senders: [row("node2", reached(9))] }, at);

  test("a state that only other answers changed gives nothing; the leader's next answer gives the next sample", () => {
    const first = cluster([row("node2", reached(5))]);
    const other = patchPostgres(first, "node3", {}, NOW + 500);
    expect(lagSamples(first, other, NO_WAL_MEMORY, NOW + 500).filter((s) => s.subject === "node2")).toEqual([]);
    const next = lagSamples(other, later(other, NOW + 2000), NO_WAL_MEMORY, NOW + 2000);
    expect(next.filter((s) => s.subject === "node2").map((s) => s.at)).toEqual([NOW + 2000, NOW + 2000]);
  });

  test("where another source takes over, its answers older than the last sample are not sampled again", () => {
    const first = cluster([row("node2", reached(5))], {}, NOW + 1000);
    const ownOnly = patchPostgres(first, "node1", { senders: [] }, NOW + 1500);
    const without = patchPostgres(ownOnly, "node2", {}, NOW + 900);
    expect(lagSamples(first, without, NO_WAL_MEMORY, NOW + 1500).filter((s) => s.subject === "node2")).toEqual([]);
  });
});
