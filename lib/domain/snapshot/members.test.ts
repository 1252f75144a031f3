import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { PostgresFacts } from "../facts";
import type { Lsn } from "../ids";
import type { MemberView, Snapshot } from "../snapshot";
import { cutHost, failing, healthyState, keyTo, NOW, patchDcs, patchPatroni, patchPostgres } from "../testing/builders";
import { walSender } from "../testing/facts";
import { never } from "../testing/judge";
import { bareText } from "../testing/samples";
import { buildSnapshot } from "./build";
import { versionText } from "./members";

const picture = (state: ClusterState): Snapshot => ({ ...buildSnapshot(state, null, NOW, bareText), version: 1 });
const member = (state: ClusterState, name: string): MemberView | undefined =>
  picture(state).members.find((m) => m.name === name);
const leaderSends = (rows: PostgresFacts["senders"]) => patchPostgres(healthyState(), "node1", { senders: rows });

describe("a member's role", () => {
  it("is leader for the holder of the leader key alone", () => {
    expect(picture(healthyState()).members.map((m) => m.role)).toEqual(["leader", "replica", "replica"]);
  });
  it("is not leader for a primary without the key", () => {
    const state = patchPatroni(patchPostgres(healthyState(), "node2", { inRecovery: false }), "node2", {
      role: "primary",
    });
    expect(member(state, "node2")).toMatchObject({ role: "unknown", roleTrust: "fresh" });
  });
  it("is as stale as the DCS that gave it", () => {
    expect(member(patchDcs(healthyState(), {}, NOW - 60_000), "node1")).toMatchObject({
      role: "leader",
      roleTrust: "stale",
    });
  });
  it("is sync standby by the sync key, quorum standby where the configuration says so", () => {
    const sync = { leader: null, standbys: ["node2"] };
    expect(member(patchDcs(healthyState(), { sync }), "node2")?.role).toBe("sync-standby");
    const config = { synchronous_mode: "quorum" };
    expect(member(patchDcs(healthyState(), { sync, config }), "node2")?.role).toBe("quorum-standby");
  });
});

describe("a member out of sight, whose key outlives it by up to one TTL", () => {
  const cut = cutHost(healthyState(), "node2");
  const members = cut.dcs.good?.value.members.map((m) => (m.name === "node2" ? { ...m, timeline: 6 } : m)) ?? [];
  it("has the role that its key tells, as stale", () => {
    expect(member(cut, "node2")).toMatchObject({ role: "replica", roleTrust: "stale" });
  });
  it("is not said to be on another timeline, which it may have left since its last HA loop; what it trails by is not given", () => {
    expect(member(patchDcs(cut, { members }), "node2")).toMatchObject({
      timelineDiffers: false,
      lag: { replayBytes: null, trust: "unknown" },
    });
  });
  it("is what its key says as soon as either its Patroni or its PostgreSQL answers", () => {
    const heard = failing(healthyState(), "patroni", "node2", "timeout");
    expect(member(heard, "node2")).toMatchObject({ role: "replica", roleTrust: "fresh" });
  });
});

describe("a member's state", () => {
  it("is what its key says where nobody answers, or nobody was asked yet, and stale: a key outlives its member", () => {
    const started = never(never(healthyState(), "patroni", "node1"), "postgres", "node1");
    expect(member(started, "node1")).toMatchObject({ state: "running", stateTrust: "stale" });
    for (const room of ["patroni", "postgres"] as const) {
      const asked = failing(started, room, "node1", "unreachable");
      expect(member(asked, "node1")).toMatchObject({ state: "running", stateTrust: "stale" });
    }
  });
});

describe("a member that vanished from the DCS", () => {
  it("stays in the picture as missing", () => {
    const state = healthyState();
    const left = state.dcs.good?.value.members.filter((m) => m.name !== "node3") ?? [];
    expect(member(patchDcs(cutHost(state, "node3"), { members: left }), "node3")).toMatchObject({
      presence: "missing",
      host: "10.0.0.3",
      stateTrust: "stale",
    });
  });
});

