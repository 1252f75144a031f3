import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import { answer, healthyState, NOW, routes, vipOn } from "../testing/builders";
import { bareText, SAMPLE_KINDS, sampleSnapshot } from "../testing/samples";
import { buildTopology } from "./build";

const picture = (state: ClusterState): Snapshot => ({ ...buildSnapshot(state, null, NOW, bareText), version: 1 });
const paths = (snapshot: Snapshot) => buildTopology(snapshot).writePath.map((e) => [e.from, e.to, e.right]);

describe("the lit path of a write", () => {
  it("runs from the VIP through HAProxy and PgBouncer to the leader", () => {
    expect(paths(sampleSnapshot("healthy"))).toEqual([
      ["vip:10.0.0.200", "haproxy:node1", true],
      ["haproxy:node1", "pgbouncer:node1", true],
      ["pgbouncer:node1", "postgres:node1", true],
    ]);
  });
  it("crosses hosts where the VIP is not beside the leader", () => {
    expect(paths(picture(vipOn(healthyState({ vip: "haproxy" }), "node3")))[1]).toEqual([
      "haproxy:node3",
      "pgbouncer:node1",
      true,
    ]);
  });
  it("is drawn where it leads wrong, as wrong", () => {
    expect(paths(picture(routes(healthyState(), "node1", ["node2"]))).at(-1)).toEqual([
      "pgbouncer:node2",
      "postgres:node2",
      false,
    ]);
  });
  it("ends at HAProxy when its pool is empty, and is not drawn at all without a holder", () => {
    expect(paths(sampleSnapshot("pool-empty"))).toEqual([["vip:10.0.0.200", "haproxy:node1", null]]);
    expect(paths(sampleSnapshot("vip-nowhere"))).toEqual([]);
    expect(paths(sampleSnapshot("blind"))).toEqual([]);
  });
  it("starts at HAProxy without a VIP, and at the VIP's host without HAProxy", () => {
    expect(paths(picture(healthyState({ vip: null })))[0]).toEqual(["haproxy:node1", "pgbouncer:node1", true]);
    expect(paths(picture(healthyState({ haproxy: false })))[0]).toEqual(["vip:10.0.0.200", "pgbouncer:node1", true]);
  });
  it("follows PgBouncer to another member", () => {
    const state = answer(healthyState(), "pgbouncer", "node1", (was) => ({
      ...was,
      databases: was.databases.map((d) => ({ ...d, host: "10.0.0.2" })),
    }));
    expect(paths(picture(state)).at(-1)).toEqual(["pgbouncer:node1", "postgres:node2", false]);
  });
});

describe("the grid", () => {
  it.each(SAMPLE_KINDS)("of a cluster that is %s has every line end at a cell", (kind) => {
    const { cells, writePath, replication, hosts } = buildTopology(sampleSnapshot(kind));
    const ids = new Set(cells.map((c) => c.id));
    expect(ids.size).toBe(cells.length);
    for (const edge of [...writePath, ...replication])
      expect([ids.has(edge.from), ids.has(edge.to)]).toEqual([true, true]);
    const columns = new Set(hosts.map((h) => h.id));
    expect(cells.every((c) => columns.has(c.column))).toBe(true);
  });
  it("keeps its columns whatever the health, in natural order", () => {
    const columns = (s: Snapshot) => buildTopology(s).hosts.map((h) => h.id);
    expect(columns(sampleSnapshot("leader-unreachable"))).toEqual(columns(sampleSnapshot("healthy")));
    const names = ["n10", "n9", "n1"];
    expect(columns(picture(healthyState({ names })))).toEqual(["n1", "n9", "n10"]);
  });
  it("has an arrow to each replica with its lag", () => {
    const { replication } = buildTopology(sampleSnapshot("healthy"));
    expect(replication.map((e) => [e.from, e.to, e.lag?.replayBytes])).toEqual([
      ["postgres:node1", "postgres:node2", 4096],
      ["postgres:node1", "postgres:node3", 8192],
    ]);
  });
  it("gives what is on no member's host a column of its own", () => {
    const state = healthyState();
    const look = state.haproxy.node1;
    const spec = { ...state.spec, haproxy: { nodes: ["lb1"], writePool: "postgres_master", readPool: null } };
    const snapshot = picture({ ...state, spec, haproxy: look ? { lb1: { ...look, target: "lb1" } } : {} });
    expect(buildTopology(snapshot).hosts.map((h) => h.label)).toEqual(["node1", "node2", "node3", "lb1"]);
  });
  it("has no rows for what is not configured", () => {
    expect(buildTopology(sampleSnapshot("patroni-only")).rows).toEqual(["postgres", "dcs"]);
    expect(buildTopology(sampleSnapshot("one-member")).rows).toEqual([
      "vip",
      "haproxy",
      "pgbouncer",
      "postgres",
      "dcs",
    ]);
  });
});
