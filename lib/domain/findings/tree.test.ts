import { describe, expect, it } from "vitest";
import { findingOf } from "../testing/findings";
import { countRoots, findingsIn, findingTrees } from "./tree";

const host = findingOf("host-silent:node1", { severity: "warn" });
const key = findingOf("no-leader", { severity: "critical", under: host.id });
const pool = findingOf("pool-empty:node2/write", { severity: "critical", under: key.id });
const note = findingOf("backup-old", { severity: "info" });
const blind = findingOf("source-silent:patroni", { severity: "unknown", under: host.id });

describe("findings and what follows from them", () => {
  it("stand beneath their cause at any depth, each once", () => {
    const trees = findingTrees([pool, key, blind, host, note]);
    expect(trees.map(({ finding, count }) => [finding.id, count])).toEqual([
      [host.id, 3],
      [note.id, 0],
    ]);
    expect(trees.flatMap(findingsIn)).toHaveLength(5);
    expect(trees[0]?.follows.map(({ finding }) => finding.id)).toEqual([key.id, blind.id]);
  });

  it("come worst first, by the worst of what follows from each", () => {
    const alone = findingOf("lag:node3", { severity: "warn" });
    expect(findingTrees([alone, host, pool, key]).map(({ worst }) => worst)).toEqual(["critical", "warn"]);
  });

  it("stand by themselves where their cause is not in the list", () => {
    expect(findingTrees([pool]).map(({ finding }) => finding.id)).toEqual([pool.id]);
  });

  it("are counted once for all that follows, as bad as the worst of it", () => {
    expect(countRoots([pool, key, blind, host, note])).toEqual({ critical: 1, unknown: 0, warn: 0, info: 1 });
    expect(countRoots([])).toEqual({ critical: 0, unknown: 0, warn: 0, info: 0 });
  });
});
