import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import { memberName } from "../ids";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import {
  answer,
  cutHost,
  failing,
  failingDcs,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipNowhere,
  vipOn,
  withVip,
} from "../testing/builders";
import { bareText, SAMPLE_KINDS, type SampleKind, sampleSnapshot } from "../testing/samples";

const picture = (state: ClusterState, previous: Snapshot | null = null, now = NOW): Snapshot => ({
  ...buildSnapshot(state, previous, now, bareText),
  version: 1,
});
/** The picture at NOW of a cluster that was healthy a minute before. */
const after = (state: ClusterState): Snapshot =>
  picture(state, picture(healthyState({ now: NOW - 60_000 }), null, NOW - 60_000));
const brief = ({ writePath: { state, code, writer } }: Snapshot) => [state, code, writer];

describe("the sentence", () => {
  const expected: Record<SampleKind, readonly [string, string, string | null]> = {
    healthy: ["ok", "ok", "node1"],
    "healthy-vip-on-haproxy": ["ok", "ok", "node1"],
    starting: ["unknown", "starting", null],
    handover: ["degraded", "handover", null],
    promoting: ["broken", "promoting", null],
    "no-leader": ["broken", "no-leader", null],
    "paused-no-leader": ["broken", "paused-no-leader", null],
    split: ["split", "split-brain", null],
    misrouted: ["broken", "misrouted", "node1"],
    "pool-empty": ["broken", "pool-empty", "node1"],
    "vip-elsewhere": ["degraded", "vip-elsewhere", "node1"],
    "vip-nowhere": ["broken", "vip-nowhere", "node1"],
    "leader-unreachable": ["unknown", "leader-unreachable", null],
    "dcs-no-quorum": ["degraded", "agree-partly", null],
    "replica-cut-off": ["ok", "ok", "node1"],
    disagree: ["degraded", "agree-partly", "node1"],
    blind: ["unknown", "blind", null],
    "one-member": ["ok", "ok", "solo"],
    "seven-long-names": ["ok", "ok", "pg-erp-production-moscow-dc1-rack07-01"],
    "patroni-only": ["ok", "ok", "node1"],
  };
  it.each(SAMPLE_KINDS)("of a cluster that is %s says so", (kind) => {
    expect(brief(sampleSnapshot(kind))).toEqual(expected[kind]);
  });

  it("counts the layers that agree of those that speak", () => {
    expect(sampleSnapshot("healthy").writePath).toMatchObject({ agree: 6, of: 6 });
    expect(sampleSnapshot("patroni-only").writePath).toMatchObject({ agree: 2, of: 2 });
    expect(sampleSnapshot("vip-elsewhere").writePath).toMatchObject({ agree: 5, of: 6 });
    expect(sampleSnapshot("blind").writePath).toMatchObject({ agree: 0, of: 0, asOf: null });
  });

  it("is as old as the oldest evidence that it rests on", () => {
    const state = patchPostgres(healthyState(), "node1", {}, NOW - 3_000);
    expect(picture(state).writePath.asOf).toBe(new Date(NOW - 3_000).toISOString());
  });

  it("keeps its beginning while state, code and writer stay", () => {
    const first = picture(healthyState());
    const second = picture(healthyState({ now: NOW + 5_000 }), first, NOW + 5_000);
    expect(second.writePath.since).toBe(first.writePath.since);
    const third = picture(vipNowhere(healthyState({ now: NOW + 9_000 })), second, NOW + 9_000);
    expect(third.writePath.since).toBe(new Date(NOW + 9_000).toISOString());
  });
});

