import { describe, expect, it } from "vitest";
import type { AnsweredCall } from "../actions/operation";
import { instant, memberName } from "../ids";
import { failing, healthyState, NOW, patchDcs } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { verbOf } from ".";
import { endOf, follow, type Moment, worldOf } from "./testing/follow";
import { all, askedNoMore, keyAt, keyGone, settled } from "./testing/handover";

const { switchover, failover } = EXAMPLE_REQUESTS;
const CALL = "switchover";
const unknown = (): AnsweredCall => answered(CALL, "unknown", { tookMs: 0, text: "" });
/** Key, promotion and all the rest at once; the old leader and the other replica follow. */
const over = all(keyAt("node2"), settled("node2", ["node1", "node3"]));

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
