import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../cluster-state";
import type { FailoverKey } from "../../facts";
import { instant, memberName } from "../../ids";
import {
  answer,
  failing,
  failingDcs,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipNowhere,
  vipOn,
} from "../../testing/builders";
import { aged, agedDcs, asIs, never, neverDcs, type Row, verdict } from "../../testing/judge";
import { planContext } from "../../testing/plan";
import { membersSeen, membersSettled, noPendingHandover, notPaused, timeAhead } from "./cluster";
import { dcsFresh, dcsMargin, dcsQuorum } from "./dcs";
import { leaderKnown, leaderPrimary, leaderThere, oneWriter } from "./leader";
import { routingChecks } from "./routing";
import { someoneReachable } from "./target";

const one = memberName("node1");
const staleDcs = (s: ClusterState) => agedDcs(s, 60_000);
const key = (over: Partial<FailoverKey>) => (s: ClusterState) =>
  patchDcs(s, {
    failover: { leader: one, candidate: memberName("node2"), scheduledAt: null, modRevision: "9", ...over },
  });
const paused = (s: ClusterState) => patchDcs(s, { pause: true });
const etcd = (s: ClusterState, index: number) => failing(s, "dcsMembers", `http://10.0.0.${index}:2379`, "refused");

describe("the DCS", () => {
  it.each<Row>([
    ["read just now", "pass yes", asIs],
    ["too old", "block stale", staleDcs],
    ["without a quorum", "block stale", (s) => failingDcs(s, "no-quorum")],
    ["never read", "block missing", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(dcsFresh(planContext(change)))).toBe(says));
  it.each<Row>([
    ["all of etcd", "pass yes", asIs],
    ["two of three lost", "block no", (s) => failingDcs(etcd(etcd(s, 2), 3), "no-quorum")],
    ["members out of sight, a linearizable read answered", "pass by-read", (s) => ({ ...s, dcsMembers: {} })],
    [
      "members out of sight, read through Patroni",
      "warn unknown",
      (s) => patchDcs({ ...s, dcsMembers: {} }, { kind: "patroni" }),
    ],
    ["members out of sight, stale", "warn unknown", (s) => staleDcs({ ...s, dcsMembers: {} })],
  ])("%s: %s", (_, says, change) => expect(verdict(dcsQuorum(planContext(change)))).toBe(says));
  it.each<Row>([
    ["one may fail", "pass enough", asIs],
    ["one has failed", "warn none", (s) => etcd(s, 3)],
    ["one is stale", "warn none", (s) => aged(s, "dcsMembers", "http://10.0.0.3:2379", 60_000)],
  ])("%s: %s", (_, says, change) => expect(dcsMargin(planContext(change)).map(verdict)).toEqual([says]));
  it("is not counted where etcd is not looked at", () => {
    expect(dcsMargin(planContext((s) => ({ ...s, dcsMembers: {} })))).toEqual([]);
  });
});

describe("the leader", () => {
  it.each<Row>([
    ["holds the key", "pass yes", asIs],
    ["is nobody", "block none", (s) => keyTo(s, null, "9")],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(leaderKnown(planContext(change)))).toBe(says));
  it("that is nobody is only a warning for a pause, while a DCS out of sight stays a block", () => {
    expect(verdict(leaderThere(planContext((s) => keyTo(s, null, "9"))))).toBe("warn none");
    expect(verdict(leaderThere(planContext(staleDcs)))).toBe("block unseen");
  });
  it.each<Row>([
    ["says so itself", "pass yes", asIs],
    ["calls itself a replica", "block no", (s) => patchPatroni(s, "node1", { role: "replica" })],
    ["does not run", "block no", (s) => patchPatroni(s, "node1", { state: "stopping" })],
    ["is in recovery by PostgreSQL", "block no", (s) => patchPostgres(s, "node1", { inRecovery: true })],
    ["stale", "block unseen", (s) => aged(s, "patroni", "node1", 60_000)],
    ["missing", "block unseen", (s) => never(s, "patroni", "node1")],
    [
      "of a standby cluster",
      "pass yes",
      (s) =>
        patchPostgres(
          patchPatroni(patchDcs(s, { config: { standby_cluster: { host: "x" } } }), "node1", {
            role: "standby-leader",
          }),
          "node1",
          { inRecovery: true },
        ),
    ],
  ])("%s: %s", (_, says, change) => expect(verdict(leaderPrimary(planContext(change), one))).toBe(says));
  it.each<Row>([
    ["alone accepts writes", "pass yes", asIs],
    ["beside an open replica", "block no", (s) => patchPostgres(s, "node3", { inRecovery: false })],
    [
      "beside one that Patroni calls primary, where PostgreSQL is not asked",
      "block no",
      (s) => patchPatroni(never(s, "postgres", "node3"), "node3", { role: "primary" }),
    ],
    [
      "beside one that was open and is stale",
      "pass yes",
      (s) => aged(patchPostgres(s, "node3", { inRecovery: false }), "postgres", "node3", 60_000),
    ],
  ])("%s: %s", (_, says, change) => expect(verdict(oneWriter(planContext(change)))).toBe(says));
});

describe("a handover that waits", () => {
  it.each<Row>([
    ["none", "pass none", asIs],
    ["asked for", "block pending", key({})],
    ["scheduled", "block scheduled", key({ scheduledAt: instant(NOW + 60_000) })],
    ["scheduled for a time that has passed", "block scheduled", key({ scheduledAt: instant(NOW - 60_000) })],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(noPendingHandover(planContext(change)))).toBe(says));
  it("is a warning where it is not replaced", () => {
    expect(noPendingHandover(planContext(key({})), "warn").status).toBe("warn");
  });
});

describe("a pause", () => {
  const now = { scheduled: false, named: true };
  it.each<Row>([
    ["none", "pass no", asIs],
    ["paused, with a candidate", "warn yes", paused],
    ["stale", "block unseen", staleDcs],
    ["missing", "block unseen", neverDcs],
  ])("%s: %s", (_, says, change) => expect(verdict(notPaused(planContext(change), now, "switchover"))).toBe(says));
  it("forbids to schedule, and a switchover without a candidate", () => {
    const context = planContext(paused);
    expect(verdict(notPaused(context, { scheduled: true, named: true }, "switchover"))).toBe("block scheduled");
    expect(verdict(notPaused(context, { scheduled: true, named: true }, "restart"))).toBe("block scheduled");
    expect(verdict(notPaused(context, { scheduled: false, named: false }, "switchover"))).toBe("block no-candidate");
  });
});

describe("the other members", () => {
  it.each<Row>([
    ["settled", "pass yes", asIs],
    ["one restarts", "block no", (s) => patchPatroni(s, "node3", { state: "restarting" })],
    ["one is made anew", "block no", (s) => patchPatroni(s, "node3", { state: "creating-replica" })],
  ])("%s: %s", (_, says, change) => expect(verdict(membersSettled(planContext(change), [one], false))).toBe(says));
  it("are only warned of in a failover", () => {
    const context = planContext((s) => patchPatroni(s, "node3", { state: "starting" }));
    expect(membersSettled(context, [], true).status).toBe("warn");
  });
  it.each<Row>([
    ["seen", "pass yes", asIs],
    ["stale", "warn no", (s) => aged(s, "patroni", "node3", 60_000)],
    ["missing", "warn no", (s) => never(s, "patroni", "node3")],
  ])("%s: %s", (_, says, change) => expect(verdict(membersSeen(planContext(change), [one]))).toBe(says));
  it("take a call in place of a leader that is silent", () => {
    expect(verdict(someoneReachable(planContext()))).toBe("pass yes");
    expect(verdict(someoneReachable(planContext((s) => never(s, "patroni", "node1"))))).toBe("warn not-leader");
    expect(verdict(someoneReachable(planContext((s) => ({ ...s, patroni: {} }))))).toBe("block no");
  });
});

describe("a set time", () => {
  it.each([
    [60_000, ["pass ahead", "warn text"]],
    [0, ["block past"]],
    [-1, ["block past"]],
  ])("%i ms ahead: %j", (ms, says) => {
    expect(timeAhead(planContext(), instant(NOW + ms)).map(verdict)).toEqual(says);
  });
});

describe("the ways of clients", () => {
  const [vip, haproxy] = [0, 1];
  const ask = (index: number) => (change: (s: ClusterState) => ClusterState) => {
    const check = routingChecks(planContext(change))[index];
    return check ? verdict(check) : "none";
  };
  it.each<Row>([
    ["leads to the leader", "pass agrees", asIs],
    ["leads elsewhere", "warn disagrees", (s) => vipOn(s, "node2")],
    ["is found nowhere", "warn disagrees", vipNowhere],
  ])("the VIP %s: %s", (_, says, change) => expect(ask(vip)(change)).toBe(says));
  it.each<Row>([
    ["leads to the leader", "pass agrees", asIs],
    [
      "leads elsewhere",
      "warn disagrees",
      (s) => ["node1", "node2", "node3"].reduce((x, node) => routes(x, node, ["node2"]), s),
    ],
    [
      "is silent",
      "warn silent",
      (s) => ["node1", "node2", "node3"].reduce((x, node) => failing(x, "haproxy", node, "refused"), s),
    ],
  ])("HAProxy %s: %s", (_, says, change) => expect(ask(haproxy)(change)).toBe(says));
  it("are not asked about where there are none", () => {
    expect(routingChecks(planContext(asIs, {}, { haproxy: false, vip: null }))).toEqual([]);
  });
  it("rest on what the witness saw", () => {
    const [check] = routingChecks(planContext((s) => answer(s, "haproxy", "node1", (was) => was)));
    expect(check?.evidence.map(({ sourceId }) => sourceId)).toContain("vip:10.0.0.200");
  });
});