describe("lag", () => {
  it("is none for the leader", () => {
    expect(member(healthyState(), "node1")?.lag).toMatchObject({ basis: "none", trust: "n/a" });
  });
  it("is the sender's, matched by application_name whatever the case", () => {
    const lag = member(leaderSends([walSender("NODE2", 1, { replayLagBytes: 77 })]), "node2")?.lag;
    expect(lag).toMatchObject({ basis: "sender", replayBytes: 77 });
  });
  it("in seconds is zero when nothing is outstanding and unknown when something is, without a sample", () => {
    const idle = walSender("node2", 1, { replayLagBytes: 0, replayLagSeconds: null });
    const behind = walSender("node3", 2, { replayLagBytes: 9, replayLagSeconds: null });
    expect(member(leaderSends([idle, behind]), "node2")?.lag.replaySeconds).toBe(0);
    expect(member(leaderSends([idle, behind]), "node3")?.lag.replaySeconds).toBeNull();
  });
  it("does not come from a base backup's or a logical row", () => {
    const rows = [walSender("node2", 1, { state: "backup" }), walSender("node3", 2, { slotType: "logical" })];
    expect(member(leaderSends(rows), "node2")?.lag.basis).toBe("standby");
    expect(member(leaderSends(rows), "node3")?.lag.basis).toBe("standby");
  });
  it("is the standby's own against the leader's position without a sender row", () => {
    const state = patchPostgres(leaderSends([]), "node2", { replayedLsn: "3/5A000100" as Lsn });
    expect(member(state, "node2")?.lag).toMatchObject({ basis: "standby", receiveBytes: 0, replayBytes: 0x48 });
  });
  it("is Patroni's where PostgreSQL is not seen, and stale with it", () => {
    const state = healthyState({ postgres: false });
    expect(member(state, "node2")?.lag).toMatchObject({ basis: "patroni", replayBytes: 0, trust: "fresh" });
    expect(member(patchDcs(state, {}, NOW - 60_000), "node2")?.lag).toMatchObject({ basis: "patroni", trust: "stale" });
  });
  it("is unknown, not zero, on another timeline", () => {
    expect(member(patchPostgres(healthyState(), "node2", { timeline: 6 }), "node2")).toMatchObject({
      timelineDiffers: true,
      lag: { basis: "none", replayBytes: null, trust: "unknown" },
    });
  });
});

describe("the upstream", () => {
  it("is found by the receiver's address, and by the sender's row where there is no receiver", () => {
    expect(member(healthyState(), "node2")?.upstream).toBe("node1");
    expect(member(patchPostgres(healthyState(), "node2", { receiver: null }), "node2")?.upstream).toBe("node1");
  });
  it("is the cascading replica that really sends", () => {
    const receiver = {
      ...(healthyState().postgres.node3?.good?.value.receiver ?? null),
      senderHost: "10.0.0.2",
    } as PostgresFacts["receiver"];
    expect(member(patchPostgres(healthyState(), "node3", { receiver }), "node3")?.upstream).toBe("node2");
  });
});

describe("the leader", () => {
  it("leads since Patroni's own time of the promotion, else since we saw it", () => {
    expect(picture(healthyState()).leader?.since).toBe("2026-11-17T22:51:09.000Z");
    expect(picture(patchDcs(healthyState(), { history: [] })).leader?.since).toBe(new Date(NOW).toISOString());
  });
  it("is nobody while the key is gone or out of sight", () => {
    expect(picture(keyTo(healthyState(), null, "9")).leader).toBeNull();
    expect(picture(patchDcs(healthyState(), {}, NOW - 60_000)).leader).toBeNull();
  });
});

it("a source that fails is found, once it has been stale for a while, with its kind and its beginning", () => {
  const state = failing(healthyState(), "haproxy", "node3", "refused");
  const first = picture(state);
  expect(first.findings.map(({ id }) => id)).not.toContain("source-silent:haproxy:node3");
  const second = buildSnapshot(state, first, NOW + 15_000, bareText);
  const found = second.findings.find((f) => f.id === "source-silent:haproxy:node3");
  expect(found?.text.params).toMatchObject({ failure: "refused", target: "node3" });
  expect(found?.since).toBe(first.at);
});

it.each([
  [170_002, "17.2"],
  [140_011, "14.11"],
  [90_624, null],
  [null, null],
])("server version %s reads %s", (number, text) => {
  expect(versionText(number)).toBe(text);
});
