import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { PoolServerStatus } from "../facts";
import { instant } from "../ids";
import { answer, healthyState, NOW, patchPostgres } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { verbOf } from ".";
import { type Change, callTo, check } from "./testing/cases";
import { endOf, follow, worldOf } from "./testing/follow";

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
