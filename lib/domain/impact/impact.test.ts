import { describe, expect, it } from "vitest";
import type { PlanContext } from "../actions/facts";
import type { ActionKind } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import { instant, type Lsn, type MemberName, memberName } from "../ids";
import {
  answer,
  cutHost,
  failing,
  haproxyFacts,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  vipNowhere,
} from "../testing/builders";
import { dcsMember, NO_TAGS } from "../testing/facts";
import { planContext, serverFacts } from "../testing/plan";
import { candidateImpacts, clientsCut, expectedGap, nextFailures, reinitImpact, routingImpact } from "./impact";

const [node1, node2, node3] = ["node1", "node2", "node3"].map(memberName) as [MemberName, MemberName, MemberName];
const keys = (texts: readonly { readonly key: string }[]) => texts.map(({ key }) => key.replace(/^impact\.\w+\./, ""));
const asked = (over: Parameters<typeof serverFacts>[1], leads = true) =>
  ({ state: "fresh", value: serverFacts(leads, over), at: NOW, ageMs: 0 }) as const;

describe("clients that will be cut", () => {
  it("by application, user and database, the largest group first, with their sum", () => {
    const [cut] = clientsCut(planContext(), [node1]);
    expect(cut).toMatchObject({ member: "node1", total: 50, at: instant(NOW) });
    expect(cut?.groups.map(({ application, count }) => [application, count])).toEqual([
      ["1cv8", 41],
      ["pgbouncer", 9],
    ]);
  });

  it("a member that could not be asked is left out, and nobody is not the same", () => {
    const servers = { node1: { state: "unknown", failure: null } as const, node2: asked({ clients: [] }, false) };
    expect(clientsCut(planContext(undefined, { servers }), [node1, node2, node3])).toEqual([
      { member: "node2", total: 0, groups: [], at: instant(NOW) },
    ]);
  });
});

/** The leader out of reach since some seconds, its key gone, and node2 behind node3. */
function deadLeader(state: ClusterState): ClusterState {
  const cut = keyTo(cutHost(state, "node1"), null, "900");
  const behind = "3/59FFF148" as Lsn;
  const trailing = patchPostgres(cut, "node2", { receivedLsn: behind, receiver: null });
  return patchPatroni(trailing, "node2", { receivedLsn: behind, lsn: behind, replicationState: null });
}

describe("the loss receipt before", () => {
  const of = (context: PlanContext, kind: "switchover" | "failover", member: string) =>
    candidateImpacts(context, kind).find((one) => one.member === member);

  it("an orderly switchover loses nothing", () => {
    expect(candidateImpacts(planContext(), "switchover").map(({ member }) => member)).toEqual(["node2", "node3"]);
    expect(of(planContext(), "switchover", "node2")).toMatchObject({ eligible: true, lossBytes: 0, basis: "none" });
  });

  it("a candidate that is not eligible says why, and none is promised for it", () => {
    const tagged = planContext((state) => patchPatroni(state, "node2", { tags: { ...NO_TAGS, nofailover: true } }));
    const one = of(tagged, "switchover", "node2");
    expect(one).toMatchObject({ eligible: false, basis: "estimate" });
    expect(one?.reason).not.toBeNull();
  });

  it("a failover from a living leader is reckoned by the leader's own row, with its age", () => {
    const context = planContext((state) =>
      patchPostgres(state, "node1", {
        senders: (state.postgres.node1?.good?.value.senders ?? []).map((row) => ({ ...row, flushLagBytes: 512 })),
      }),
    );
    expect(of(context, "failover", "node2")).toMatchObject({ lossBytes: 512, basis: "estimate", at: instant(NOW) });
  });

  it("of a dead leader it is the last position that it was seen at, and the older of both ages", () => {
    const context = planContext(deadLeader, {}, {});
    expect(of(context, "failover", "node2")).toMatchObject({ lossBytes: 0x1000, lossSeconds: null, basis: "estimate" });
    expect(of(context, "failover", "node3")).toMatchObject({ lossBytes: 0, basis: "estimate", at: instant(NOW) });
    expect(of(context, "failover", "node1")).toBeUndefined();
  });

  it.each<[string, (state: ClusterState) => ClusterState]>([
    [
      "another timeline",
      (s) => patchPatroni(patchPostgres(deadLeader(s), "node2", { timeline: 6 }), "node2", { timeline: 6 }),
    ],
    ["a member out of sight", (s) => cutHost(deadLeader(s), "node2")],
  ])("%s: unknown, which is never none", (_, change) => {
    expect(of(planContext(change), "failover", "node2")).toMatchObject({ lossBytes: null, basis: "unknown", at: null });
  });

  it("nobody is a candidate in a cluster of one", () => {
    expect(candidateImpacts(planContext(undefined, {}, { names: ["solo"] }), "switchover")).toEqual([]);
  });
});

