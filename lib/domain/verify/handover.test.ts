import { describe, expect, it } from "vitest";
import { instant, memberName } from "../ids";
import { failing, healthyState, NOW, patchPatroni, vipNowhere } from "../testing/builders";
import { eyeSees, finds } from "../testing/client-eye";
import { answered, EXAMPLE_REQUESTS } from "../testing/operations";
import { endOf, follow, type Moment, states } from "./testing/follow";
import { all, asked, demoted, following, keyAt, keyGone, promoted, routed, settled } from "./testing/handover";

const { switchover } = EXAMPLE_REQUESTS;
const CALL = "switchover";
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

  it("a VIP that nobody answers for is no VIP on the new leader", () => {
    const told = follow(switchover, moments([{ afterMs: 90_000 }], all(over, vipNowhere)));
    expect(told.map((one) => endOf(one))).toEqual([null, ["done-otherwise", "not-routed"]]);
    expect(told[1]?.end?.outcome.reasons.map(({ params }) => params.count)).toEqual([0]);
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
