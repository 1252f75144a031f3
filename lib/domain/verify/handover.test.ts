import { describe, expect, it } from "vitest";
import type { AnsweredCall } from "../actions/operation";
import { instant, type Lsn, memberName } from "../ids";
import { failing, healthyState, NOW, patchDcs, patchPatroni, patchPostgres } from "../testing/builders";
import { eyeSees, finds } from "../testing/client-eye";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { verbOf } from ".";
import { endOf, follow, type Moment, states, worldOf } from "./testing/follow";
import {
  all,
  asked,
  askedNoMore,
  demoted,
  following,
  keyAt,
  keyGone,
  promoted,
  routed,
  settled,
} from "./testing/handover";

const { switchover, failover } = EXAMPLE_REQUESTS;
const CALL = "switchover";
const unknown = (): AnsweredCall => answered(CALL, "unknown", { tookMs: 0, text: "" });
const done200 = answered(CALL, "done", { member: memberName("node2"), tookMs: 3_000 });

/** Key, promotion and all the rest at once; the old leader and the other replica follow. */
const over = all(keyAt("node2"), settled("node2", ["node1", "node3"]));
const handedOver: readonly Moment[] = [
  { afterMs: 1_000, inFlight: [CALL], change: asked("node1", "node2") },
  { afterMs: 1_000, change: demoted("node1") },
  { afterMs: 500, change: all(keyGone) },
  { afterMs: 100, change: keyAt("node2") },
  { afterMs: 900, change: promoted("node2") },
  { afterMs: 1_000, answers: [done200], change: all(routed("node2"), following("node3")) },
  { afterMs: 2_000, change: following("node1") },
];

describe("a switchover that goes well", () => {
  const told = follow(switchover, handedOver);

  it("is done only when the key, the new leader, the ways to it and every follower agree", () => {
    expect(told.map((one) => endOf(one))).toEqual([...Array(6).fill(null), ["done", "switched-over"]]);
    expect(new Set(Object.values(states(told.at(-1) as never)))).toEqual(new Set(["done"]));
  });

  it("names every step from the start, and none of them twice", () => {
    const ids = told[0]?.steps.map(({ id }) => id) ?? [];
    const end = told.at(-1)?.steps.map(({ id }) => id) ?? [];
    expect(end).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      "taken",
      "demoted",
      "key",
      "writable",
      "timeline",
      "vip",
      "haproxy:node1",
      "haproxy:node2",
      "haproxy:node3",
      "member:node3",
      "member:node1",
    ]);
  });

  it("ticks each step when it comes true and not before", () => {
    const at = (id: string) => told.findIndex((one) => states(one)[id] === "done");
    expect(["taken", "demoted", "key", "writable", "timeline", "vip", "member:node3", "member:node1"].map(at)).toEqual([
      0, 1, 3, 4, 4, 5, 5, 6,
    ]);
  });

  it("measures the gap from the last look that found the old leader writable", () => {
    // Seen writable at 1 s, the new one at 3.5 s.
    expect(told.at(-1)).toMatchObject({ writeGapMs: 2_500, writeGapBasis: "observed" });
  });

  it("says that nothing was lost when the old leader stepped down in good order", () => {
    expect(told.at(-1)?.receipt).toMatchObject({
      basis: "none",
      lostBytes: 0,
      oldLsn: "3/5A000148",
      forkLsn: "3/5A000148",
    });
  });

  it("keeps the times that steps had when they came true", () => {
    const key = told.at(-1)?.steps.find(({ id }) => id === "key");
    expect(key?.endedAt).toBe(instant(NOW + 2_600));
  });
});

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

