import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { HistoryEntry } from "../facts";
import { type Instant, instant, type Lsn, memberName } from "../ids";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import {
  answer,
  failing,
  failingDcs,
  haproxyFacts,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipFacts,
  vipNowhere,
  vipOn,
  withVip,
} from "../testing/builders";
import { bareText } from "../testing/samples";
import { foldEvents } from "./fold";
import { EMPTY_MEMORY } from "./notebook";
import { brief, later, play, type Step, wait } from "./testing/play";

describe("a change from one known value to another is told", () => {
  const cases: readonly [string, readonly Step[], readonly (readonly string[])[]][] = [
    [
      "the leader key moves",
      [later((s, at) => keyTo(s, "node2", "900", at))],
      [
        ["leader", "event.leader.changed"],
        ["role", "event.role"],
      ],
    ],
    [
      "the leader key is gone, and the same leader takes it again",
      [later((s, at) => keyTo(s, null, "900", at)), later((s, at) => keyTo(s, "node1", "901", at))],
      [
        ["leader", "event.leader.none"],
        ["leader", "event.leader.again"],
      ],
    ],
    [
      "the timeline",
      [later((s, at) => patchPostgres(s, "node1", { timeline: 8 }, at))],
      [["timeline", "event.timeline.changed"]],
    ],
    [
      "a member's state",
      [later((s, at) => patchPatroni(s, "node3", { state: "crashed" }, at))],
      [["state", "event.state"]],
    ],
    [
      "a member leaves and joins",
      [
        later((s, at) => patchDcs(s, { members: s.dcs.good?.value.members.slice(0, 2) ?? [] }, at)),
        later((s, at) => patchDcs(s, { members: healthyState().dcs.good?.value.members ?? [] }, at)),
      ],
      [
        ["member-left", "event.member.left"],
        ["member-joined", "event.member.joined"],
      ],
    ],
    ["the VIP moves", [later((s, at) => vipOn(s, "node2", at))], [["vip", "event.vip.moved"]]],
    [
      "the VIP moves by way of nobody, slowly",
      [
        later((s, at) => vipNowhere(s, at)),
        later((s, at) => vipNowhere(s, at), 3_000),
        later((s, at) => vipOn(s, "node2", at)),
      ],
      [
        ["vip", "event.vip.nowhere"],
        ["vip", "event.vip.moved"],
      ],
    ],
    [
      "the VIP moves by way of nobody, at once",
      [later((s, at) => vipNowhere(s, at)), later((s, at) => vipOn(s, "node2", at))],
      [["vip", "event.vip.moved"]],
    ],
    ["two answer for the VIP", [later((s, at) => withVip(s, twoHolders(s), at))], [["vip", "event.vip.several"]]],
    [
      "a server of one HAProxy goes down in the read pool",
      [later((s, at) => answer(s, "haproxy", "node1", readDown("node3"), at))],
      [["pool-server", "event.pool-server"]],
    ],
    ["Patroni is paused", [later((s, at) => patchDcs(s, { pause: true }, at))], [["pause", "event.pause.on"]]],
    [
      "the configuration",
      [later((s, at) => patchDcs(s, { config: { ttl: 30, loop_wait: 5 }, configRevision: "13" }, at))],
      [["configuration", "event.configuration"]],
    ],
    [
      "the etcd leader",
      [later((s, at) => etcdLeader(s, "http://10.0.0.2:2379", at))],
      [["dcs-leader", "event.dcs.leader"]],
    ],
    ["the quorum", [later((s, at) => failingDcs(s, "no-quorum", at))], [["dcs-health", "event.dcs.no-quorum"]]],
    [
      "a handover, asked for and over",
      [
        later((s, at) =>
          patchDcs(
            s,
            {
              failover: {
                leader: memberName("node1"),
                candidate: memberName("node2"),
                scheduledAt: null,
                modRevision: "7",
              },
            },
            at,
          ),
        ),
        later((s, at) => keyTo(patchDcs(s, { failover: null }, at), "node2", "9", at)),
      ],
      [
        ["handover", "event.handover.asked"],
        ["handover", "event.handover.over"],
        ["leader", "event.leader.changed"],
        ["role", "event.role"],
      ],
    ],
    [
      "a switchover is scheduled and cancelled",
      [
        later((s, at) =>
          patchDcs(
            s,
            {
              failover: {
                leader: memberName("node1"),
                candidate: null,
                scheduledAt: instant(at + 3_600_000),
                modRevision: "7",
              },
            },
            at,
          ),
        ),
        later((s, at) => patchDcs(s, { failover: null }, at)),
      ],
      [
        ["scheduled", "event.scheduled.set"],
        ["scheduled", "event.scheduled.removed"],
      ],
    ],
  ];
  it.each(cases)("%s", (_name, steps, expected) => expect(brief(play(steps))).toEqual(expected));
});

