import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../cluster-state";
import type { Snapshot } from "../../snapshot";
import { buildSnapshot } from "../../snapshot/build";
import {
  failing,
  failingDcs,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
} from "../../testing/builders";
import { bareText, sampleSnapshot } from "../../testing/samples";

const picture = (state: ClusterState, previous: Snapshot | null, now: number): Snapshot => ({
  ...buildSnapshot(state, previous, now, bareText),
  version: 1,
});
const before = picture(healthyState({ now: NOW - 60_000 }), null, NOW - 60_000);
const open = (state: ClusterState, name: string, at: number, tookMs = 6) =>
  patchPatroni(
    patchPostgres(state, name, { inRecovery: false, timeline: 8 }, at, tookMs),
    name,
    { role: "primary" },
    at,
    tookMs,
  );
const codes = (...snapshots: Snapshot[]) => snapshots.map((s) => s.writePath.code);

describe("two members that accept writes under one unbroken leader key", () => {
  it("are a split, named with their timelines", () => {
    const { writePath } = sampleSnapshot("split");
    expect(writePath.message.params).toMatchObject({ a: "node1", b: "node2", timelineA: 7, timelineB: 8 });
    expect(sampleSnapshot("split").findings[0]).toMatchObject({ severity: "critical", id: "two-writable" });
  });

  it("are not yet one while the key was not seen again after both answers", () => {
    const state = open(healthyState(), "node2", NOW + 1_000);
    expect(codes(picture(state, before, NOW + 1_000))).toEqual(["blind"]);
    const confirmed = patchDcs(state, {}, NOW + 1_100);
    expect(codes(picture(confirmed, before, NOW + 1_100))).toEqual(["split-brain"]);
  });
});

describe("two looks that straddle a switchover", () => {
  // The old leader was asked just before it was demoted, the new one just after it was promoted.
  const looked = healthyState();
  const moved = keyTo(looked, "node2", "1044", NOW + 900);
  const promoted = open(moved, "node2", NOW + 1_500);

  it("are no split, and name no writer", () => {
    const snapshot = picture(patchDcs(promoted, {}, NOW + 1_600), before, NOW + 1_600);
    expect(snapshot.writePath).toMatchObject({ code: "handover", state: "degraded", writer: null });
  });

  it("are no split either when the old leader's answer was slow and came after the key had moved", () => {
    const slow = patchPostgres(promoted, "node1", {}, NOW + 1_200, 800);
    const snapshot = picture(patchDcs(slow, {}, NOW + 1_600), before, NOW + 1_600);
    expect(snapshot.writePath.code).toBe("handover");
  });

  it("are settled by the old leader's next answer", () => {
    const waiting = picture(promoted, before, NOW + 1_500);
    const closed = failing(promoted, "postgres", "node1", "refused", NOW + 2_000);
    const settled = patchPatroni(closed, "node1", { role: "replica", state: "starting" }, NOW + 2_100);
    const snapshot = picture(settled, waiting, NOW + 2_100);
    expect(snapshot.writePath.writer).toBe("node2");
  });

  it("become a split when the old leader says it again after the key has moved", () => {
    const again = patchPostgres(promoted, "node1", {}, NOW + 2_000);
    const first = picture(promoted, before, NOW + 1_500);
    expect(codes(picture(patchDcs(again, {}, NOW + 2_100), first, NOW + 2_100))).toEqual(["split-brain"]);
  });
});

describe("without the leader key", () => {
  const dark = failingDcs(healthyState(), "no-quorum");

  it("two open members are a split once their answers interleave", () => {
    const one = picture(dark, before, NOW);
    const both = open(dark, "node2", NOW + 1_000);
    const two = picture(both, one, NOW + 1_000);
    const third = picture(patchPostgres(both, "node1", {}, NOW + 2_000), two, NOW + 2_000);
    expect(codes(two, third)).toEqual(["blind", "split-brain"]);
  });

  it("one member's word twice proves nothing about another that was asked before", () => {
    const both = open(dark, "node2", NOW + 1_000);
    const two = picture(both, picture(dark, before, NOW), NOW + 1_000);
    const third = picture(open(both, "node2", NOW + 2_000), two, NOW + 2_000);
    expect(codes(two, third)).toEqual(["blind", "blind"]);
  });

  it("a proven split stays one until a member answers otherwise", () => {
    const both = open(dark, "node2", NOW + 1_000);
    const two = picture(both, picture(dark, before, NOW), NOW + 1_000);
    const state = patchPostgres(both, "node1", {}, NOW + 2_000);
    const third = picture(state, two, NOW + 2_000);
    const fourth = picture(state, third, NOW + 2_500);
    expect(codes(third, fourth)).toEqual(["split-brain", "split-brain"]);
    expect(fourth.writePath.since).toBe(third.writePath.since);
    const healed = patchPatroni(
      patchPostgres(state, "node1", { inRecovery: true }, NOW + 3_000),
      "node1",
      { role: "replica" },
      NOW + 3_000,
    );
    expect(codes(picture(healed, fourth, NOW + 3_000))).toEqual(["agree-partly"]);
  });
});
