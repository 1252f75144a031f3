import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../cluster-state";
import { healthyState, keyTo, NOW, vipNowhere, vipOn } from "../../testing/builders";
import { inputOf } from "../testing/staleness";
import { foldChanges } from "./changes";
import { CHANGES_KEPT_MS, CHANGES_MAX, NOTHING_WATCHED } from "./types";

/** The changes of one thing after these states, a second apart, the last one at `at`. */
function changesOf(what: string, states: readonly ClusterState[], at = NOW): readonly string[] {
  const watch = states.reduce(
    (before, state, i) => {
      const now = at - (states.length - 1 - i) * 1_000;
      return foldChanges(before, inputOf(state, null, NOW).picture, now);
    },
    NOTHING_WATCHED as Pick<typeof NOTHING_WATCHED, "changes" | "told">,
  );
  return watch.changes[what] ?? [];
}

const on = (name: string) => vipOn(healthyState(), name);
const nowhere = vipNowhere(healthyState());
const old = { ...on("node3"), vip: null };

describe("what changes", () => {
  it("is counted when it is another one than before", () => {
    expect(changesOf("vip-holder", [on("node1"), on("node1"), on("node2"), on("node1")])).toHaveLength(2);
    expect(changesOf("leader", [healthyState(), keyTo(healthyState(), "node2", "900")])).toHaveLength(1);
  });

  it("is counted although it was nowhere for a moment on its way", () => {
    expect(changesOf("vip-holder", [on("node1"), nowhere, nowhere, on("node2")])).toHaveLength(1);
    expect(
      changesOf("leader", [healthyState(), keyTo(healthyState(), null, "9"), keyTo(healthyState(), "node3", "10")]),
    ).toHaveLength(1);
  });

  it("is not counted when it comes back to where it was, or is only out of sight", () => {
    expect(changesOf("vip-holder", [on("node1"), nowhere, on("node1")])).toEqual([]);
    expect(changesOf("vip-holder", [on("node1"), old, on("node1")])).toEqual([]);
  });

  it("is not counted in the first picture, before which nothing is known", () => {
    expect(changesOf("vip-holder", [nowhere, on("node1")])).toEqual([]);
  });

  it("is forgotten after its time, and never piles up", () => {
    const often = Array.from({ length: 60 }, (_, i) => on(i % 2 ? "node1" : "node2"));
    const all = changesOf("vip-holder", often);
    expect(all).toHaveLength(CHANGES_MAX);
    const before = { changes: { "vip-holder": all as never }, told: { "vip-holder": "node1" } };
    const later = foldChanges(before, inputOf(on("node1"), null, NOW).picture, NOW + CHANGES_KEPT_MS + 1);
    expect(later.changes["vip-holder"]).toBeUndefined();
  });
});
