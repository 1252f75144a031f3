import { describe, expect, it } from "vitest";
import type { ActionKind, RequestOf } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import type { PoolServerStatus } from "../facts";
import { instant, memberName } from "../ids";
import { ok, remember } from "../observation";
import { answer, failing, healthyState, keyTo, NOW, patchDcs, patchPatroni, patchPostgres } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { verbOf } from ".";
import { endOf, follow, type Moment, states, worldOf } from "./testing/follow";
import { all, following, keyAt, settled } from "./testing/handover";

type Ends = readonly (readonly [string, string] | null)[];
type Case = readonly [string, readonly Moment[], Ends];
type Change = NonNullable<Moment["change"]>;

function check<K extends ActionKind>(request: RequestOf<K>, cases: readonly Case[], start?: ClusterState) {
  it.each(cases)("%s", (_name, moments, ends) => {
    expect(follow(request, moments, start ? { start } : {}).map((one) => endOf(one))).toEqual(ends);
  });
}

const RESTARTED = "2026-11-21 03:00:02.000001+00:00";
const restarted =
  (name: string, start = RESTARTED): Change =>
  (s, at) =>
    patchPostgres(patchPatroni(s, name, { postmasterStartTime: start }, at), name, { postmasterStartTime: start }, at);
const patroniIs =
  (name: string, over: Parameters<typeof patchPatroni>[2]): Change =>
  (s, at) =>
    patchPatroni(s, name, over, at);
const callTo = (request: RequestOf<ActionKind>, state: ClusterState, over = {}) =>
  verbOf(request.action).next(operationOf(request, state, over) as never, worldOf(state));

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

describe("reinitialisation", () => {
  const { reinitialize } = EXAMPLE_REQUESTS;
  const accepted = answered("reinitialize", "accepted", { tookMs: 50 });
  const copying = patroniIs("node2", { state: "creating-replica", role: "uninitialized" });
  const stopping = patroniIs("node2", { state: "stopping" });
  const fresh = all(following("node2", 7), restarted("node2"));
  check(reinitialize, [
    [
      "stopping, then running as before: still running",
      [
        { afterMs: 1_000, answers: [accepted], change: stopping },
        { afterMs: 1_000, change: patroniIs("node2", { state: "running" }) },
      ],
      [null, null],
    ],
    [
      "seen copying, then streaming from another postmaster: done",
      [
        { afterMs: 2_000, answers: [accepted], change: copying },
        { afterMs: 5_000, change: fresh },
      ],
      [null, ["done", "reinitialized"]],
    ],
    [
      "streaming from another postmaster, the copy unseen: done only after a while",
      [{ afterMs: 4_000, answers: [accepted], change: fresh }, { afterMs: 10_000 }, { afterMs: 6_000 }],
      [null, null, ["done", "reinitialized"]],
    ],
    [
      "streaming from the postmaster of before: never done",
      [
        { afterMs: 2_000, answers: [accepted], change: copying },
        { afterMs: 4_000, change: patroniIs("node2", { state: "running", role: "replica" }) },
      ],
      [null, null],
    ],
    [
      "refused, and it runs as before: refused",
      [{ afterMs: 1_000, answers: [answered("reinitialize", "refused", { tookMs: 10 })] }],
      [["refused", "refused"]],
    ],
    [
      "accepted, and nothing happens: failed",
      [{ afterMs: 1_000, answers: [accepted] }, { afterMs: 41_000 }],
      [null, ["failed", "no-change"]],
    ],
  ]);

  it("shows the bytes of the copy against the size of the cluster", () => {
    const stream = {
      pid: 71,
      application: "node2",
      client: "10.0.0.2",
      startedAt: null,
      phase: "streaming database files",
      totalBytes: null,
      streamedBytes: 4_096,
    };
    const state = healthyState();
    const sized = {
      ...state,
      sizes: {
        node1: remember(
          { source: "postgres-sizes", target: "node1", intervalMs: 60_000, good: null, last: null, failures: 0 },
          {
            source: "postgres-sizes",
            target: "node1",
            observedAt: NOW,
            tookMs: 9,
            result: ok({
              databases: [
                { name: "a", bytes: 10_000 },
                { name: "b", bytes: 2_000 },
              ],
            }),
          },
        ),
      },
      basebackups: {
        node1: remember(
          { source: "basebackup", target: "node1", intervalMs: 15_000, good: null, last: null, failures: 0 },
          { source: "basebackup", target: "node1", observedAt: NOW, tookMs: 9, result: ok({ streams: [stream] }) },
        ),
      },
    } satisfies ClusterState;
    const told = follow(
      reinitialize,
      [
        { afterMs: 2_000, answers: [accepted], change: copying },
        { afterMs: 60_000 },
        { afterMs: 1_000, change: fresh },
      ],
      { start: sized },
    );
    expect(told[0]?.progress).toEqual({ done: 4_096, total: 12_000, unit: "bytes" });
    expect(told[1]?.progress).toEqual({ done: 4_096, total: 12_000, unit: "bytes" });
    expect(told[2]?.progress).toEqual({ done: 12_000, total: 12_000, unit: "bytes" });
  });

  it("asks for a copy from the leader by Patroni's own spelling", () => {
    expect(callTo({ ...reinitialize, fromLeader: true }, healthyState())).toMatchObject({
      member: "node2",
      path: "/reinitialize",
      body: { from_leader: true },
    });
    expect(callTo(reinitialize, healthyState())).toMatchObject({ body: {} });
  });
});