describe("nothing is told of", () => {
  const cases: readonly [string, readonly Step[]][] = [
    ["time alone", [wait(1_000), wait(60_000)]],
    ["the DCS out of sight for a while", [later((s, at) => failingDcs(s, "timeout", at), 20_000)]],
    ["one failed look", [later((s, at) => failing(s, "pgbouncer", "node2", "refused", at))]],
    [
      "a source that fails twice within a moment",
      [
        later((s, at) => failing(s, "patroni", "node2", "timeout", at), 200),
        later((s, at) => failing(s, "patroni", "node2", "timeout", at), 200),
      ],
    ],
  ];
  it.each(cases)("%s", (_name, steps) => expect(brief(play(steps))).toEqual([]));

  it("the first sight of anything but Patroni's own history", () => {
    const snapshot: Snapshot = { ...buildSnapshot(healthyState(), null, NOW, bareText), version: 1 };
    expect(foldEvents(EMPTY_MEMORY, snapshot).events.map(({ kind }) => kind)).toEqual(["history"]);
  });
});

describe("sources", () => {
  const failed = (room: "patroni" | "postgres" | "pgbouncer" | "haproxy", kind: "refused" | "timeout") =>
    later((s: ClusterState, at: number) => failing(s, room, "node2", kind, at), 3_000);

  it("one that stays away is lost, and comes back", () => {
    const events = play([
      failed("pgbouncer", "refused"),
      failed("pgbouncer", "refused"),
      wait(3_000),
      later((s, at) => answer(s, "pgbouncer", "node2", (was) => was, at)),
    ]).filter(({ kind }) => kind.startsWith("source"));
    expect(events.map(({ text, subject }) => [text.key, subject])).toEqual([
      ["event.source.lost", "pgbouncer:node2"],
      ["event.source.back", "pgbouncer:node2"],
    ]);
  });

  it("those of a host that is gone are told as one", () => {
    const all = (kind: "timeout") =>
      later((s: ClusterState, at: number) => {
        const rooms = ["patroni", "postgres", "pgbouncer", "haproxy"] as const;
        const members = rooms.reduce((state, room) => failing(state, room, "node2", kind, at), s);
        return failing(members, "dcsMembers", "http://10.0.0.2:2379", kind, at);
      }, 8_000);
    const events = play([
      all("timeout"),
      all("timeout"),
      all("timeout"),
      all("timeout"),
      all("timeout"),
      all("timeout"),
    ]);
    expect(events.filter(({ kind }) => kind === "source-lost").map(({ text, subject }) => [text.key, subject])).toEqual(
      [["event.host.lost", "node2"]],
    );
  });

  it("a host that comes back does not lose its programs one by one as they start", () => {
    const rooms = ["patroni", "postgres", "pgbouncer"] as const;
    const refused = (s: ClusterState, at: number) =>
      rooms.reduce((state, room) => failing(state, room, "node2", "refused", at), s);
    const all = later(
      (s, at) =>
        failing(
          failing(refused(s, at), "haproxy", "node2", "refused", at),
          "dcsMembers",
          "http://10.0.0.2:2379",
          "refused",
          at,
        ),
      8_000,
    );
    const events = play([
      all,
      all,
      all,
      later((s, at) => answer(refused(s, at), "haproxy", "node2", (old) => old, at), 3_000),
      later((s, at) => refused(s, at), 3_000),
      later(
        (s, at) => rooms.reduce((state, room) => answer(state, room, "node2", (old: unknown) => old as never, at), s),
        3_000,
      ),
    ]);
    expect(events.filter(({ kind }) => kind.startsWith("source")).map(({ text }) => text.key)).toEqual([
      "event.host.lost",
      "event.host.back",
    ]);
  });
});

describe("what happened while we were away", () => {
  it("carries since when it may have happened", () => {
    const [event] = play([later((s, at) => vipOn(s, "node2", at), 300_000)]).filter(({ kind }) => kind === "vip");
    expect(event).toMatchObject({ notBefore: instant(NOW), at: instant(NOW + 300_000) });
  });

  it("is told at the time that Patroni's history gives", () => {
    const at = instant(NOW + 100_000);
    const [leader, ...rest] = play([
      later(
        (s, now) => keyTo(patchDcs(s, { history: [...was(s), entry(7, "node2", at)] }, now), "node2", "900", now),
        300_000,
      ),
    ]).filter(({ kind }) => kind === "leader" || kind === "history");
    expect(leader).toMatchObject({
      at,
      notBefore: null,
      source: "patroni-history",
      data: { from: "node1", to: "node2" },
    });
    expect(rest).toEqual([]);
  });
});

