import { describe, expect, it } from "vitest";
import type { Fence } from "../actions/plan";
import type { ClusterState } from "../cluster-state";
import { instant, memberName } from "../ids";
import { keyTo, NOW, patchDcs, patchPatroni } from "../testing/builders";
import { agedDcs, asIs } from "../testing/judge";
import { planContext } from "../testing/plan";
import { baseFence, fenceMoved, leadershipFence } from "./fence";

const two = memberName("node2");
const fence = (change: (state: ClusterState) => ClusterState = asIs) => leadershipFence(planContext(change), [two]);
const keys = (planned: Fence, now: Fence) => fenceMoved(planned, now).map(({ key }) => key);
const pending = { leader: memberName("node1"), candidate: two, scheduledAt: null, modRevision: "1050" };
const scheduled = { ...pending, scheduledAt: instant(NOW + 60_000), modRevision: null };

describe("a fence of a change of leader", () => {
  it("holds the leader, its revision and timeline, and the members concerned", () => {
    expect(fence()).toMatchObject({
      leader: "node1",
      leaderRevision: "841",
      timeline: 7,
      paused: false,
      failoverRevision: null,
      configRevision: null,
      members: [
        { name: "node1", role: "primary" },
        { name: "node2", role: "replica", state: "running", timeline: 7 },
      ],
    });
  });
  it("has not moved when nothing has, however often it is looked at", () => {
    expect(fenceMoved(fence(), fence())).toEqual([]);
  });
  it.each<[string, readonly string[], (state: ClusterState) => ClusterState]>([
    [
      "another leader",
      ["fence.leader", "fence.timeline"],
      (s) => patchPatroni(keyTo(s, "node2", "1044"), "node2", { timeline: 8 }),
    ],
    ["the same leader again, in another reign", ["fence.leader-key"], (s) => keyTo(s, "node1", "1044")],
    ["no leader", ["fence.leader", "fence.timeline", "fence.member-gone"], (s) => keyTo(s, null, "1044")],
    ["a pause", ["fence.pause"], (s) => patchDcs(s, { pause: true })],
    ["a switchover asked for by another", ["fence.failover-key"], (s) => patchDcs(s, { failover: pending })],
    [
      "one that was scheduled, where no revision tells",
      ["fence.failover-key"],
      (s) => patchDcs(s, { failover: scheduled }),
    ],
    ["another system", ["fence.system"], (s) => patchDcs(s, { systemId: "1" })],
    [
      "a restart of the candidate",
      ["fence.member-start"],
      (s) => patchPatroni(s, "node2", { postmasterStartTime: "later" }),
    ],
    ["a candidate that stopped", ["fence.member-state"], (s) => patchPatroni(s, "node2", { state: "stopped" })],
    ["a candidate on another timeline", ["fence.member-timeline"], (s) => patchPatroni(s, "node2", { timeline: 6 })],
    ["a candidate of another role", ["fence.member-role"], (s) => patchPatroni(s, "node2", { role: "sync-standby" })],
    ["a DCS that is not seen any more", ["fence.leader", "fence.system", "fence.pause"], (s) => agedDcs(s, 60_000)],
  ])("%s moves it", (_, expected, change) => {
    const said = keys(fence(), fence(change));
    expect(said).toEqual(expect.arrayContaining([...expected]));
  });
  it("does not move for a member that it does not concern", () => {
    expect(
      fenceMoved(
        fence(),
        fence((s) => patchPatroni(s, "node3", { state: "stopped" })),
      ),
    ).toEqual([]);
  });
  it("says before and after", () => {
    const [said] = fenceMoved(
      fence(),
      fence((s) => keyTo(s, "node2", "1044")),
    );
    expect(said).toEqual({ key: "fence.leader", params: { before: "node1", after: "node2" } });
  });
});

describe("what else an action rests on", () => {
  const base = baseFence(planContext());
  const other = (value: Fence["other"]) => ({ ...base, other: value });
  it.each<[string, Fence["other"], Fence["other"], readonly string[]]>([
    ["the same", { a: "1" }, { a: "1" }, []],
    ["another value", { a: "1" }, { a: "2" }, ["fence.other"]],
    ["gone", { a: "1" }, {}, ["fence.other"]],
    ["come", {}, { a: "1" }, ["fence.other"]],
    ["still nothing", { a: null }, {}, []],
  ])("%s", (_, before, after, expected) => {
    expect(keys(other(before), other(after))).toEqual(expected);
  });
  it("compares the configuration where it was fenced", () => {
    expect(keys({ ...base, configRevision: "12" }, { ...base, configRevision: "13" })).toEqual(["fence.configuration"]);
  });
});