describe("reload", () => {
  const { reload } = EXAMPLE_REQUESTS;
  const accepted = answered("reload:node2", "accepted", { status: 202, tookMs: 20 });
  check(reload, [
    [
      "accepted: running for one loop, then done",
      [{ afterMs: 1_000, answers: [accepted] }, { afterMs: 8_000 }, { afterMs: 1_500 }],
      [null, null, ["done", "reloaded"]],
    ],
    [
      "answer lost: unknown, for nothing shows",
      [{ afterMs: 9_000, answers: [answered("reload:node2", "unknown")] }],
      [["unknown", "no-answer"]],
    ],
    [
      "refused: refused",
      [{ afterMs: 1_000, answers: [answered("reload:node2", "refused")] }],
      [["refused", "refused"]],
    ],
  ]);

  it("of all asks each member once, and says how many took it", () => {
    const request = { ...reload, member: null };
    expect(callTo(request, healthyState())).toMatchObject({ id: "reload:node1", origin: "http://10.0.0.1:8008" });
    const answers = [
      answered("reload:node1", "accepted"),
      answered("reload:node2", "not-sent"),
      answered("reload:node3", "accepted"),
    ];
    const told = follow(request, [{ afterMs: 20_000, answers }]);
    expect(endOf(told[0])).toEqual(["done-otherwise", "partly"]);
  });
});