describe("what does not come back", () => {
  const moments = (rest: readonly Moment[], change = over): readonly Moment[] => [
    { afterMs: 3_000, answers: [done200], change },
    ...rest,
  ];
  const withoutNode3 = all(keyAt("node2"), settled("node2", ["node1"]));

  it("a replica is waited for, and named when patience is over", () => {
    const told = follow(switchover, moments([{ afterMs: 80_000 }, { afterMs: 10_000 }], withoutNode3));
    expect(told.map((one) => endOf(one))).toEqual([null, null, ["done", "switched-over"]]);
    expect(states(told.at(-1) as never)).toMatchObject({ "member:node3": "failed", "member:node1": "done" });
    expect(told.at(-1)?.end?.outcome.reasons).toEqual([
      { key: "verify.detail.other-timeline", params: { member: "node3", own: 7, timeline: 8 } },
    ]);
  });

  it("the VIP that stays behind makes it done otherwise", () => {
    const stays = all(keyAt("node2"), settled("node2", ["node1", "node3"]), (s, at) => ({
      ...s,
      vip: healthyState({ now: at }).vip,
    }));
    const told = follow(switchover, moments([{ afterMs: 90_000 }], stays));
    expect(told.map((one) => endOf(one))).toEqual([null, ["done-otherwise", "not-routed"]]);
  });

  it("a HAProxy that cannot be seen is not waited for as long, and is said not to be known", () => {
    const gone = all(over, (s, at) => failing(s, "haproxy", "node1", "unreachable", at));
    const told = follow(switchover, moments([{ afterMs: 14_000 }, { afterMs: 2_000 }], gone));
    expect(told.map((one) => endOf(one))).toEqual([null, null, ["done", "switched-over"]]);
    expect(states(told.at(-1) as never)["haproxy:node1"]).toBe("unknown");
  });

  it("an old leader that still takes writes is said first", () => {
    const split = all(keyAt("node2"), promoted("node2"), routed("node2"), following("node3"));
    const told = follow(switchover, moments([{ afterMs: 90_000 }], split));
    expect(told.map((one) => endOf(one))).toEqual([null, ["done-otherwise", "old-still-writable"]]);
  });
});

describe("stale views", () => {
  it("tick no step", () => {
    // Nothing answers any more after the moment of the change of key.
    const told = follow(switchover, [
      { afterMs: 1_000, inFlight: [CALL] },
      { afterMs: 40_000, blind: true },
      { afterMs: 40_000, blind: true },
    ]);
    const before = states(told[0] as never);
    expect(states(told[2] as never)).toEqual({ ...before, demoted: "waiting" });
  });

  it("take nothing back that was seen", () => {
    const told = follow(switchover, [
      { afterMs: 3_000, inFlight: [CALL], change: all(keyAt("node2"), promoted("node2")) },
      { afterMs: 60_000, blind: true },
    ]);
    expect(states(told[1] as never)).toMatchObject({ key: "done", writable: "done", timeline: "done" });
  });

  it("a look at the new leader from before it held the key is none", () => {
    const early = follow(switchover, [
      { afterMs: 1_000, inFlight: [CALL], change: promoted("node2") },
      { afterMs: 500, blind: true, change: keyAt("node2") },
    ]);
    expect(states(early[1] as never)).toMatchObject({ key: "done", writable: "running" });
  });
});

