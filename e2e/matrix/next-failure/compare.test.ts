import { describe, expect, it } from "vitest";
import type { NextFailure } from "@/lib/domain/actions/plan";
import { asIs, type Change, foretold, paused } from "@/lib/domain/testing/failures";
import { compare, type Outcome } from "./compare";

const came: Outcome = { writes: "served", leader: "node2", vipHolders: ["node2"], hasQuorum: true, lostBytes: 0 };
const ofLeader = (change: Change = asIs): NextFailure => foretold(change, {}, "host node1");

describe("a prediction held against what came", () => {
  it("is right when everything came as foretold, whichever of several took over", () => {
    expect(compare(ofLeader(), came)).toEqual({ verdict: "right", differences: [] });
    expect(compare(ofLeader(), { ...came, leader: "node3", vipHolders: ["node3"] }).verdict).toBe("right");
  });

  it.each<readonly [string, Partial<Outcome>]>([
    ["writes did not come back", { writes: "lost" }],
    ["the one that died leads", { leader: "node1" }],
    ["nobody leads", { leader: null }],
    ["the VIP stayed", { vipHolders: ["node1"] }],
    ["the VIP is nowhere", { vipHolders: [] }],
    ["the VIP is on two hosts", { vipHolders: ["node2", "node3"] }],
    ["etcd lost its majority", { hasQuorum: false }],
    ["more WAL was lost", { lostBytes: 4_096 }],
  ])("is wrong when %s", (_, over) => {
    expect(compare(ofLeader(), { ...came, ...over }).verdict).toBe("wrong");
  });

  it("is wrong when somebody leads of whom it said that nobody would", () => {
    const lost = { ...came, writes: "lost", leader: null, vipHolders: [] } as const;
    expect(compare(ofLeader(paused), lost).verdict).toBe("right");
    expect(compare(ofLeader(paused), { ...lost, leader: "node2" }).verdict).toBe("wrong");
    expect(compare(ofLeader(paused), came).verdict).toBe("wrong");
  });

  it("is open where it said that it cannot be known", () => {
    const keeper = foretold(asIs, {}, "vip 10.0.0.200");
    expect(keeper.writes).toBe("unknown");
    expect(compare(keeper, { ...came, leader: "node1" }).verdict).toBe("open");
  });
});
