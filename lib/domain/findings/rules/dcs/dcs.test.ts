import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import type { DcsMemberStatus } from "../../../facts";
import type { Instant } from "../../../ids";
import type { Snapshot } from "../../../snapshot";
import { buildSnapshot } from "../../../snapshot/build";
import {
  answer,
  cutHost,
  failing,
  failingDcs,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
} from "../../../testing/builders";
import { aged, agedDcs } from "../../../testing/judge";
import { bareText } from "../../../testing/samples";
import { says } from "../../testing/replication";
import { DCS_RULES } from ".";
import { dcsBehind } from "./dcs-behind";
import { dcsElections } from "./dcs-elections";
import { dcsEven } from "./dcs-even";
import { dcsMemberDown } from "./dcs-member-down";
import { dcsNoLeader } from "./dcs-no-leader";
import { dcsNospace } from "./dcs-nospace";
import { dcsQuota } from "./dcs-quota";
import { dcsSlow } from "./dcs-slow";
import { dcsTtl } from "./dcs-ttl";
import { dcsNoQuorum } from "./no-quorum";

const GIB = 2 ** 30;
const healthy = () => healthyState();
const url = (i: number) => `http://10.0.0.${i}:2379`;

const etcd = (i: number, over: Partial<DcsMemberStatus>, state = healthy(), tookMs = 3) =>
  answer(state, "dcsMembers", url(i), (was: DcsMemberStatus) => ({ ...was, ...over }), state.dcs.last?.at, tookMs);
const everyEtcd = (over: Partial<DcsMemberStatus>, state = healthy()) =>
  [1, 2, 3].reduce((s, i) => etcd(i, over, s), state);
const dead = (i: number, state = healthy()) => failing(state, "dcsMembers", url(i), "refused");
const noQuorum = (state = dead(3, dead(2))) =>
  failingDcs(etcd(1, { leaderId: null, isLeader: false }, state), "no-quorum");
/** Without the etcd member that is asked there. */
function without(i: number, state = healthy()): ClusterState {
  const { [url(i)]: _, ...dcsMembers } = state.dcsMembers;
  return { ...state, dcsMembers };
}

describe.each(DCS_RULES.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test.each<[string, ClusterState]>([
    ["three members", healthy()],
    ["seven members, three of etcd", healthyState({ names: ["a", "b", "c", "d", "e", "f", "g"] })],
    ["one member", healthyState({ names: ["solo"] })],
    ["automatic failover paused", patchDcs(healthy(), { pause: true })],
    ["nobody leads PostgreSQL", keyTo(healthy(), null, "900")],
    ["etcd is not read at all", { ...healthy(), dcsMembers: {}, dcs: { ...healthy().dcs, source: "patroni-cluster" } }],
    [
      "we see nothing of etcd",
      agedDcs(
        [1, 2, 3].reduce((s, i) => aged(s, "dcsMembers", url(i), 90_000), healthy()),
        90_000,
      ),
    ],
  ])("says nothing where all is well or unknown: %s", (_, state) => {
    expect(says(rule, state)).toEqual([]);
  });
});

describe("no quorum", () => {
  const alone = etcd(1, { leaderId: "0", isLeader: false });
  const hidden = (i: number, state: ClusterState) => aged(state, "dcsMembers", url(i), 60_000);
  const leads = (failsafe: boolean) => patchDcs(healthy(), { config: { ttl: 30, failsafe_mode: failsafe } });
  test.each<[string, ClusterState, string[]]>([
    ["with failsafe mode off", noQuorum(dead(3, dead(2, leads(false)))), ["critical dcs off"]],
    ["with failsafe mode on", noQuorum(dead(3, dead(2, leads(true)))), ["critical dcs on"]],
    [
      "while it holds the leader up",
      noQuorum(patchPatroni(healthy(), "node1", { failsafeActive: true })),
      ["critical dcs active"],
    ],
    ["all answer, and none knows a leader", everyEtcd({ leaderId: "0", isLeader: false }), ["critical dcs off"]],
    ["two of three answer", dead(3), []],
    ["one of three is seen, without a leader, and the others refuse", dead(3, dead(2, alone)), ["critical dcs off"]],
    ["one of three is seen, without a leader, and the others may be hidden from us", hidden(3, hidden(2, alone)), []],
    ["one of three is seen and follows a leader: not known", dead(3, dead(2)), []],
  ])("%s", (_, state, want) => {
    expect(says(dcsNoQuorum, state, {}, "failsafe")).toEqual(want);
  });

  test("what follows from it stands beneath it: the verdict, members that are down, our own sources", () => {
    const at = (now: number) => {
      const demoted = { inRecovery: true, receivedLsn: null, replayedLsn: null };
      const state = patchPostgres(patchPatroni(healthyState({ now }), "node1", { role: "replica" }), "node1", demoted);
      return noQuorum(dead(3, dead(2, state)));
    };
    const pictures = [0, 5_000, 16_000].reduce<Snapshot | null>((previous, ms) => {
      const picture = buildSnapshot(at(NOW + ms), previous, NOW + ms + 10, bareText);
      return { ...picture, version: 1 };
    }, null);
    const under = pictures?.findings.filter((one) => one.under === "dcs-no-quorum:dcs").map(({ rule }) => rule);
    expect(under).toEqual(expect.arrayContaining(["dcs-no-leader", "dcs-member-down", "source-silent", "write-path"]));
  });

  test("a split brain is not explained by it", () => {
    const own = { rule: "dcs-no-quorum" } as never;
    const other = (id: string) => ({ id, rule: "write-path", subject: { name: "cluster" } }) as never;
    expect(dcsNoQuorum.explains?.(own, other("write-path/split-brain"), {} as never)).toBe(false);
    expect(dcsNoQuorum.explains?.(own, other("write-path/no-leader"), {} as never)).toBe(true);
  });
});

