import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import {
  type ClusterOptions,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipNowhere,
  vipOn,
} from "../testing/builders";
import { eyeSees, finds } from "../testing/client-eye";
import { bareText } from "../testing/samples";

const healthy = (options: ClusterOptions = {}) => healthyState({ clientEye: true, ...options });
const draw = (state: ClusterState, previous: Snapshot | null, now = NOW + 10): Snapshot => ({
  ...buildSnapshot(state, previous, now, bareText),
  version: 1,
});
const before = draw(healthy({ now: NOW - 60_000 }), null, NOW - 60_000);
const after = (state: ClusterState): Snapshot => draw(state, before);
const brief = ({ writePath: { state, code, writer } }: Snapshot) => [state, code, writer];
const client = ({ writePath }: Snapshot) => writePath.witnesses.find((w) => w.layer === "client");

describe("the client's own eye is a witness", () => {
  it("the seventh of seven, who comes first", () => {
    const { writePath } = after(healthy());
    expect(writePath).toMatchObject({ state: "ok", agree: 7, of: 7 });
    expect(writePath.witnesses[0]).toMatchObject({ layer: "client", verdict: "agree", points: "node1" });
  });

  it("that has no say where it is not configured", () => {
    const { writePath, clientEye } = after(healthyState());
    expect(clientEye).toBeNull();
    expect(writePath).toMatchObject({ agree: 6, of: 6 });
    expect(writePath.witnesses[0]).toMatchObject({ layer: "client", verdict: "n/a" });
  });

  const cases: readonly (readonly [string, (s: ClusterState) => ClusterState, string, readonly unknown[]])[] = [
    ["one failed look is not held against anybody", (s) => eyeSees(s, "timeout", 1), "silent", ["ok", "ok", "node1"]],
    ["two are: clients are cut off", (s) => eyeSees(s, "refused"), "disagree", ["broken", "client-cut-off", "node1"]],
    [
      "a read-only server on the write port breaks writes",
      (s) => eyeSees(s, finds(1, "read-only")),
      "disagree",
      ["broken", "misrouted", "node1"],
    ],
    [
      "the leader itself, read-only by its settings, does too",
      (s) => eyeSees(s, finds(0, "read-only")),
      "disagree",
      ["broken", "misrouted", "node1"],
    ],
    [
      "another member that takes writes is said",
      (s) => eyeSees(s, finds(1)),
      "disagree",
      ["degraded", "agree-partly", "node1"],
    ],
    [
      "a refused login leaves it out of sight, and breaks nothing",
      (s) => eyeSees(s, "unauthorized"),
      "silent",
      ["degraded", "agree-partly", "node1"],
    ],
    [
      "a server that nobody knows may have just been started",
      (s) => eyeSees(s, finds(7), 1),
      "silent",
      ["ok", "ok", "node1"],
    ],
    [
      "and is a stranger once every member has said when it started",
      (s) =>
        ["node1", "node2", "node3"].reduce(
          (state, name) => patchPatroni(state, name, {}, NOW + 5),
          eyeSees(s, finds(7), 2, NOW - 500),
        ),
      "disagree",
      ["degraded", "agree-partly", "node1"],
    ],
  ];
  it.each(cases)("%s", (_name, change, verdict, expected) => {
    const snapshot = after(change(healthy()));
    expect(client(snapshot)?.verdict).toBe(verdict);
    expect(brief(snapshot)).toEqual(expected);
  });

  it("is out of sight when nothing was heard of it for three beats", () => {
    const state = healthy();
    const { memory, look } = state.clientEye ?? {};
    if (!memory?.last || !look) throw new Error("the eye has not looked");
    const old = { ...memory, last: { ...memory.last, at: NOW - 3_001, startedAt: NOW - 3_004 } };
    const snapshot = after({ ...state, clientEye: { look, memory: old } });
    expect(snapshot.clientEye).toMatchObject({ state: "stale", trust: "stale", confirmed: false });
    expect(client(snapshot)?.verdict).toBe("silent");
    expect(brief(snapshot)).toEqual(["degraded", "agree-partly", "node1"]);
  });

  it("is told where the sentence rests on it", () => {
    const { writePath } = after(eyeSees(healthy(), "refused"));
    expect(writePath.message).toMatchObject({ key: "domain.verdict.client-fails", params: { failure: "refused" } });
    expect(writePath.disagree).toHaveLength(1);
  });
});