describe("the expected write gap", () => {
  it.each<[string, ActionKind, MemberName | null]>([
    ["a replica's restart", "restart", node2],
    ["a reload", "reload", null],
    ["a reinitialisation", "reinitialize", node2],
  ])("%s leaves the writable server alone", (_, kind, member) => {
    expect(expectedGap(planContext(), kind, member)).toBeNull();
  });

  it("rests on what was measured here, newest first", () => {
    const gap = expectedGap(planContext(), "switchover", node2);
    expect(gap).toMatchObject({ fromMs: 2_300, toMs: 3_900 });
    expect(gap?.past.map(({ ms }) => ms)).toEqual([2_300, 3_900]);
    expect(keys(gap?.reasons ?? [])).toEqual(["past", "handover", "routing"]);
  });

  it("without a past it is reckoned, and each part says how", () => {
    const gap = expectedGap(planContext(undefined, { pastGaps: [] }), "switchover", node2);
    expect(gap).toMatchObject({ fromMs: 1_000, toMs: 10_000 });
    expect(keys(gap?.reasons ?? [])).toEqual(["handover", "routing"]);
  });

  it("a large checkpoint, long transactions and a far replica are told, and the checkpoint makes it longer", () => {
    const longTransactions = [{ pid: 7, user: "erp", application: "1cv8", seconds: 81 }];
    const servers = { node1: asked({ sinceCheckpointBytes: 2 ** 30, longTransactions }) };
    const far = (state: ClusterState) =>
      patchPostgres(state, "node1", {
        senders: (state.postgres.node1?.good?.value.senders ?? []).map((row) => ({ ...row, flushLagBytes: 2 ** 26 })),
      });
    const gap = expectedGap(planContext(far, { servers }), "switchover", node2);
    expect(gap?.toMs).toBeGreaterThan(50_000);
    expect(keys(gap?.reasons ?? [])).toEqual(["past", "handover", "checkpoint", "routing", "transactions", "senders"]);
  });

  it("a server that could not be asked: what is not known is said, not taken for nothing", () => {
    const gap = expectedGap(planContext(undefined, { servers: {} }), "switchover", node2);
    expect(keys(gap?.reasons ?? [])).toContain("checkpoint-unknown");
    expect(keys(gap?.reasons ?? [])).toContain("transactions-unknown");
  });

  it("a restart of the leader, alone or with all, names the time past which Patroni fails over", () => {
    for (const member of [node1, null]) {
      expect(keys(expectedGap(planContext(), "restart", member)?.reasons ?? [])).toContain("start-timeout");
    }
  });

  it("with a dead leader writes have stopped already, and the rest is told by loop_wait and ttl", () => {
    const gap = expectedGap(planContext(deadLeader), "failover", node3);
    expect(gap?.toMs).toBe(20_000);
    expect(keys(gap?.reasons ?? [])).toEqual(["stopped-already", "loop", "promotion", "routing"]);
    const held = expectedGap(
      planContext((state) => cutHost(state, "node1")),
      "failover",
      node3,
    );
    expect(held?.toMs).toBe(50_000);
    const untold = (state: ClusterState) => patchDcs(deadLeader(state), { ttlSeconds: null });
    expect(expectedGap(planContext(untold), "failover", node3)).toMatchObject({ fromMs: null, toMs: null });
  });
});

