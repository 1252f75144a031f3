import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseJson } from "@/lib/sources/shared/json";
import { mapCluster } from "./map-cluster";

const fixture = (name: string) => parseJson(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));

function view(cluster: unknown, config?: unknown, history?: unknown) {
  const mapped = mapCluster({ cluster, config, history });
  if (!mapped.ok) throw new Error(mapped.failure.text);
  return mapped.value;
}

describe("GET /cluster", () => {
  test("stands in for the DCS, with configuration and history of 4.0 (paused)", () => {
    const seen = view(fixture("cluster.patroni-4.0"), fixture("config.patroni-4.0"), fixture("history.patroni-4.0"));
    expect(seen).toMatchObject({
      kind: "patroni",
      revision: null,
      leader: { name: "node3", modRevision: null },
      systemId: null,
      failover: null,
      sync: null,
      pause: true,
      ttlSeconds: 20,
      loopWaitSeconds: 5,
    });
    expect(seen.members.map(({ name }) => name)).toEqual(["node1", "node2", "node3"]);
    expect(seen.history[0]).toMatchObject({ timeline: 1, newLeader: "node2" });
  });

  test("4.1: roles, lag, tags, pending and scheduled restart", () => {
    const [leader, sync, archive] = view(fixture("cluster.patroni-4.1")).members;
    expect(leader).toMatchObject({ role: "primary", state: "running", lagBytes: null, apiUrl: "http://10.0.0.1:8008" });
    expect(sync).toMatchObject({
      role: "sync-standby",
      state: "running",
      replicationState: "streaming",
      lsn: "0/4000060",
      lagBytes: 0,
      apiUrl: "https://10.0.0.2:8008",
      tags: { clonefrom: true, nofailover: true, failoverPriority: 0 },
      pendingRestart: true,
      pendingRestartReasons: [{ setting: "max_connections", oldValue: "50", newValue: "60" }],
      scheduledRestart: "2030-01-01T00:00:00.000Z",
    });
    expect(archive).toMatchObject({ state: "running", replicationState: "in-archive-recovery" });
  });

  test('the lag "unknown" is unknown, not 0', () => {
    expect(view(fixture("cluster.patroni-4.1")).members[2]).toMatchObject({ lagBytes: null, lsn: null });
  });

  test("pause, the scheduled switchover and the synchronous standbys are seen", () => {
    const seen = view(fixture("cluster.patroni-4.1"));
    expect(seen.pause).toBe(true);
    expect(seen.failover).toEqual({
      leader: "pg1",
      candidate: "pg2",
      scheduledAt: "2030-01-01T00:00:00.000Z",
      modRevision: null,
    });
    expect(seen.sync).toEqual({ leader: "pg1", standbys: ["pg2"] });
  });

  test("without configuration and history the view still stands", () => {
    expect(view({ members: [] })).toMatchObject({ leader: null, config: null, history: [], ttlSeconds: null });
  });

  test("a row that cannot be read costs only itself", () => {
    const seen = view({ members: [{ role: "replica" }, 5, { name: "pg1", role: "leader", port: "x" }] });
    expect(seen.members.map(({ name, port }) => [name, port])).toEqual([["pg1", null]]);
  });

  test("a standby cluster's leader is its leader", () => {
    const seen = view({ members: [{ name: "pg1", role: "standby_leader", state: "in archive recovery" }] });
    expect(seen).toMatchObject({ leader: { name: "pg1" }, members: [{ role: "standby-leader" }] });
  });

  test.each([[null], [{}], [{ members: {} }], ["x"]])("%j is malformed", (cluster) => {
    expect(mapCluster({ cluster, config: {}, history: [] })).toMatchObject({ failure: { kind: "malformed" } });
  });
});