describe("a writer is named only by fresh evidence", () => {
  const cases: readonly (readonly [string, (s: ClusterState) => ClusterState])[] = [
    [
      "its PostgreSQL's answer is stale",
      (s) => patchPatroni(patchPostgres(s, "node1", {}, NOW - 6_001), "node1", {}, NOW - 6_001),
    ],
    ["its PostgreSQL refused since", (s) => failing(s, "postgres", "node1", "refused")],
    ["its PostgreSQL is in recovery", (s) => patchPostgres(s, "node1", { inRecovery: true })],
    ["the leader key is stale", (s) => patchDcs(s, {}, NOW - 9_001)],
    ["the leader key names another", (s) => keyTo(s, "node2", "999")],
    ["the leader key is gone", (s) => keyTo(s, null, "999")],
    [
      "Patroni denied it after PostgreSQL's answer",
      (s) => patchPatroni(patchPostgres(s, "node1", {}, NOW - 500), "node1", { role: "replica" }),
    ],
  ];
  it.each(cases)("not when %s", (_why, change) => {
    expect(after(change(healthyState())).writePath.writer).toBeNull();
  });

  it("by Patroni where PostgreSQL is not configured", () => {
    expect(after(healthyState({ postgres: false })).writePath).toMatchObject({ code: "ok", writer: "node1" });
  });

  it("by Patroni where PostgreSQL refuses only us", () => {
    const state = failing(healthyState(), "postgres", "node1", "unauthorized");
    expect(after(state).writePath).toMatchObject({ code: "agree-partly", state: "degraded", writer: "node1" });
  });

  it("and a time-out alone takes nothing back", () => {
    expect(after(failing(healthyState(), "postgres", "node1", "timeout")).writePath.code).toBe("ok");
  });
});

describe("a configured layer that is out of sight", () => {
  it("keeps the sentence from being all well", () => {
    const names = ["node1", "node2", "node3"];
    const state = names.reduce((s, n) => failing(s, "haproxy", n, "refused"), healthyState());
    expect(after(state).writePath).toMatchObject({ state: "degraded", code: "agree-partly", writer: "node1" });
  });

  it("matters when it is the HAProxy behind the VIP, and not when it is another", () => {
    expect(after(failing(healthyState(), "haproxy", "node1", "refused")).writePath.code).toBe("agree-partly");
    expect(after(failing(healthyState(), "haproxy", "node3", "refused")).writePath.code).toBe("ok");
  });

  it("is told from one that was seen and does not tell", () => {
    const facts = {
      address: "10.0.0.200",
      probes: [{ method: "haproxy", evidence: { method: "haproxy", sameAs: ["node1", "node2"] }, failure: null }],
    } as const;
    const path = after(withVip(healthyState(), facts)).writePath;
    expect(path.code).toBe("ok");
    expect(path.witnesses.find((w) => w.layer === "vip")?.verdict).toBe("silent");
  });
});

describe("leadership in motion", () => {
  const failover = { leader: memberName("node1"), candidate: memberName("node2"), scheduledAt: null, modRevision: "1" };

  it("a switchover planned for later is not a handover", () => {
    const later = { ...failover, scheduledAt: new Date(NOW + 60_000).toISOString() as never };
    const snapshot = after(patchDcs(healthyState(), { failover: later }));
    expect(snapshot.writePath.code).toBe("ok");
    expect(snapshot.scheduled).toHaveLength(1);
    expect(snapshot.handover).toBeNull();
  });

  it("a failover key that outlives the handover by a moment does not hide the new leader", () => {
    const state = patchDcs(keyTo(healthyState({ leader: "node2" }), "node2", "999"), { failover });
    expect(after(state).writePath).toMatchObject({ code: "ok", writer: "node2" });
  });

  it("between two leaders it says that there is none, and where it goes", () => {
    const state = keyTo(
      patchDcs(patchPostgres(healthyState(), "node1", { inRecovery: true }), { failover }),
      null,
      "999",
    );
    expect(after(state).writePath.message.key).toBe("domain.verdict.no-leader-handover");
  });

  it("a leader in recovery is being promoted for one TTL, and then it is wrong", () => {
    const state = patchPostgres(keyTo(healthyState(), "node2", "999"), "node1", { inRecovery: true });
    const first = after(patchPatroni(state, "node1", { role: "replica" }));
    expect(brief(first)).toEqual(["broken", "promoting", null]);
    const later = healthyState({ now: NOW + 31_000 });
    const closed = patchPatroni(patchPostgres(keyTo(later, "node2", "999"), "node1", { inRecovery: true }), "node1", {
      role: "replica",
    });
    expect(brief(picture(closed, first, NOW + 31_000))).toEqual(["broken", "leader-not-writable", null]);
  });

  it("a standby cluster has no writer and is well", () => {
    const config = { standby_cluster: { host: "10.9.9.9", port: 5432 } };
    const state = patchPatroni(
      patchPostgres(patchDcs(healthyState(), { config }), "node1", { inRecovery: true }),
      "node1",
      { role: "standby-leader" },
    );
    const snapshot = after(state);
    expect(brief(snapshot)).toEqual(["ok", "ok", null]);
    expect(snapshot.members[0]?.role).toBe("standby-leader");
  });
});