describe("a member of etcd", () => {
  test.each<[string, ClusterState, string[]]>([
    ["refuses", dead(2), [`warn ${url(2)} refused`]],
    ["is silent", aged(healthy(), "dcsMembers", url(2), 60_000), [`warn ${url(2)} timeout`]],
    ["missed one look", failing(healthy(), "dcsMembers", url(2), "timeout"), []],
    ["does not let us ask: that is not down", failing(healthy(), "dcsMembers", url(2), "forbidden"), []],
    ["none answers: then we cannot tell", dead(3, dead(2, dead(1))), []],
  ])("down: %s", (_, state, want) => {
    expect(says(dcsMemberDown, state, {}, "failure")).toEqual(want);
  });

  test("belongs to the host that it runs on, so that a dead host explains it", () => {
    const state = dead(2, cutHost(healthy(), "node2"));
    const [draft] = dcsMemberDown.find({ picture: buildSnapshot(state, null, NOW, bareText) } as never);
    expect(draft?.subject).toEqual({ kind: "dcs-member", name: url(2), member: "node2" });
  });

  test.each<[string, ClusterState, string[]]>([
    ["knows no leader while others do", etcd(2, { leaderId: "0" }), [`warn ${url(2)} alone`]],
    ["applies too slowly", etcd(2, { raftBacklog: 4_000 }), [`warn ${url(2)} backlog`]],
    ["is busy", etcd(2, { raftBacklog: 40 }), []],
    ["does not tell", etcd(2, { raftBacklog: null }), []],
  ])("behind: %s", (_, state, want) => {
    expect(says(dcsBehind, state, {}, "why")).toEqual(want);
  });

  const full = { dbSizeBytes: 1.7 * GIB };
  test.each<[string, ClusterState, string[]]>([
    ["small", etcd(2, { dbSizeBytes: GIB }), []],
    ["large, by the quota that is assumed", etcd(2, full), [`warn ${url(2)} no`]],
    ["full", etcd(2, { dbSizeBytes: 1.95 * GIB }), [`critical ${url(2)} no`]],
    ["not so large, by its own quota", etcd(2, { ...full, dbQuotaBytes: 8 * GIB }), []],
    ["large, by its own quota", etcd(2, { dbSizeBytes: 7 * GIB, dbQuotaBytes: 8 * GIB }), [`warn ${url(2)} yes`]],
    ["what is in use does not count", etcd(2, { ...full, dbSizeInUseBytes: 1 }), [`warn ${url(2)} no`]],
    ["not told", etcd(2, { dbSizeBytes: null }), []],
  ])("database: %s", (_, state, want) => {
    expect(says(dcsQuota, state, {}, "told")).toEqual(want);
  });

  test.each<[string, ClusterState, string[]]>([
    ["a member", etcd(2, {}, healthy(), 600), [`warn ${url(2)} no`]],
    ["what the cluster is read by", slowDcs(healthy()), ["warn dcs yes"]],
    ["a bit", etcd(2, {}, healthy(), 400), []],
    [
      "Patroni, where etcd is not read",
      { ...slowDcs(healthy()), dcs: { ...slowDcs(healthy()).dcs, source: "patroni-cluster" } },
      [],
    ],
    ["everything else as well: then it is our own host", everythingSlow(etcd(2, {}, healthy(), 600)), []],
    ["before it fell silent", aged(etcd(2, {}, healthy(), 600), "dcsMembers", url(2), 60_000), []],
  ])("slow: %s", (_, state, want) => {
    expect(says(dcsSlow, state, {}, "whole")).toEqual(want);
  });
});

