import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseJson } from "@/lib/sources/shared/json";
import { mapStatus } from "./map-status";

const fixture = (name: string) => parseJson(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));

function status(raw: unknown) {
  const mapped = mapStatus(raw);
  if (!mapped.ok) throw new Error(mapped.failure.text);
  return mapped.value;
}

describe("GET /patroni", () => {
  test("a primary of 4.0 in a paused cluster", () => {
    expect(status(fixture("status-primary.patroni-4.0"))).toMatchObject({
      name: "node3",
      scope: "postgres-cluster",
      patroniVersion: "4.0.7",
      state: "running",
      role: "primary",
      serverVersion: 170011,
      replicationState: null,
      receivedLsn: null,
      replayPaused: null,
      systemId: "7710454121729552499",
      pause: true,
      clusterUnlocked: false,
    });
    expect(status(fixture("status-primary.patroni-4.0")).lsn).toMatch(/^0\/[0-9A-F]+$/);
  });

  test("a streaming replica of 4.0, whose timeline is not known yet", () => {
    expect(status(fixture("status-replica.patroni-4.0"))).toMatchObject({
      name: "node1",
      role: "replica",
      replicationState: "streaming",
      timeline: null,
      lsn: null,
      replayPaused: false,
    });
  });

  test("3.0 says master and no name; long integers lose no digit; every flag is seen", () => {
    expect(status(fixture("status-primary.patroni-3.0"))).toMatchObject({
      name: null,
      patroniVersion: "3.0.2",
      role: "primary",
      lsn: "400000/1",
      systemId: "7710434487420534885",
      pause: true,
      clusterUnlocked: true,
      failsafeActive: true,
      watchdogFailed: true,
      pendingRestart: true,
      pendingRestartReasons: [],
      tags: { nofailover: true, clonefrom: true, replicatefrom: "pg3" },
    });
  });

  test("a stopped server reports little, and nothing is made up for the rest", () => {
    expect(status(fixture("status-stopped.patroni-4.1"))).toMatchObject({
      state: "stopped",
      role: "replica",
      timeline: null,
      lsn: null,
      receivedLsn: null,
      replayedLsn: null,
      serverVersion: null,
      postmasterStartTime: null,
      dcsLastSeen: 1795225502,
    });
  });

  test.each([
    ["sync_standby makes a synchronous standby", { role: "replica", sync_standby: true }, { role: "sync-standby" }],
    ["quorum_standby makes a quorum standby", { role: "replica", quorum_standby: true }, { role: "quorum-standby" }],
    ["a standby leader", { role: "standby_leader" }, { role: "standby-leader" }],
    ["a role of the future is unknown", { role: "archon" }, { role: "unknown" }],
    ["a state of the future is unknown", { state: "hibernating" }, { state: "unknown" }],
    ["the failed query is unknown", { state: "unknown" }, { state: "unknown" }],
    [
      "a field of the wrong type counts as missing",
      { state: "running", xlog: "gone", patroni: 5 },
      { lsn: null, name: null },
    ],
    ["timeline 0 is none", { state: "running", timeline: 0 }, { timeline: null }],
    [
      "what a restart waits for",
      { state: "running", pending_restart_reason: { max_connections: { old_value: "50", new_value: "60" } } },
      { pendingRestartReasons: [{ setting: "max_connections", oldValue: "50", newValue: "60" }] },
    ],
  ])("%s", (_, raw, wanted) => expect(status(raw)).toMatchObject(wanted));

  test.each([[null], [[]], ["text"], [{}], [{ hello: "world" }]])("%j is not Patroni's answer", (raw) => {
    expect(mapStatus(raw)).toMatchObject({ ok: false, failure: { kind: "malformed" } });
  });
});
