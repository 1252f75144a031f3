import { describe, expect, test } from "vitest";
import { emptyKeySpace, type KeySpace, takeListing } from "./key-space";
import { mapView, prefixOf } from "./map";

const PREFIX = "/service/demo/";
const MEMBER = {
  conn_url: "postgres://10.0.0.2:5432/postgres",
  api_url: "http://10.0.0.2:8008/patroni",
  state: "running",
  role: "replica",
  version: "4.1.4",
  xlog_location: 67108960,
  replication_state: "streaming",
  timeline: 3,
  tags: { clonefrom: true },
};

function spaceOf(values: Readonly<Record<string, unknown>>): KeySpace {
  const keys = Object.entries(values).map(([name, value], i) => ({
    key: PREFIX + name,
    value: typeof value === "string" ? value : JSON.stringify(value),
    modRevision: BigInt(10 + i),
    lease: name === "leader" ? "8526618098473707494" : null,
  }));
  return takeListing(emptyKeySpace, { revision: 99n, keys, tookMs: 1 });
}

const view = (values: Readonly<Record<string, unknown>>) => mapView(spaceOf(values), PREFIX);

describe("prefix", () => {
  test.each([
    ["service", "demo", "/service/demo/"],
    ["/db/", "demo", "/db/demo/"],
    ["a/b", "demo", "/a/b/demo/"],
    ["", "demo", "/demo/"],
  ])("of %j and %j is %j: with a slash at the end, or demo2 would match too", (namespace, scope, prefix) => {
    expect(prefixOf(namespace, scope)).toBe(prefix);
  });
});

describe("the scope's subtree", () => {
  test("a whole cluster", () => {
    const seen = view({
      leader: "pg1",
      "members/pg1": {
        ...MEMBER,
        conn_url: "postgres://10.0.0.1:5432/postgres",
        role: "primary",
        xlog_location: 67109136,
      },
      "members/pg2": MEMBER,
      initialize: "7710434487420534885",
      config: { ttl: 30, loop_wait: 10, pause: true },
      history: [[1, 67108960, "no recovery target specified", "2026-11-21T01:43:58.983120+00:00", "pg1"]],
      status: { optime: 67109136 },
      failover: {},
    });
    expect(seen).toMatchObject({
      kind: "etcd3",
      revision: "99",
      leader: { name: "pg1", modRevision: "10", lease: "8526618098473707494" },
      systemId: "7710434487420534885",
      ttlSeconds: 30,
      loopWaitSeconds: 10,
      pause: true,
      failover: null,
      sync: null,
      history: [{ timeline: 1, lsn: "0/4000060", at: "2026-11-21T01:43:58.983Z", newLeader: "pg1" }],
    });
    expect(seen.members).toMatchObject([
      { name: "pg1", role: "primary", host: "10.0.0.1", lagBytes: null },
      {
        name: "pg2",
        role: "replica",
        port: 5432,
        apiUrl: "http://10.0.0.2:8008",
        replicationState: "streaming",
        lsn: "0/4000060",
        lagBytes: 176,
        timeline: 3,
        patroniVersion: "4.1.4",
        modRevision: "12",
      },
    ]);
  });

  test("an empty scope has no leader, no members and no invented values", () => {
    expect(view({})).toMatchObject({
      leader: null,
      members: [],
      systemId: null,
      config: null,
      ttlSeconds: null,
      sync: null,
    });
  });

  test("without a written position the lag is unknown, where Patroni's /cluster says 0", () => {
    expect(view({ leader: "pg1", "members/pg2": MEMBER }).members[0]?.lagBytes).toBeNull();
  });

  test("the position of a cluster with members before 2.1 is read too", () => {
    expect(view({ "optime/leader": "67109136", "members/pg2": MEMBER }).members[0]?.lagBytes).toBe(176);
  });

  test.each([
    ["leader", ""],
    ["members/pg1", "{broken"],
    ["config", "[]"],
    ["history", "{}"],
    ["status", "x"],
    ["failover", "{"],
    ["sync", "7"],
    ["initialize", ""],
  ])("a spoilt %s throws nothing and counts as absent", (key, value) => {
    const seen = view({ [key]: value });
    expect(seen).toMatchObject({ leader: null, config: null, history: [], failover: null, sync: null, systemId: null });
    expect(seen.members.every((member) => member.state === "unknown" && member.role === "unknown")).toBe(true);
  });

  test("a member whose value cannot be read is still known by name", () => {
    expect(view({ "members/pg1": "{broken" }).members).toMatchObject([{ name: "pg1", host: null, timeline: null }]);
  });

  test("a member's value as very old releases wrote it", () => {
    const value = "postgres://10.0.0.3:5432/postgres?application_name=http://10.0.0.3:8008/patroni";
    expect(view({ "members/pg3": value }).members).toMatchObject([
      { host: "10.0.0.3", apiUrl: "http://10.0.0.3:8008" },
    ]);
  });

  test.each([
    ["{} is none", {}, null],
    ["a switchover", { leader: "pg1", member: "pg2" }, { leader: "pg1", candidate: "pg2", scheduledAt: null }],
    ["a failover names a candidate only", { member: "pg2" }, { leader: null, candidate: "pg2" }],
    [
      "a scheduled one",
      { leader: "pg1", scheduled_at: "2030-01-01T03:00:00+03:00" },
      { scheduledAt: "2030-01-01T00:00:00.000Z" },
    ],
    ["the old spelling", "pg1:pg2", { leader: "pg1", candidate: "pg2" }],
  ])("failover key: %s", (_, value, wanted) => {
    const { failover } = view({ failover: value });
    if (wanted === null) expect(failover).toBeNull();
    else expect(failover).toMatchObject({ ...wanted, modRevision: "10" });
  });

  test.each([
    ["synchronous mode", { synchronous_mode: true }, "sync-standby"],
    ["quorum commit", { synchronous_mode: "quorum" }, "quorum-standby"],
    ["a left-over key while the mode is off", { synchronous_mode: false }, "replica"],
  ])("sync key under %s", (_, config, role) => {
    const seen = view({ config, sync: { leader: "pg1", sync_standby: "PG2,pg3" }, "members/pg2": MEMBER });
    expect(seen.sync).toEqual({ leader: "pg1", standbys: ["PG2", "pg3"] });
    expect(seen.members[0]?.role).toBe(role);
  });

  test("members are in natural order; keys of Citus groups are not ours", () => {
    const seen = view({ "members/pg10": MEMBER, "members/pg2": MEMBER, "0/members/pg3": MEMBER, "0/leader": "pg3" });
    expect(seen.members.map(({ name }) => name)).toEqual(["pg2", "pg10"]);
    expect(seen.leader).toBeNull();
  });
});