describe("pause and resume", () => {
  const dcs =
    (pause: boolean): Change =>
    (s, at) =>
      patchDcs(s, { pause }, at);
  const members = (pause: boolean, ...names: string[]) => all(...names.map((name) => patroniIs(name, { pause })));
  const done = answered("pause", "done", { tookMs: 50 });
  check(EXAMPLE_REQUESTS.pause, [
    ["the DCS alone: running", [{ afterMs: 1_000, answers: [done], change: dcs(true) }], [null]],
    [
      "the DCS and every member: done",
      [{ afterMs: 1_000, answers: [done], change: all(dcs(true), members(true, "node1", "node2", "node3")) }],
      [["done", "paused"]],
    ],
    [
      "answer lost, and every member shows it: done",
      [
        {
          afterMs: 9_000,
          answers: [answered("pause", "unknown")],
          change: all(dcs(true), members(true, "node1", "node2", "node3")),
        },
      ],
      [["done", "paused"]],
    ],
    [
      "one member does not follow: done otherwise after two loops",
      [
        { afterMs: 1_000, answers: [done], change: all(dcs(true), members(true, "node1", "node2")) },
        { afterMs: 21_000 },
      ],
      [null, ["done-otherwise", "partly"]],
    ],
    [
      "refused: refused",
      [{ afterMs: 1_000, answers: [answered("pause", "refused", { tookMs: 10 })] }],
      [["refused", "refused"]],
    ],
    [
      "answered, and the DCS does not show it for two loops: failed",
      [{ afterMs: 1_000, answers: [answered("pause", "unknown", { tookMs: 10 })] }, { afterMs: 21_000 }],
      [null, ["failed", "no-change"]],
    ],
  ]);
  check(
    EXAMPLE_REQUESTS.resume,
    [
      [
        "the DCS and every member: done",
        [
          {
            afterMs: 1_000,
            answers: [answered("resume", "done", { tookMs: 50 })],
            change: all(dcs(false), members(false, "node1", "node2", "node3")),
          },
        ],
        [["done", "resumed"]],
      ],
    ],
    all(dcs(true), members(true, "node1", "node2", "node3"))(healthyState(), NOW),
  );

  it("names a member that cannot be seen: Patroni's own tool would ignore it", () => {
    const cut: Change = (s, at) =>
      failing(failing(s, "patroni", "node3", "unreachable", at), "postgres", "node3", "unreachable", at);
    const change = all(dcs(true), members(true, "node1", "node2"), cut);
    const told = follow(EXAMPLE_REQUESTS.pause, [{ afterMs: 1_000, answers: [done], change }, { afterMs: 21_000 }]);
    expect(endOf(told[1])).toEqual(["done", "paused"]);
    expect(told[1]?.end?.outcome.reasons).toEqual([{ key: "verify.detail.unseen", params: { member: "node3" } }]);
  });

  it("is told to the leader, or to whoever answers", () => {
    expect(callTo(EXAMPLE_REQUESTS.pause, healthyState())).toMatchObject({
      member: "node1",
      method: "PATCH",
      path: "/config",
      body: { pause: true },
    });
    const silent = failing(healthyState(), "patroni", "node1", "refused", NOW);
    expect(callTo(EXAMPLE_REQUESTS.resume, silent)).toMatchObject({ member: "node2", body: { pause: null } });
  });
});

describe("change of the configuration", () => {
  const { configuration } = EXAMPLE_REQUESTS;
  const done = answered("config", "done", { tookMs: 50 });
  const config =
    (value: Readonly<Record<string, unknown>>): Change =>
    (s, at) =>
      patchDcs(s, { config: value, configRevision: "13" }, at);
  check(configuration, [
    [
      "the DCS holds it: done after one loop",
      [{ afterMs: 1_000, answers: [done], change: config({ ttl: 20, loop_wait: 10 }) }, { afterMs: 10_000 }],
      [null, ["done", "configured"]],
    ],
    [
      "answer lost, and the DCS holds it as text: done",
      [
        { afterMs: 1_000, answers: [answered("config", "unknown", { tookMs: 0 })], change: config({ ttl: "20" }) },
        { afterMs: 10_000 },
      ],
      [null, ["done", "configured"]],
    ],
    [
      "somebody else was first: refused",
      [{ afterMs: 1_000, answers: [answered("config", "refused", { tookMs: 10 })] }],
      [["refused", "refused"]],
    ],
    [
      "the DCS holds the old values for two loops: failed",
      [{ afterMs: 1_000, answers: [done] }, { afterMs: 21_000 }],
      [null, ["failed", "no-change"]],
    ],
  ]);

  it("removes keys, and names members that wait for a restart", () => {
    const patch = { postgresql: { parameters: { max_connections: 300 } }, loop_wait: null };
    const change = all(
      config({ ttl: 30, postgresql: { parameters: { max_connections: 300, work_mem: "8MB" } } }),
      patroniIs("node3", { pendingRestart: true }),
    );
    const told = follow({ ...configuration, patch }, [
      { afterMs: 1_000, answers: [done], change },
      { afterMs: 10_000 },
    ]);
    expect(endOf(told[1])).toEqual(["done", "configured"]);
    expect(told[1]?.end?.outcome.reasons).toEqual([
      { key: "outcome.reason.pending-restart", params: { member: "node3" } },
    ]);
  });
});

