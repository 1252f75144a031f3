import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import { instant, memberName } from "../ids";
import { healthyState, NOW, patchDcs, patchPatroni, patchPostgres } from "../testing/builders";
import { eyeSees, finds } from "../testing/client-eye";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { verbOf } from ".";
import { type Change, callTo, check, patroniIs, RESTARTED, restarted } from "./testing/cases";
import { endOf, follow, type Moment, states, worldOf } from "./testing/follow";
import { all, following, keyAt, settled } from "./testing/handover";

describe("restart of one member", () => {
  const { restart } = EXAMPLE_REQUESTS;
  const done = answered("restart:node2", "done", { tookMs: 2_000 });
  const both = all(restarted("node2"), following("node2", 7), restarted("node2"));
  check(restart, [
    ["answered, and the old postmaster still shows: running", [{ afterMs: 3_000, answers: [done] }], [null]],
    [
      "another postmaster that streams: done",
      [{ afterMs: 3_000, answers: [done], change: both }],
      [["done", "restarted"]],
    ],
    [
      "answer lost, and it was restarted: done",
      [{ afterMs: 3_000, answers: [answered("restart:node2", "unknown")], change: both }],
      [["done", "restarted"]],
    ],
    [
      "another postmaster that does not stream yet: running",
      [
        {
          afterMs: 3_000,
          answers: [done],
          change: all(restarted("node2"), patroniIs("node2", { replicationState: null }), (s, at) =>
            patchPostgres(s, "node2", { receiver: null }, at),
          ),
        },
      ],
      [null],
    ],
    [
      "refused: refused",
      [
        {
          afterMs: 1_000,
          answers: [answered("restart:node2", "refused", { text: "reinitialize already in progress", tookMs: 10 })],
        },
      ],
      [["refused", "refused"]],
    ],
    [
      "nothing reached it: refused, by another word",
      [{ afterMs: 1_000, answers: [answered("restart:node2", "not-sent", { tookMs: 10 })] }],
      [["refused", "unreachable"]],
    ],
    [
      "failed, and it runs as before for two loops: failed",
      [{ afterMs: 4_000, answers: [answered("restart:node2", "failed")] }, { afterMs: 20_000 }],
      [null, ["failed", "failed"]],
    ],
    [
      "it stops and does not come up: running, however long",
      [{ afterMs: 4_000, answers: [done], change: patroniIs("node2", { state: "starting" }) }, { afterMs: 300_000 }],
      [null, null],
    ],
    [
      "restarted, and the flag stays: done after two loops, and told",
      [
        { afterMs: 3_000, answers: [done], change: all(both, patroniIs("node2", { pendingRestart: true })) },
        { afterMs: 21_000 },
      ],
      [null, ["done", "restarted"]],
    ],
  ]);

  it("of the leader is done when it leads and takes writes again, and done otherwise when another leads", () => {
    const request = { ...restart, member: memberName("node1") };
    const answers = [answered("restart:node1", "done")];
    const same = follow(request, [{ afterMs: 4_000, answers, change: restarted("node1") }]);
    expect(endOf(same[0])).toEqual(["done", "restarted"]);
    const change = all(keyAt("node2"), settled("node2", ["node3"]), following("node1"), restarted("node1"));
    const other = follow(request, [{ afterMs: 4_000, answers, change }]);
    expect(endOf(other[0])).toEqual(["done-otherwise", "other-leader"]);
  });

  it("of the leader waits for our own client to write again, and measures its gap", () => {
    const request = { ...restart, member: memberName("node1") };
    const answers = [answered("restart:node1", "done")];
    const start = healthyState({ clientEye: true });
    const eye =
      (what: Parameters<typeof eyeSees>[1], looks: number): Change =>
      (s, at) =>
        eyeSees(s, what, looks, at);
    const again = { ...finds(0), postmasterStartTime: RESTARTED };
    const moments = (last: Change): readonly Moment[] => [
      { afterMs: 1_000, inFlight: ["restart:node1"], change: eye(finds(0), 2) },
      { afterMs: 3_000, answers, change: all(restarted("node1"), eye("refused", 4)) },
      { afterMs: 1_000, change: last },
    ];
    const told = follow(request, moments(eye(again, 2)), { start });
    expect(told.map((one) => endOf(one))).toEqual([null, null, ["done", "restarted"]]);
    expect(told[2]).toMatchObject({ writeGapBasis: "client-eye" });
    expect(told[2]?.writeGapMs).toBeGreaterThan(2_000);
    const never = follow(request, [...moments(eye("refused", 1)), { afterMs: 15_000, change: eye("refused", 1) }], {
      start,
    });
    expect(never.map((one) => endOf(one))).toEqual([null, null, null, ["done", "restarted"]]);
  });

  it("calls the member itself and says `restart_pending` only when it means it", () => {
    expect(callTo(restart, healthyState())).toMatchObject({
      member: "node2",
      origin: "http://10.0.0.2:8008",
      path: "/restart",
      body: {},
      timeoutMs: 330_000,
    });
    const pending = callTo({ ...restart, onlyPending: true }, healthyState());
    expect(pending).toMatchObject({ body: { restart_pending: true } });
    expect(JSON.stringify(callTo(restart, healthyState()))).not.toContain("restart_pending");
  });

  it("that nothing needed is not called a failure", () => {
    const text = "restart conditions are not satisfied";
    const answers = [answered("restart:node2", "refused", { text, tookMs: 10 })];
    const told = follow({ ...restart, onlyPending: true }, [{ afterMs: 1_000, answers }]);
    expect(endOf(told[0])).toEqual(["refused", "nothing-pending"]);
  });
});