describe("what routing will do", () => {
  it("a switchover: the VIP, each pool and each PgBouncer, with names", () => {
    const told = routingImpact(planContext(), "switchover", node2);
    expect(keys(told)).toEqual(["vip-moves", "pools-move", "pgbouncer-local"]);
    expect(told[0]?.params).toMatchObject({ from: "node1", to: "node2", seen: "yes" });
  });

  it.each<[string, (state: ClusterState) => ClusterState, MemberName | null, string]>([
    ["a VIP whose holder is not seen", vipNowhere, node2, "vip-moves"],
    ["a node out of sight", (s) => failing(s, "haproxy", "node3", "unreachable"), node2, "pools-unseen"],
    ["a pool that has the candidate in maintenance", (s) => inMaintenance(s, "node2"), node2, "pools-astray"],
    ["a PgBouncer that leads to a member by address", (s) => leadingTo(s, "10.0.0.1"), node2, "pgbouncer-fixed"],
    ["a PgBouncer that leads through the VIP", (s) => leadingTo(s, "10.0.0.200"), node2, "pgbouncer-through"],
    [
      "a PgBouncer that is paused",
      (s) => answer(s, "pgbouncer", "node2", (w) => ({ ...w, allPaused: true })),
      null,
      "pgbouncer-paused",
    ],
    ["a PgBouncer out of sight", (s) => failing(s, "pgbouncer", "node3", "refused"), node2, "pgbouncer-unseen"],
  ])("%s is said", (_, change, to, key) => {
    expect(keys(routingImpact(planContext(change), "failover", to))).toContain(key);
  });

  it("a VIP that follows HAProxy stays", () => {
    const told = routingImpact(planContext(undefined, {}, { vip: "haproxy" }), "switchover", node2);
    expect(keys(told)[0]).toBe("vip-stays");
  });

  it("a restart of the leader stops writes; a replica's does not", () => {
    expect(keys(routingImpact(planContext(), "restart", node1))).toEqual(["pools-lose", "writes-stop"]);
    expect(keys(routingImpact(planContext(), "restart", node2))).toEqual(["pools-lose"]);
    expect(keys(routingImpact(planContext(), "restart", null))).toEqual(["pools-lose", "writes-stop"]);
  });

  it("nothing is said where nothing is configured, or of an action that touches no route", () => {
    const bare = planContext(undefined, {}, { haproxy: false, pgbouncer: false, vip: null });
    expect(routingImpact(bare, "switchover", node2)).toEqual([]);
    expect(routingImpact(planContext(), "reload", node2)).toEqual([]);
  });
});

const inMaintenance = (state: ClusterState, name: string): ClusterState => {
  const facts = haproxyFacts(["node1", "node2", "node3"], ["node1"]);
  const servers = (facts.pools[0]?.servers ?? []).map((one) =>
    one.name === name ? { ...one, status: "maint" as const } : one,
  );
  const pools = facts.pools.map((pool, at) => (at === 0 ? { ...pool, servers } : pool));
  return answer(state, "haproxy", "node1", { ...facts, pools });
};
const leadingTo = (state: ClusterState, host: string): ClusterState =>
  answer(state, "pgbouncer", "node3", (was) => ({ ...was, databases: was.databases.map((one) => ({ ...one, host })) }));

describe("a reinitialisation", () => {
  it("names host, directory, size, source, and who could lead meanwhile", () => {
    expect(reinitImpact(planContext(), node3, true)).toEqual({
      member: "node3",
      host: "10.0.0.3",
      dataDirectory: "/var/lib/postgresql/17/main",
      bytes: 48 * 2 ** 30,
      copyFrom: "node1",
      candidatesLeft: ["node2"],
    });
  });

  it("a member marked clonefrom is the source, unless the leader is asked for or another method comes first", () => {
    const clone = (state: ClusterState) =>
      patchDcs(state, {
        members: [
          dcsMember("node1", 0, true),
          dcsMember("node2", 1, false, { tags: { ...NO_TAGS, clonefrom: true } }),
          dcsMember("node3", 2, false),
        ],
      });
    expect(reinitImpact(planContext(clone), node3, false).copyFrom).toBe("node2");
    expect(reinitImpact(planContext(clone), node3, true).copyFrom).toBe("node1");
    expect(reinitImpact(planContext(clone), node2, false).copyFrom).toBe("node1");
    const methods = (state: ClusterState) =>
      patchDcs(clone(state), { config: { postgresql: { create_replica_methods: ["pgbackrest", "basebackup"] } } });
    expect(reinitImpact(planContext(methods), node3, false).copyFrom).toBe("pgbackrest");
  });

  it("what could not be asked is unknown", () => {
    const context = planContext((state) => keyTo(state, null, "900"), { servers: {} });
    expect(reinitImpact(context, node3, true)).toMatchObject({ dataDirectory: null, bytes: null, copyFrom: null });
  });
});

it("single failures after the action: those that stop writes come first", () => {
  const told = nextFailures(planContext(), { leader: node2, without: [], paused: false });
  const order = told.map(({ writes }) => writes);
  expect(order).toEqual(
    order.toSorted((a, b) => ["lost", "unknown", "served"].indexOf(a) - ["lost", "unknown", "served"].indexOf(b)),
  );
  expect(told.find(({ layer, subject }) => layer === "haproxy" && subject === "node2")?.writes).toBe("lost");
});
