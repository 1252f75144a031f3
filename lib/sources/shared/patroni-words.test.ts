import { describe, expect, test } from "vitest";
import { hostPortOf, instantOf, originOf, roleOf, stateOf, tagsOf, timelineOf } from "./patroni-words";

describe("Patroni's words", () => {
  test.each([
    ["master", "primary"],
    ["primary", "primary"],
    ["leader", "primary"],
    ["standby_leader", "standby-leader"],
    ["sync_standby", "sync-standby"],
    ["quorum_standby", "quorum-standby"],
    ["replica", "replica"],
    ["demoted", "demoted"],
    ["uninitialized", "uninitialized"],
    ["promoted", "unknown"],
    ["role of the future", "unknown"],
    ["constructor", "unknown"],
    [undefined, "unknown"],
  ])("role %s is %s", (word, role) => expect(roleOf(word)).toBe(role));

  test.each([
    ["initializing new cluster", "initializing"],
    ["initdb failed", "initdb-failed"],
    ["running custom bootstrap script", "custom-bootstrap"],
    ["custom bootstrap failed", "custom-bootstrap-failed"],
    ["creating replica", "creating-replica"],
    ["running", "running"],
    ["streaming", "running"],
    ["in archive recovery", "running"],
    ["starting", "starting"],
    ["starting after custom bootstrap", "starting"],
    ["start failed", "start-failed"],
    ["restarting", "restarting"],
    ["restart failed", "restart-failed"],
    ["stopping", "stopping"],
    ["stopped", "stopped"],
    ["stop failed", "stop-failed"],
    ["crashed", "crashed"],
    ["state of the future", "unknown"],
    [null, "unknown"],
  ])("state %s is %s", (word, state) => expect(stateOf(word)).toBe(state));

  test.each([
    ["no tags", undefined, { nofailover: false, failoverPriority: null }],
    ["nofailover", { nofailover: true }, { nofailover: true }],
    ["a priority of 0 means nofailover", { failover_priority: 0 }, { nofailover: true, failoverPriority: 0 }],
    [
      "an explicit nofailover wins over the priority",
      { nofailover: false, failover_priority: 0 },
      { nofailover: false },
    ],
    ["a positive priority", { failover_priority: 2 }, { nofailover: false, failoverPriority: 2 }],
    ["own tags are kept as text", { zone: "b", weight: 3 }, { all: { zone: "b", weight: "3" } }],
  ])("%s", (_, raw, wanted) => expect(tagsOf(raw)).toMatchObject(wanted));

  test.each([
    ["postgres://10.0.0.1:5432/postgres", { host: "10.0.0.1", port: 5432 }],
    ["postgres://[fd00::1]:5433/postgres", { host: "fd00::1", port: 5433 }],
    ["postgres://db1/postgres", { host: "db1", port: null }],
    ["nonsense", { host: null, port: null }],
  ])("the address in %s", (url, wanted) => expect(hostPortOf(url)).toEqual(wanted));

  test("an origin has no path, nonsense has none", () => {
    expect(originOf("https://10.0.0.1:8008/patroni")).toBe("https://10.0.0.1:8008");
    expect(originOf("nonsense")).toBeNull();
  });

  test.each([
    ["2030-01-01T03:00:00+03:00", "2030-01-01T00:00:00.000Z"],
    ["2026-11-21 01:43:58.983120+00:00", "2026-11-21T01:43:58.983Z"],
    ["soon", null],
    [undefined, null],
  ])("time %s", (text, wanted) => expect(instantOf(text)).toBe(wanted));

  test("timeline 0 is no timeline", () => {
    expect(timelineOf(0)).toBeNull();
    expect(timelineOf(7)).toBe(7);
  });
});
