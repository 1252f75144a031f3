import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import {
  type ClusterOptions,
  failing,
  failingDcs,
  healthyState,
  keyTo,
  NOW,
  vipNowhere as nowhere,
  vipFacts,
  vipOn,
  withVip,
} from "../../../testing/builders";
import { said, writers } from "../../../testing/routing";
import type { FindingRule } from "../../rule";
import { inputOf } from "../../testing/staleness";
import { NOTHING_WATCHED } from "../../watch/types";
import { vipFlapping } from "./vip-flapping";
import { vipMisplaced } from "./vip-misplaced";
import { vipNowhere } from "./vip-nowhere";
import { vipSeveral } from "./vip-several";

const NAMES = ["node1", "node2", "node3"];
const cluster = (options: ClusterOptions = {}) => healthyState(options);
const beside = (options: ClusterOptions = {}) => healthyState({ vip: "haproxy", ...options });

/** Two answers of one method that name different hosts. */
function onTwo(state: ClusterState): ClusterState {
  const [a, b] = [vipFacts("node1", NAMES), vipFacts("node3", NAMES)];
  return withVip(state, { ...a, probes: [...a.probes, ...b.probes] });
}

function foreign(state: ClusterState): ClusterState {
  const facts = vipFacts("node1", NAMES);
  const probes = facts.probes.map((probe) =>
    probe.evidence?.method === "patroni" ? { ...probe, evidence: { ...probe.evidence, scope: "other" } } : probe,
  );
  return withVip(state, { ...facts, probes });
}

const old = (state: ClusterState): ClusterState => ({
  ...state,
  vip: state.vip?.good ? { ...state.vip, good: { ...state.vip.good, at: NOW - 60_000 } } : state.vip,
});

type Row = readonly [what: string, rule: FindingRule, state: () => ClusterState, says: readonly (string | undefined)[]];
const how = (rule: FindingRule, state: ClusterState) =>
  said(rule, state).flatMap(({ severity, text }) => [severity, text.params.how ?? text.key]);

const found: readonly Row[] = [
  ["on two hosts", vipSeveral, () => onTwo(cluster()), ["critical", "domain.vip.several"]],
  ["nowhere", vipNowhere, () => nowhere(cluster()), ["critical", "domain.vip.nowhere"]],
  [
    "not beside the leader, while what is there leads on to it",
    vipMisplaced,
    () => vipOn(cluster(), "node2"),
    ["warn", "aside"],
  ],
  [
    "not beside the leader, and a dead end",
    vipMisplaced,
    () => writers(vipOn(cluster(), "node2"), ["node2"], ["node2"]),
    ["critical", "dead_end"],
  ],
  [
    "left behind at the former leader's after a handover",
    vipMisplaced,
    () => keyTo(cluster(), "node3", "900"),
    ["critical", "dead_end"],
  ],
  [
    "on a replica's host without a HAProxy in between",
    vipMisplaced,
    () => vipOn(cluster({ haproxy: false, pgbouncer: false }), "node2"),
    ["critical", "dead_end"],
  ],
  [
    "beside a HAProxy that refuses connections",
    vipMisplaced,
    () => failing(vipOn(beside(), "node2"), "haproxy", "node2", "refused", NOW),
    ["critical", "haproxy"],
  ],
  ["in another cluster", vipMisplaced, () => foreign(cluster()), ["critical", "foreign"]],
];

const quiet: readonly (readonly [string, FindingRule, () => ClusterState])[] = [
  ["nothing fresh is known of it", vipSeveral, () => old(onTwo(cluster()))],
  ["nothing fresh is known of it", vipNowhere, () => old(nowhere(cluster()))],
  ["nothing fresh is known of it", vipMisplaced, () => old(vipOn(cluster(), "node2"))],
  ["it may be anywhere beside a HAProxy", vipMisplaced, () => vipOn(beside(), "node3")],
  [
    "a HAProxy that only is silent",
    vipMisplaced,
    () => failing(vipOn(beside(), "node2"), "haproxy", "node2", "timeout", NOW),
  ],
  [
    "a HAProxy that refused long ago",
    vipMisplaced,
    () => failing(vipOn(beside({ now: NOW - 60_000 }), "node2", NOW), "haproxy", "node2", "refused", NOW - 50_000),
  ],
  ["there is no leader to follow", vipMisplaced, () => keyTo(vipOn(cluster(), "node2"), null, "900")],
  ["who leads is out of sight", vipMisplaced, () => failingDcs(vipOn(cluster(), "node2"), "refused")],
  ["something answers that is none of the members", vipMisplaced, () => vipOn(cluster(), "lb7")],
];

describe("the VIP", () => {
  it.each(found)("is found: %s", (_, rule, state, says) => {
    expect(how(rule, state())).toEqual(says);
  });

  it.each(quiet.map(([what, rule, state]) => [what, rule.id, rule, state] as const))(
    "is left alone: %s (%s)",
    (_what, _id, rule, state) => {
      expect(how(rule, state())).toEqual([]);
    },
  );

  it.each([cluster(), beside(), cluster({ vip: null }), cluster({ names: ["solo"] })])(
    "of a healthy cluster is left alone (%#)",
    (state) => {
      expect([vipSeveral, vipNowhere, vipMisplaced, vipFlapping].flatMap((rule) => said(rule, state))).toEqual([]);
    },
  );

  it("is given the time of a handover", () => {
    expect(said(vipNowhere, nowhere(cluster()))[0]?.holdMs).toBe(15_000);
    expect(said(vipMisplaced, vipOn(cluster(), "node2"))[0]?.holdMs).toBe(15_000);
    expect(said(vipSeveral, onTwo(cluster()))[0]?.holdMs).toBe(5_000);
  });
});

describe("a VIP that keeps moving", () => {
  const ago = (...seconds: number[]) => seconds.map((s) => new Date(NOW - s * 1_000).toISOString() as never);
  const moves = (state: ClusterState, changes: Record<string, never[]>) =>
    vipFlapping.find(inputOf(state, null, NOW, { ...NOTHING_WATCHED, changes })).map(({ text }) => text.params.moves);

  it("is found once it has moved so often within ten minutes", () => {
    expect(moves(cluster(), { "vip-holder": ago(500, 300, 10) })).toEqual([3]);
    expect(moves(cluster(), { "vip-holder": ago(300, 10) })).toEqual([]);
    expect(moves(cluster(), { "vip-holder": ago(900, 700, 300, 10) })).toEqual([]);
  });

  it("is not one that follows a leader who moves", () => {
    const changes = { "vip-holder": ago(500, 300, 10), leader: ago(505, 304, 15) };
    expect(moves(cluster(), changes)).toEqual([]);
    expect(moves(beside(), changes)).toEqual([3]);
  });

  it("is not judged while nothing fresh is known of it", () => {
    expect(moves(old(cluster()), { "vip-holder": ago(500, 300, 10) })).toEqual([]);
  });
});