describe("Patroni's history", () => {
  it("tells of changes before us, each once, at their own time", () => {
    const start = patchDcs(healthyState(), {
      history: [
        entry(5, "node2", "2026-11-01T10:00:00.000Z" as Instant),
        entry(6, null, "2026-11-02T10:00:00.000Z" as Instant),
      ],
    });
    const snapshot: Snapshot = { ...buildSnapshot(start, null, NOW, bareText), version: 1 };
    const first = foldEvents(EMPTY_MEMORY, snapshot);
    expect(first.events.map(({ kind, at, text, dedupe }) => [kind, at, text.key, dedupe])).toEqual([
      ["history", "2026-11-01T10:00:00.000Z", "event.history.leader", expect.stringContaining(":5:")],
      ["history", "2026-11-02T10:00:00.000Z", "event.history.timeline", expect.stringContaining(":6:")],
    ]);
    expect(foldEvents(first.memory, snapshot).events).toEqual([]);
  });

  it("does not tell again what we saw ourselves", () => {
    const events = play([
      later((s, at) => keyTo(s, "node2", "900", at)),
      later((s, at) => patchDcs(s, { history: [...was(s), entry(7, "node2", instant(NOW + 3_000))] }, at), 4_000),
      wait(40_000),
      wait(40_000),
    ]);
    expect(events.filter(({ kind }) => kind === "leader" || kind === "history").map(({ kind }) => kind)).toEqual([
      "leader",
    ]);
  });
});

it("a configuration's event carries the whole difference, and no secret", () => {
  const before = { ttl: 30, postgresql: { parameters: { max_connections: 100, archive_command: "x" }, pg_hba: ["a"] } };
  const after = {
    ttl: 30,
    postgresql: {
      parameters: { max_connections: 200 },
      pg_hba: ["a", "b"],
      authentication: { replication: { password: "hunter2" } },
    },
  };
  const events = play([
    later((s, at) => patchDcs(s, { config: before, configRevision: "13" }, at)),
    later((s, at) => patchDcs(s, { config: after, configRevision: "14" }, at)),
  ]);
  const last = events.filter(({ kind }) => kind === "configuration").at(-1);
  expect(last?.data).toMatchObject({
    count: 4,
    differences: [
      { path: "postgresql.authentication.replication.password", before: null, after: "[secret]" },
      { path: "postgresql.parameters.archive_command", before: "x", after: null },
      { path: "postgresql.parameters.max_connections", before: 100, after: 200 },
      { path: "postgresql.pg_hba", before: ["a"], after: ["a", "b"] },
    ],
  });
  expect(JSON.stringify(events)).not.toContain("hunter2");
});

it("every sentence of the verdict is told once, in order, worst as critical", () => {
  const events = play([
    later((s, at) => routes(s, "node1", ["node2"], at)),
    wait(500),
    later((s, at) => routes(s, "node1", ["node1"], at)),
  ]).filter(({ kind }) => kind === "verdict");
  expect(events.map(({ severity, data }) => [severity, data.code])).toEqual([
    ["critical", "misrouted"],
    ["notice", "ok"],
  ]);
});

const was = (state: ClusterState): readonly HistoryEntry[] => state.dcs.good?.value.history ?? [];
const entry = (timeline: number, leader: string | null, at: Instant): HistoryEntry => ({
  timeline,
  lsn: "0/3000060" as Lsn,
  reason: "no recovery target specified",
  at,
  newLeader: leader === null ? null : memberName(leader),
});

function twoHolders(state: ClusterState) {
  const facts = state.vip?.good?.value;
  if (!facts) throw new Error("no VIP");
  const [first, ...others] = facts.probes;
  const other = vipFacts("node2", ["node1", "node2", "node3"]).probes[0];
  return { ...facts, probes: [first, other, ...others].filter((probe) => probe !== undefined) };
}

function readDown(name: string) {
  const facts = haproxyFacts(["node1", "node2", "node3"], ["node1"]);
  return {
    ...facts,
    pools: facts.pools.map((pool) =>
      pool.name === "postgres_replicas"
        ? { ...pool, servers: pool.servers.map((s) => (s.name === name ? { ...s, status: "down" as const } : s)) }
        : pool,
    ),
  };
}

function etcdLeader(state: ClusterState, leader: string, at: number): ClusterState {
  return Object.keys(state.dcsMembers).reduce(
    (s, endpoint) => answer(s, "dcsMembers", endpoint, (old) => ({ ...old, isLeader: endpoint === leader }), at),
    state,
  );
}