describe("backends", () => {
  const terminate = EXAMPLE_REQUESTS["backend-terminate"];
  check(terminate, [
    ["PostgreSQL took it: done", [{ afterMs: 500, answers: [answered("signal", "done")] }], [["done", "signalled"]]],
    [
      "there is no such backend: refused",
      [{ afterMs: 500, answers: [answered("signal", "refused")] }],
      [["refused", "refused"]],
    ],
    [
      "answer lost: unknown at the deadline",
      [{ afterMs: 500, answers: [answered("signal", "unknown")] }, { afterMs: 700_000 }],
      [null, ["unknown", "no-answer"]],
    ],
  ]);

  it("a WAL sender is done when the server no longer shows it", () => {
    const request = { ...terminate, pid: 4101 };
    const done = answered("signal", "done", { tookMs: 10 });
    const told = follow(request, [
      { afterMs: 500, inFlight: ["signal"] },
      { afterMs: 1_000, answers: [done] },
      { afterMs: 1_000, change: (s, at) => patchPostgres(s, "node1", { senders: [] }, at) },
    ]);
    expect(told.map((one) => endOf(one))).toEqual([null, null, ["done", "signalled"]]);
    const stays = follow(request, [{ afterMs: 1_000, answers: [done] }, { afterMs: 16_000 }]);
    expect(endOf(stays[1])).toEqual(["failed", "still-there"]);
  });

  it("compares the start of the backend in the same call", () => {
    expect(callTo(EXAMPLE_REQUESTS["backend-cancel"], healthyState())).toEqual({
      system: "postgres",
      id: "signal",
      member: "node1",
      signal: "cancel",
      pid: 4711,
      backendStart: instant(NOW),
    });
  });
});

describe("HAProxy servers", () => {
  const request = EXAMPLE_REQUESTS["haproxy-server"];
  const set =
    (status: PoolServerStatus, ...nodes: string[]): Change =>
    (state, at) =>
      nodes.reduce(
        (s, node) =>
          answer(
            s,
            "haproxy",
            node,
            (was) => ({
              ...was,
              pools: was.pools.map((pool) =>
                pool.name !== request.pool
                  ? pool
                  : { ...pool, servers: pool.servers.map((one) => (one.name === "node3" ? { ...one, status } : one)) },
              ),
            }),
            at,
          ),
        state,
      );
  const done = (node: string) => answered(`haproxy:${node}`, "done", { tookMs: 10 });

  it("goes from node to node, each only after the one before shows it", () => {
    const state = healthyState();
    const next = (s: ClusterState, ...nodes: string[]) => {
      const operation = operationOf(request, state, { answers: nodes.map(done) });
      const call = verbOf("haproxy-server").next(operation as never, worldOf(s, NOW + 100));
      return call && "node" in call ? call.node : null;
    };
    expect(next(state)).toBe("node1");
    expect(next(state, "node1")).toBeNull();
    expect(next(set("drain", "node1")(state, NOW + 100), "node1")).toBe("node2");
  });

  check({ ...request, node: "node1" }, [
    [
      "answered DONE, and the page shows it as before: running, then failed",
      [{ afterMs: 500, answers: [done("node1")] }, { afterMs: 21_000 }],
      [null, ["failed", "no-change"]],
    ],
    [
      "the page shows it: done",
      [{ afterMs: 500, answers: [done("node1")], change: set("drain", "node1") }],
      [["done", "server-set"]],
    ],
    [
      "answer lost, and the page shows it: done",
      [{ afterMs: 500, answers: [answered("haproxy:node1", "unknown", { tookMs: 0 })], change: set("drain", "node1") }],
      [["done", "server-set"]],
    ],
    [
      "refused: refused",
      [{ afterMs: 500, answers: [answered("haproxy:node1", "refused", { tookMs: 0 })] }],
      [["refused", "refused"]],
    ],
  ]);

  it("that one node would not set is done on the others, and says so", () => {
    const answers = [done("node1"), answered("haproxy:node2", "refused", { tookMs: 0 })];
    const told = follow(request, [{ afterMs: 500, answers, change: set("drain", "node1") }]);
    expect(endOf(told[0])).toEqual(["done-otherwise", "partly"]);
  });

  it("ready is whatever its check says, and not in maintenance", () => {
    const ready = { ...request, node: "node1", state: "ready" } as const;
    const start = set("maint", "node1")(healthyState(), NOW);
    const told = follow(
      ready,
      [
        { afterMs: 500, answers: [done("node1")] },
        { afterMs: 2_000, change: set("down", "node1") },
      ],
      { start },
    );
    expect(told.map((one) => endOf(one))).toEqual([null, ["done", "server-set"]]);
  });
});