const everythingSlow = (state: ClusterState) =>
  ["node1", "node2", "node3"].reduce(
    (s, name) => patchPatroni(patchPostgres(s, name, {}, undefined, 150), name, {}, undefined, 150),
    state,
  );

function slowDcs(state: ClusterState): ClusterState {
  const { good } = state.dcs;
  return { ...state, dcs: { ...state.dcs, good: good && { ...good, tookMs: 900 } } };
}

describe("etcd as a whole", () => {
  const none = { leaderId: "0", isLeader: false };
  test.each<[string, ClusterState, string[]]>([
    ["nobody", everyEtcd(none), ["critical dcs"]],
    ["nobody that is seen", dead(3, dead(2, etcd(1, none))), ["critical dcs"]],
    ["one member does not know it", etcd(2, none), []],
  ])("led by %s", (_, state, want) => {
    expect(says(dcsNoLeader, state)).toEqual(want);
  });

  const times = (count: number) =>
    Array.from({ length: count }, (_, i) => new Date(NOW - i * 60_000).toISOString() as Instant);
  test.each<[string, Record<string, Instant[]>, string[]]>([
    ["seldom", { "dcs-leader": times(2), "dcs-term": times(2) }, []],
    ["often", { "dcs-leader": times(3) }, ["warn dcs 3"]],
    ["often, and the same one again and again", { "dcs-leader": times(1), "dcs-term": times(4) }, ["warn dcs 4"]],
  ])("elects %s", (_, changes, want) => {
    expect(says(dcsElections, healthy(), { changes }, "count")).toEqual(want);
  });

  test.each<[string, ClusterState, string[]]>([
    ["it is full", etcd(2, { alarms: ["NOSPACE"] }), ["critical dcs nospace"]],
    [
      "it is full, and only root may ask",
      etcd(2, { alarms: null, errors: ["memberID:42 alarm:NOSPACE "] }),
      ["critical dcs nospace"],
    ],
    ["its data differ", everyEtcd({ alarms: ["CORRUPT"] }), ["critical dcs corrupt"]],
    ["both", etcd(2, { alarms: ["NOSPACE", "CORRUPT"] }), ["critical dcs nospace", "critical dcs corrupt"]],
    ["another error", etcd(2, { errors: ["etcdserver: no leader"] }), []],
    ["a member's old word", aged(etcd(2, { alarms: ["NOSPACE"] }), "dcsMembers", url(2), 60_000), []],
  ])("raises an alarm: %s", (_, state, want) => {
    expect(says(dcsNospace, state, {}, "alarm")).toEqual(want);
  });

  const learner = etcd(3, { isLearner: true });
  test.each<[string, ClusterState, string[]]>([
    ["two", without(3), ["warn dcs 0"]],
    ["four", { ...healthy(), dcsMembers: four() }, ["info dcs 1"]],
    ["two and a learner", learner, ["warn dcs 0"]],
    ["three, of which one is not seen", dead(3), []],
    ["one", without(2, without(3)), []],
  ])("has an even number of voters: %s", (_, state, want) => {
    expect(says(dcsEven, state, {}, "spare")).toEqual(want);
  });

  const configured = (config: Record<string, unknown>) => patchDcs(healthy(), { config });
  test.each<[string, ClusterState, string[]]>([
    ["as it comes", configured({}), []],
    ["just enough", configured({ ttl: 30, loop_wait: 10, retry_timeout: 10 }), []],
    ["too little", configured({ ttl: 20, loop_wait: 10, retry_timeout: 10 }), ["warn ttl 30"]],
    ["too little for the retries that come by default", configured({ ttl: 20 }), ["warn ttl 30"]],
    ["a configuration that is not understood", configured({ ttl: "long" }), []],
    ["an old view", agedDcs(configured({ ttl: 20 }), 60_000), []],
  ])("ttl: %s", (_, state, want) => {
    expect(says(dcsTtl, state, {}, "needed")).toEqual(want);
  });
});

function four() {
  const { dcsMembers } = healthy();
  const third = dcsMembers[url(3)];
  const fourth = third?.good && {
    ...third,
    target: url(4),
    good: { ...third.good, value: { ...third.good.value, endpoint: url(4) } },
  };
  return fourth ? { ...dcsMembers, [url(4)]: fourth } : dcsMembers;
}
