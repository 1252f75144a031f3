import { describe, expect, it } from "vitest";
import type { AnsweredCall } from "../actions/operation";
import { type Lsn, memberName } from "../ids";
import { failing, healthyState, NOW, patchPatroni, patchPostgres } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { verbOf } from ".";
import { endOf, follow, type Moment, states, worldOf } from "./testing/follow";
import { all, asked, keyAt, keyGone, settled } from "./testing/handover";

const { switchover, failover } = EXAMPLE_REQUESTS;
const CALL = "switchover";
const unknown = (): AnsweredCall => answered(CALL, "unknown", { tookMs: 0, text: "" });
const done200 = answered(CALL, "done", { member: memberName("node2"), tookMs: 3_000 });

/** Key, promotion and all the rest at once; the old leader and the other replica follow. */
const over = all(keyAt("node2"), settled("node2", ["node1", "node3"]));

describe("the outcome of a switchover", () => {
  const later = (afterMs: number): Moment => ({ afterMs });
  const otherLeads = all(keyAt("node3"), settled("node3", ["node1", "node2"]));
  const failed503 = answered(CALL, "failed", { text: "Switchover failed", tookMs: 1_000 });
  const cases: readonly [string, readonly Moment[], readonly [string, string] | null][] = [
    [
      "answer lost, but it happened: done",
      [{ afterMs: 40_000, answers: [unknown()], change: over }],
      ["done", "switched-over"],
    ],
    [
      "503 failed, though it happened: done",
      [{ afterMs: 3_000, answers: [failed503], change: over }],
      ["done", "switched-over"],
    ],
    [
      "status unknown, then it is seen: done",
      [
        { afterMs: 25_000, answers: [answered(CALL, "unknown", { tookMs: 20_000 })] },
        { afterMs: 30_000, change: over },
      ],
      ["done", "switched-over"],
    ],
    [
      "200, and another member leads: done otherwise",
      [
        {
          afterMs: 5_000,
          answers: [answered(CALL, "done-otherwise", { member: memberName("node3") })],
          change: otherLeads,
        },
      ],
      ["done-otherwise", "other-leader"],
    ],
    [
      "200 for the one who was asked, and another leads by now: what is seen wins",
      [{ afterMs: 5_000, answers: [done200], change: otherLeads }],
      ["done-otherwise", "other-leader"],
    ],
    [
      "503 failed, one loop later nothing has happened: still running",
      [{ afterMs: 1_500, answers: [failed503] }, later(10_000)],
      null,
    ],
    [
      "503 failed, two loops later nothing has happened: failed",
      [{ afterMs: 1_500, answers: [failed503] }, later(20_000)],
      ["failed", "failed"],
    ],
    [
      "answer lost, and nothing happened for two loops after the call: failed, for the key is gone and the leader leads",
      [{ afterMs: 40_000, answers: [answered(CALL, "unknown", { tookMs: 40_000 })] }, later(20_000)],
      ["failed", "no-change"],
    ],
    [
      "answer lost, and the failover key is still there: still running",
      [
        { afterMs: 40_000, answers: [answered(CALL, "unknown", { tookMs: 40_000 })], change: asked("node1", "node2") },
        later(60_000),
      ],
      null,
    ],
    [
      "answer lost, and the old leader does not run: still running",
      [
        {
          afterMs: 40_000,
          answers: [answered(CALL, "unknown", { tookMs: 40_000 })],
          change: all(
            (s, at) => patchPatroni(s, "node1", { state: "stopping" }, at),
            (s, at) => patchPostgres(s, "node1", { inRecovery: true }, at),
          ),
        },
        later(60_000),
      ],
      null,
    ],
    ["no answer at all: still running, however long", [{ afterMs: 1_000, inFlight: [CALL] }, later(300_000)], null],
    [
      "the same leader took the key again: not done, and failed two loops later",
      [{ afterMs: 3_000, answers: [done200], change: keyAt("node1", "960") }, later(21_000)],
      ["failed", "re-elected"],
    ],
    [
      "refused, and nothing changed: refused",
      [{ afterMs: 1_000, answers: [answered(CALL, "refused", { tookMs: 100, text: "leader name does not match" })] }],
      ["refused", "refused"],
    ],
    [
      "nothing reached it: refused, by another word",
      [{ afterMs: 1_000, answers: [answered(CALL, "not-sent", { tookMs: 100 })] }],
      ["refused", "unreachable"],
    ],
    [
      "refused, and somebody else leads by himself: refused all the same",
      [{ afterMs: 1_000, answers: [answered(CALL, "refused", { tookMs: 100 })], change: keyAt("node2") }],
      ["refused", "refused"],
    ],
    [
      "the deadline passes before anything can be told: unknown",
      [{ afterMs: 700_000, inFlight: [CALL] }],
      ["unknown", "no-answer"],
    ],
    [
      "the new leader never takes writes: unknown at the deadline, never done",
      [{ afterMs: 3_000, answers: [done200], change: keyAt("node2") }, later(700_000)],
      ["unknown", "no-answer"],
    ],
  ];
  it.each(cases)("%s", (_name, moments, end) => {
    expect(endOf(follow(switchover, moments).at(-1))).toEqual(end);
  });

  it("is not told by a refusal before the DCS was looked at since", () => {
    const refused = { afterMs: 1_000, answers: [answered(CALL, "refused", { tookMs: 900 })], blind: true };
    expect(endOf(follow(switchover, [refused]).at(-1))).toBeNull();
  });

  it("never says done by an answer alone", () => {
    const told = follow(switchover, [{ afterMs: 3_000, answers: [done200] }]);
    expect(endOf(told.at(-1))).toBeNull();
    expect(states(told.at(-1) as never)).toMatchObject({ taken: "done", key: "waiting", writable: "waiting" });
  });
});