describe("what other layers say wrong is broken only while clients do not get through", () => {
  const ways: readonly (readonly [string, (s: ClusterState) => ClusterState, string])[] = [
    ["a VIP that answers none of our questions", vipNowhere, "vip-nowhere"],
    ["a HAProxy that sends elsewhere", (s) => routes(s, "node1", ["node2"]), "misrouted"],
    ["a HAProxy without a server", (s) => routes(s, "node1", []), "pool-empty"],
  ];
  it.each(ways)("%s", (_name, change, code) => {
    expect(brief(after(change(healthy())))).toEqual(["degraded", code, "node1"]);
    expect(brief(after(eyeSees(change(healthy()), "reset")))).toEqual(["broken", code, "node1"]);
    expect(brief(after(eyeSees(change(healthy()), "unauthorized")))).toEqual(["broken", code, "node1"]);
    expect(brief(after(change(healthyState())))).toEqual(["broken", code, "node1"]);
  });

  it("and not by a session that was made before the layer went wrong", () => {
    const state = routes(healthy(), "node1", ["node2"], NOW + 2_000);
    expect(draw(state, before, NOW + 2_010).writePath.state).toBe("broken");
  });

  it("what merely is untidy becomes broken when clients are cut off", () => {
    const untidy = vipOn(healthy(), "node2");
    expect(brief(after(untidy))).toEqual(["degraded", "vip-elsewhere", "node1"]);
    expect(brief(after(eyeSees(untidy, "reset")))).toEqual(["broken", "client-cut-off", "node1"]);
  });
});

describe("where nobody is to take writes", () => {
  it("it does not name a writer by its own word", () => {
    const snapshot = after(eyeSees(keyTo(healthy(), null, "999"), finds(1)));
    expect(snapshot.writePath.writer).toBeNull();
    expect(client(snapshot)?.verdict).toBe("silent");
  });

  it("a promotion under way is what the verdict says, and the eye stands beside it", () => {
    const state = patchPatroni(
      patchPostgres(keyTo(healthy(), "node2", "999"), "node1", { inRecovery: true }),
      "node1",
      { role: "replica" },
    );
    const snapshot = after(eyeSees(state, "reset"));
    expect(brief(snapshot)).toEqual(["broken", "promoting", null]);
    expect(client(snapshot)?.verdict).toBe("disagree");
  });

  it("a standby cluster is read-only by design", () => {
    const config = { standby_cluster: { host: "10.9.9.9", port: 5432 } };
    const state = patchPatroni(patchPostgres(patchDcs(healthy(), { config }), "node1", { inRecovery: true }), "node1", {
      role: "standby-leader",
    });
    const snapshot = after(eyeSees(state, finds(0, "read-only")));
    expect(brief(snapshot)).toEqual(["ok", "ok", null]);
    expect(client(snapshot)?.verdict).toBe("silent");
  });
});

describe("the picture of it", () => {
  it("tells the gap that lasts and the one that is over", () => {
    const failing = eyeSees(healthy(), "reset", 3, NOW + 500);
    expect(draw(failing, before, NOW + 600).clientEye).toMatchObject({
      state: "failing",
      trust: "fresh",
      member: null,
      currentGap: { attempts: 3, startedAt: new Date(NOW).toISOString() },
      lastGap: null,
    });
    const over = eyeSees(failing, finds(1), 2, NOW + 1_000);
    expect(draw(over, before, NOW + 1_100).clientEye).toMatchObject({
      state: "writable",
      member: "node2",
      currentGap: null,
      lastGap: { startedAt: new Date(NOW).toISOString(), lengthMs: 751 },
    });
  });

  it("names a member by its last word, though that is old by now: a server that is gone was that server", () => {
    const state = patchPatroni(patchPostgres(healthy(), "node1", {}, NOW - 60_000), "node1", {}, NOW - 60_000);
    expect(after(state).clientEye?.member).toBe("node1");
  });
});