describe("a leader out of reach", () => {
  it("is unknown while its peers still see it, and broken when they report it down", () => {
    const cut = cutHost(healthyState(), "node1");
    expect(brief(after(cut))).toEqual(["unknown", "leader-unreachable", null]);
    const down = routes(routes(cut, "node2", []), "node3", []);
    const snapshot = after(down);
    expect(brief(snapshot)).toEqual(["broken", "leader-unreachable", null]);
    expect(snapshot.writePath.message.key).toBe("domain.verdict.leader-reported-down");
  });

  it("is broken when its PostgreSQL turns us away after it had let us in", () => {
    const state = failing(failing(healthyState(), "postgres", "node1", "refused"), "patroni", "node1", "timeout");
    const old = patchPatroni(state, "node1", {}, NOW - 7_000);
    expect(brief(after(old))).toEqual(["broken", "leader-unreachable", null]);
  });
});

describe("routing", () => {
  it("of the HAProxy behind the VIP breaks writes, of another only degrades", () => {
    expect(brief(after(routes(healthyState(), "node1", ["node2"])))).toEqual(["broken", "misrouted", "node1"]);
    expect(brief(after(routes(healthyState(), "node3", ["node2"])))).toEqual(["degraded", "misrouted", "node1"]);
    expect(brief(after(routes(healthyState(), "node3", [])))).toEqual(["degraded", "pool-empty", "node1"]);
  });

  it("without a VIP is broken only when no node leads right", () => {
    const state = routes(routes(healthyState({ vip: null }), "node1", []), "node2", ["node3"]);
    expect(after(state).writePath.state).toBe("degraded");
    expect(after(routes(state, "node3", ["node2"])).writePath.state).toBe("broken");
  });

  it("that sends to the writer and to another server besides is wrong", () => {
    expect(after(routes(healthyState(), "node1", ["node1", "node2"])).writePath.code).toBe("misrouted");
  });

  it("does not judge a server that is no known member", () => {
    const state = ["node1", "node2", "node3"].reduce(
      (s, node) =>
        answer(s, "haproxy", node, (was) => ({
          ...was,
          pools: was.pools.map((p) => ({ ...p, servers: p.servers.map((x) => ({ ...x, name: `srv-${x.name}-x` })) })),
        })),
      healthyState(),
    );
    expect(brief(after(state))).toEqual(["ok", "ok", "node1"]);
  });

  it("by PgBouncer beside the writer to another member is wrong", () => {
    const state = answer(healthyState(), "pgbouncer", "node1", (was) => ({
      ...was,
      databases: was.databases.map((d) => ({ ...d, host: "10.0.0.2" })),
    }));
    expect(after(state).writePath.message).toMatchObject({ key: "domain.verdict.misrouted-pgbouncer" });
  });

  it("by a VIP without HAProxy on another host is a dead end", () => {
    const direct = vipOn(healthyState({ haproxy: false, pgbouncer: false }), "node2");
    expect(brief(after(direct))).toEqual(["broken", "vip-elsewhere", "node1"]);
  });

  it("by a VIP that follows HAProxy may be on any host", () => {
    expect(after(vipOn(healthyState({ vip: "haproxy" }), "node3")).writePath.code).toBe("ok");
  });
});

describe("without the DCS", () => {
  it("nobody is named, and what members say still counts", () => {
    const state = failingDcs(healthyState(), "no-quorum");
    expect(brief(after(state))).toEqual(["degraded", "agree-partly", null]);
    expect(brief(after(cutHost(state, "node3")))).toEqual(["unknown", "agree-partly", null]);
  });

  it("no open member at all is broken, and unseen members leave it unknown", () => {
    const demoted = patchPatroni(patchPostgres(healthyState(), "node1", { inRecovery: true }), "node1", {
      role: "replica",
    });
    const state = failingDcs(demoted, "no-quorum");
    expect(brief(after(state))).toEqual(["broken", "no-leader", null]);
    expect(brief(after(cutHost(state, "node3")))).toEqual(["unknown", "blind", null]);
  });
});