describe("restart of all members", () => {
  const request = { ...EXAMPLE_REQUESTS.restart, member: null };
  const state = healthyState({ leader: "node2" });
  const back = (name: string) => all(restarted(name), following(name, 7), restarted(name));

  it("takes replicas first, one after the other, and the leader last", () => {
    const next = (s: ClusterState, ids: readonly string[]) => {
      const answers = ids.map((id) => answered(`restart:${id}`, "done", { tookMs: 10 }));
      const operation = operationOf(request, state, { answers });
      const call = verbOf("restart").next(operation as never, worldOf(s, NOW + 1_000));
      return call && "member" in call ? call.member : null;
    };
    expect(next(state, [])).toBe("node1");
    expect(next(state, ["node1"])).toBeNull();
    const one = back("node1")(state, NOW + 1_000);
    expect(next(one, ["node1"])).toBe("node3");
    const two = back("node3")(one, NOW + 1_000);
    expect(next(two, ["node1", "node3"])).toBe("node2");
  });

  it("stops at the first that is turned down, and leaves the rest alone", () => {
    const answers = [answered("restart:node1", "done"), answered("restart:node3", "refused", { tookMs: 10 })];
    const told = follow(request, [{ afterMs: 4_000, answers, change: back("node1") }], { start: state });
    expect(endOf(told[0])).toEqual(["done-otherwise", "partly"]);
    expect(states(told[0] as never)).toEqual({
      "restart:node1": "done",
      "restart:node3": "failed",
      "restart:node2": "skipped",
    });
    const operation = operationOf(request, state, { answers });
    expect(verbOf("restart").next(operation as never, worldOf(state))).toBeNull();
  });

  it("that only pending ones need touches no other, and keeps them when their flag is gone", () => {
    const pending = { ...request, onlyPending: true };
    const flagged = patchPatroni(state, "node3", { pendingRestart: true });
    const done = answered("restart:node3", "done");
    const told = follow(
      pending,
      [
        { afterMs: 1_000, answers: [], inFlight: ["restart:node3"] },
        { afterMs: 3_000, answers: [done], change: all(back("node3"), patroniIs("node3", { pendingRestart: false })) },
      ],
      { start: flagged },
    );
    expect(Object.keys(states(told[0] as never))).toEqual(["restart:node3"]);
    expect(endOf(told[1])).toEqual(["done", "restarted"]);
  });

  it("seven members, one after the other", () => {
    const names = Array.from({ length: 7 }, (_, i) => `n${i + 1}`);
    const seven = healthyState({ names, leader: "n4" });
    const told = follow(request, [{ afterMs: 1_000, inFlight: ["restart:n1"] }], { start: seven });
    expect(told[0]?.steps.map(({ id }) => id)).toEqual(
      ["n1", "n2", "n3", "n5", "n6", "n7", "n4"].map((n) => `restart:${n}`),
    );
  });
});

describe("a scheduled restart", () => {
  const due = instant(NOW + 60_000);
  const request = { ...EXAMPLE_REQUESTS.restart, scheduledAt: due };
  const taken = answered("restart:node2", "scheduled", { status: 202, tookMs: 10 });
  const key =
    (at: string | null): Change =>
    (s, now) => {
      const members = s.dcs.good?.value.members ?? [];
      const scheduledRestart = at as typeof due | null;
      return patchDcs(s, { members: members.map((m) => (m.name === "node2" ? { ...m, scheduledRestart } : m)) }, now);
    };
  const late = restarted("node2", "2026-11-21 03:01:00.500000+00:00");
  check(request, [
    [
      "set, then carried out at its time: scheduled, then done",
      [
        { afterMs: 1_000, answers: [taken], change: key(due) },
        { afterMs: 61_000, change: all(key(null), late, following("node2", 7), late) },
      ],
      [
        ["scheduled", "scheduled"],
        ["done", "restarted"],
      ],
    ],
    [
      "gone before its time: cancelled",
      [
        { afterMs: 1_000, answers: [taken], change: key(due) },
        { afterMs: 9_000, change: key(null) },
      ],
      [
        ["scheduled", "scheduled"],
        ["done-otherwise", "cancelled"],
      ],
    ],
    [
      "its time passed and it runs as before: dropped",
      [
        { afterMs: 1_000, answers: [taken], change: key(due) },
        { afterMs: 60_000, change: key(null) },
        { afterMs: 20_000 },
      ],
      [["scheduled", "scheduled"], null, ["failed", "dropped"]],
    ],
  ]);

  it("is cancelled when the member's key names none, and came too late when it was started at that time", () => {
    const cancel = EXAMPLE_REQUESTS["restart-cancel"];
    const over = { fence: { ...operationOf(cancel, healthyState()).fence, other: { "scheduled-restart:node2": due } } };
    const done = answered("restart-cancel", "done", { tookMs: 10 });
    const start = key(due)(healthyState(), NOW);
    const gone = follow(
      cancel,
      [
        { afterMs: 1_000, answers: [done] },
        { afterMs: 2_000, change: key(null) },
      ],
      { start, over },
    );
    expect(gone.map((one) => endOf(one))).toEqual([null, ["done", "restart-cancelled"]]);
    const executed = follow(cancel, [{ afterMs: 62_000, answers: [done], change: all(key(null), late) }], {
      start,
      over,
    });
    expect(endOf(executed[0])).toEqual(["done-otherwise", "executed"]);
    const refused = [answered("restart-cancel", "refused", { tookMs: 10 })];
    expect(endOf(follow(cancel, [{ afterMs: 1_000, answers: refused }], { start, over })[0])).toEqual([
      "refused",
      "refused",
    ]);
    expect(callTo(cancel, healthyState())).toMatchObject({
      method: "DELETE",
      path: "/restart",
      body: {},
      member: "node2",
    });
  });
});