describe("a successor", () => {
  const phases = ["checking", "locked"] as const;
  it.each(phases)("that finds it in phase %s says that nothing was sent", (phase) => {
    const told = follow(switchover, [{ afterMs: 1_000 }], { over: { phase, resumed: 1 } });
    expect(endOf(told[0])).toEqual(["failed", "not-sent"]);
  });

  it.each(["calling", "accepted", "verifying"] as const)(
    "that finds it in phase %s judges by what is seen",
    (phase) => {
      const answers = [unknown()];
      const seen = follow(switchover, [{ afterMs: 30_000, change: over }], { over: { phase, resumed: 1, answers } });
      expect(endOf(seen[0])).toEqual(["done", "switched-over"]);
      const nothing = follow(switchover, [{ afterMs: 5_000 }, { afterMs: 21_000 }], {
        over: { phase, resumed: 1, answers },
      });
      expect(nothing.map((one) => endOf(one))).toEqual([null, ["failed", "no-change"]]);
    },
  );

  it("never sends again what its predecessor may have sent", () => {
    const state = healthyState();
    const { next } = verbOf("switchover");
    const found = operationOf(switchover, state, { resumed: 1, answers: [unknown()] });
    expect(next(found as never, worldOf(state))).toBeNull();
    const lost = operationOf(switchover, state, { resumed: 1, phase: "calling" });
    expect(next(lost as never, worldOf(state))).toBeNull();
  });
});

describe("a failover with a dead leader", () => {
  /** node1 is gone: nothing of it answers, and its key has run out. */
  const dead = all(
    (s, at) => failing(s, "patroni", "node1", "unreachable", at),
    (s, at) => failing(s, "postgres", "node1", "unreachable", at),
    (s, at) => failing(s, "haproxy", "node1", "unreachable", at),
  );
  const start = () => {
    const state = keyGone(dead(healthyState(), NOW), NOW);
    const fence = operationOf(failover, healthyState()).fence;
    const members = fence.members.map((one) => (one.name === "node1" ? { ...one, state: "unknown" } : one));
    return { start: state, over: { fence: { ...fence, leader: null, leaderRevision: null, members } } };
  };
  const promotion = all(keyAt("node2"), settled("node2", ["node3"]), dead);
  const answer = answered("failover", "done", { member: memberName("node2") });

  it("is done without waiting for who was dead before, and skips it", () => {
    const told = follow(
      failover,
      [{ afterMs: 3_000, answers: [answer], change: promotion }, { afterMs: 16_000 }],
      start(),
    );
    expect(told.map((one) => endOf(one))).toEqual([null, ["done", "failed-over"]]);
    expect(states(told[1] as never)).toMatchObject({
      demoted: "skipped",
      "member:node1": "skipped",
      "member:node3": "done",
    });
  });

  it("that was called off without a leader has failed, and says that there is none", () => {
    const failed = answered("failover", "failed", { tookMs: 500 });
    const told = follow(failover, [{ afterMs: 1_000, answers: [failed] }, { afterMs: 21_000 }], start());
    expect(told.map((one) => endOf(one))).toEqual([null, ["failed", "failed"]]);
    expect(told[1]?.end?.outcome.text.params).toMatchObject({ anyone: "no" });
  });

  it("measures a loss where the old leader was seen beyond the fork", () => {
    const state = healthyState();
    const told = follow(
      failover,
      [
        {
          afterMs: 1_000,
          inFlight: ["failover"],
          change: (s, at) => patchPostgres(s, "node1", { lsn: "3/5A002148" as Lsn }, at),
        },
        { afterMs: 3_000, answers: [answer], change: all(dead, keyAt("node2"), settled("node2", ["node3"]), dead) },
      ],
      { start: state },
    );
    expect(told.at(-1)?.receipt).toMatchObject({
      basis: "measured",
      lostBytes: 0x2000,
      oldLsn: "3/5A002148",
      forkLsn: "3/5A000148",
    });
  });

  it("reads the timeline and the position of who was dead before from what was last seen of it", () => {
    const found = healthyState();
    const gone = dead(patchPostgres(found, "node1", { lsn: "3/5A001148" as Lsn }), NOW);
    const { fence } = operationOf(failover, found);
    const members = fence.members.map((one) =>
      one.name === "node1" ? { ...one, state: "unknown", timeline: null } : one,
    );
    const over = { fence: { ...fence, timeline: null, members } };
    const moments = [{ afterMs: 3_000, answers: [answer], change: promotion }, { afterMs: 16_000 }];
    const told = follow(failover, moments, { start: gone, over });
    expect(states(told[0] as never)).toMatchObject({ timeline: "done" });
    expect(told[1]?.receipt).toMatchObject({ basis: "measured", lostBytes: 0x1000, oldLsn: "3/5A001148" });
    expect(told[1]?.end?.outcome.reasons[0]).toEqual({ key: "verify.detail.unseen", params: { member: "node1" } });
  });

  it("claims no loss of nothing where the old leader went without a word", () => {
    const told = follow(failover, [
      { afterMs: 3_000, answers: [answer], change: all(dead, keyAt("node2"), settled("node2", ["node3"]), dead) },
    ]);
    expect(told.at(-1)?.receipt).toMatchObject({ basis: "unknown", lostBytes: null });
  });
});