describe("PgBouncer", () => {
  const paused =
    (on: boolean): Change =>
    (s, at) =>
      answer(s, "pgbouncer", "node1", (was) => ({ ...was, allPaused: on }), at);
  const done = answered("pgbouncer", "done", { tookMs: 10 });
  check(EXAMPLE_REQUESTS["pgbouncer-pause"], [
    [
      "answered, and it shows: done",
      [{ afterMs: 500, answers: [done], change: paused(true) }],
      [["done", "pgbouncer-paused"]],
    ],
    [
      "answered, and it does not show: running, then failed",
      [{ afterMs: 500, answers: [done] }, { afterMs: 46_000 }],
      [null, ["failed", "no-change"]],
    ],
    [
      "taken back in time: failed",
      [{ afterMs: 11_000, answers: [answered("pgbouncer", "failed")] }],
      [["failed", "failed"]],
    ],
    ["refused: refused", [{ afterMs: 500, answers: [answered("pgbouncer", "refused")] }], [["refused", "refused"]]],
    [
      "answer lost, and it shows: done",
      [{ afterMs: 500, answers: [answered("pgbouncer", "unknown", { tookMs: 0 })], change: paused(true) }],
      [["done", "pgbouncer-paused"]],
    ],
  ]);
  check(
    EXAMPLE_REQUESTS["pgbouncer-resume"],
    [
      [
        "it serves again: done",
        [
          { afterMs: 500, answers: [done] },
          { afterMs: 500, change: paused(false) },
        ],
        [null, ["done", "pgbouncer-resumed"]],
      ],
    ],
    paused(true)(healthyState(), NOW),
  );
  const one =
    (on: boolean): Change =>
    (s, at) =>
      answer(
        s,
        "pgbouncer",
        "node1",
        (was) => ({ ...was, databases: was.databases.map((d) => ({ ...d, name: "erp", paused: on })) }),
        at,
      );
  check({ ...EXAMPLE_REQUESTS["pgbouncer-pause"], database: "erp" }, [
    [
      "one database shows it: done",
      [{ afterMs: 500, answers: [done], change: one(true) }],
      [["done", "pgbouncer-paused"]],
    ],
    [
      "another one does: nothing is known of it",
      [{ afterMs: 500, answers: [done], change: paused(false) }, { afterMs: 46_000 }],
      [null, null],
    ],
  ]);
  check(EXAMPLE_REQUESTS["pgbouncer-reconnect"], [
    ["taken: done, and nothing to watch", [{ afterMs: 500, answers: [done] }], [["done", "reconnecting"]]],
  ]);
});

describe("cancelling a scheduled switchover", () => {
  const cancel = EXAMPLE_REQUESTS["switchover-cancel"];
  const done = answered("switchover-cancel", "done", { tookMs: 10 });
  const key = { leader: memberName("node1"), candidate: null, scheduledAt: instant(NOW + 60_000), modRevision: "901" };
  const gone: Change = (s, at) => patchDcs(s, { failover: null }, at);
  check(
    cancel,
    [
      [
        "the key is gone: done",
        [
          { afterMs: 500, answers: [done] },
          { afterMs: 500, change: gone },
        ],
        [null, ["done", "switchover-cancelled"]],
      ],
      [
        "answer lost, and the key is gone: done",
        [{ afterMs: 500, answers: [answered("switchover-cancel", "unknown", { tookMs: 0 })], change: gone }],
        [["done", "switchover-cancelled"]],
      ],
      [
        "too late, another leads: done otherwise",
        [{ afterMs: 500, answers: [done], change: all(gone, (s, at) => keyTo(s, "node2", "950", at)) }],
        [["done-otherwise", "executed"]],
      ],
      [
        "there was none: refused",
        [{ afterMs: 500, answers: [answered("switchover-cancel", "refused", { tookMs: 0, status: 404 })] }],
        [["refused", "refused"]],
      ],
      [
        "the key stays: failed",
        [{ afterMs: 500, answers: [done] }, { afterMs: 21_000 }],
        [null, ["failed", "no-change"]],
      ],
    ],
    patchDcs(healthyState(), { failover: key }),
  );
});
