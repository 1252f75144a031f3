import { describe, expect, it } from "vitest";
import { instant, memberName } from "../ids";
import { failing, healthyState, keyTo, NOW, patchDcs } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS } from "../testing/operations";
import { type Change, callTo, check, patroniIs } from "./testing/cases";
import { endOf, follow } from "./testing/follow";
import { all } from "./testing/handover";

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