describe("details say what is waited for", () => {
  it("the old leader still stopping, with its WAL senders", () => {
    const stopping = follow(switchover, [
      {
        afterMs: 1_000,
        inFlight: [CALL],
        change: all(asked("node1", "node2"), (s, at) => patchPatroni(s, "node1", { state: "stopping" }, at - 1)),
      },
    ]);
    const step = stopping[0]?.steps.find(({ id }) => id === "demoted");
    expect(step).toMatchObject({
      state: "running",
      detail: {
        key: "verify.detail.stopping",
        params: { member: "node1", phase: "stopping", known: "yes", senders: 2 },
      },
    });
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

describe("the call", () => {
  const state = healthyState();
  it("of a switchover goes to the leader and names it", () => {
    expect(verbOf("switchover").next(operationOf(switchover, state) as never, worldOf(state))).toEqual({
      system: "patroni",
      id: "switchover",
      member: "node1",
      origin: "http://10.0.0.1:8008",
      method: "POST",
      path: "/switchover",
      body: { leader: "node1", candidate: "node2" },
      timeoutMs: 40_000,
    });
  });

  it("of a switchover to whomever Patroni likes names no candidate, and of a scheduled one its time", () => {
    const request = { ...switchover, candidate: null, scheduledAt: instant(NOW + 60_000) };
    const call = verbOf("switchover").next(operationOf(request, state) as never, worldOf(state));
    expect(call).toMatchObject({ body: { leader: "node1", scheduled_at: instant(NOW + 60_000) } });
    expect(call && "body" in call && call.body).not.toHaveProperty("candidate");
  });

  it("waits longer where the loop is longer", () => {
    const slow = patchDcs(state, { loopWaitSeconds: 30 });
    expect(verbOf("failover").next(operationOf(failover, slow) as never, worldOf(slow))).toMatchObject({
      timeoutMs: 100_000,
    });
  });

  it("of a failover goes to the leader while it answers, else to the candidate", () => {
    const dead = failing(keyAt("node1")(state, NOW), "patroni", "node1", "refused", NOW);
    const keyless = keyGone(state, NOW);
    const to = (s: typeof state) => verbOf("failover").next(operationOf(failover, s) as never, worldOf(s));
    expect(to(state)).toMatchObject({ member: "node1", path: "/failover", body: { candidate: "node2" } });
    expect(to(dead)).toMatchObject({ member: "node2", origin: "http://10.0.0.2:8008" });
    expect(to(keyless)).toMatchObject({ member: "node2" });
  });

  it("is not made while it is under way", () => {
    const world = worldOf(state, NOW, { inFlight: new Set([CALL]) });
    expect(verbOf("switchover").next(operationOf(switchover, state) as never, world)).toBeNull();
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

  it("claims no loss of nothing where the old leader went without a word", () => {
    const told = follow(failover, [
      { afterMs: 3_000, answers: [answer], change: all(dead, keyAt("node2"), settled("node2", ["node3"]), dead) },
    ]);
    expect(told.at(-1)?.receipt).toMatchObject({ basis: "unknown", lostBytes: null });
  });
});

describe("the client's eye", () => {
  const start = healthyState({ clientEye: true });
  it("has the last word on the gap, and is waited for", () => {
    const told = follow(
      switchover,
      [
        { afterMs: 1_000, inFlight: [CALL], change: (s, at) => eyeSees(s, finds(0), 2, at) },
        { afterMs: 3_000, answers: [done200], change: all(over, (s, at) => eyeSees(s, "refused", 4, at)) },
        { afterMs: 1_000, change: (s, at) => eyeSees(s, finds(1), 2, at) },
      ],
      { start },
    );
    expect(told.map((one) => endOf(one))).toEqual([null, null, ["done", "switched-over"]]);
    expect(states(told[1] as never).client).toBe("running");
    expect(told[2]?.writeGapBasis).toBe("client-eye");
    expect(told[2]?.writeGapMs).toBeGreaterThan(3_000);
    expect(told[2]?.writeGapMs).toBeLessThan(4_500);
  });
});

describe("clusters of any size", () => {
  it("one member: there is nobody to follow, and the steps say so", () => {
    const start = healthyState({ names: ["alone"] });
    const request = { ...switchover, candidate: null };
    const told = follow(request, [{ afterMs: 1_000, inFlight: [CALL] }], { start });
    expect(told[0]?.steps.map(({ id }) => id)).toContain("haproxy:alone");
  });

  it("seven members: each of them is waited for by name", () => {
    const names = Array.from({ length: 7 }, (_, i) => `postgres-node-with-a-very-long-name-${i + 1}`);
    const [first = "", second = "", ...rest] = names;
    const start = healthyState({ names });
    const request = { ...switchover, candidate: memberName(second) };
    const change = all(keyAt(second), settled(second, [first, ...rest]));
    const told = follow(request, [{ afterMs: 3_000, answers: [done200], change }], { start });
    expect(endOf(told[0])).toEqual(["done", "switched-over"]);
    expect(told[0]?.steps.filter(({ id }) => id.startsWith("member:")).map(({ id }) => id)).toEqual([
      ...rest.map((name) => `member:${name}`),
      `member:${first}`,
    ]);
  });

  it("without HAProxy, VIP and PostgreSQL's own word: Patroni's word decides", () => {
    const start = healthyState({ haproxy: false, vip: null, postgres: false, pgbouncer: false });
    const told = follow(
      switchover,
      [
        {
          afterMs: 3_000,
          answers: [done200],
          change: all(keyAt("node2"), promoted("node2"), following("node1"), following("node3")),
        },
      ],
      { start },
    );
    expect(endOf(told[0])).toEqual(["done", "switched-over"]);
  });
});

describe("a scheduled switchover", () => {
  const due = NOW + 60_000;
  const request = { ...switchover, scheduledAt: instant(due) };
  const taken = answered(CALL, "scheduled", { status: 202, tookMs: 100 });
  const set = (s: ReturnType<typeof healthyState>, at: number) =>
    patchDcs(
      s,
      {
        failover: {
          leader: memberName("node1"),
          candidate: memberName("node2"),
          scheduledAt: instant(due),
          modRevision: "901",
        },
      },
      at,
    );
  const cases: readonly [string, readonly Moment[], readonly ([string, string] | null)[]][] = [
    [
      "taken and seen in the DCS: scheduled",
      [{ afterMs: 1_000, answers: [taken], change: set }],
      [["scheduled", "scheduled"]],
    ],
    ["taken and not seen yet: still running", [{ afterMs: 1_000, answers: [taken] }], [null]],
    [
      "taken and not seen for two loops: failed",
      [{ afterMs: 1_000, answers: [taken] }, { afterMs: 21_000 }],
      [null, ["failed", "not-scheduled"]],
    ],
    [
      "answer lost, and it shows in the DCS: scheduled",
      [{ afterMs: 12_000, answers: [unknown()], change: set }],
      [["scheduled", "scheduled"]],
    ],
    [
      "refused: refused",
      [{ afterMs: 1_000, answers: [answered(CALL, "refused", { tookMs: 10 })] }],
      [["refused", "refused"]],
    ],
    [
      "gone before its time: cancelled",
      [
        { afterMs: 1_000, answers: [taken], change: set },
        { afterMs: 20_000, change: askedNoMore },
      ],
      [
        ["scheduled", "scheduled"],
        ["done-otherwise", "cancelled"],
      ],
    ],
    [
      "carried out at its time: done",
      [{ afterMs: 1_000, answers: [taken], change: set }, { afterMs: 60_000 }, { afterMs: 4_000, change: over }],
      [["scheduled", "scheduled"], null, ["done", "switched-over"]],
    ],
    [
      "another member leads after its time: done otherwise",
      [
        { afterMs: 1_000, answers: [taken], change: set },
        { afterMs: 64_000, change: all(keyAt("node3"), settled("node3", ["node1", "node2"])) },
      ],
      [
        ["scheduled", "scheduled"],
        ["done-otherwise", "other-leader"],
      ],
    ],
    [
      "its time passed and nothing came of it: dropped",
      [
        { afterMs: 1_000, answers: [taken], change: set },
        { afterMs: 60_000, change: askedNoMore },
        { afterMs: 21_000 },
      ],
      [["scheduled", "scheduled"], null, ["failed", "dropped"]],
    ],
  ];
  it.each(cases)("%s", (_name, moments, ends) => {
    expect(follow(request, moments).map((one) => endOf(one))).toEqual(ends);
  });
});
