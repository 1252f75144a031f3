import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import { ok, remember } from "../observation";
import { healthyState, NOW } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS } from "../testing/operations";
import { callTo, check, patroniIs, restarted } from "./testing/cases";
import { follow } from "./testing/follow";
import { all, following } from "./testing/handover";

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
