import { describe, expect, it } from "vitest";
import { answer, cutHost, haproxyFacts } from "../testing/builders";
import {
  asIs,
  behind,
  type Change,
  chain,
  configured,
  etcdDown,
  foretold,
  paused,
  type Row,
  synchronous,
  why,
} from "../testing/failures";

describe("the death of one layer", () => {
  it.each<Row>([
    [
      "PostgreSQL of the leader: its Patroni starts it again",
      asIs,
      {},
      "postgres node1",
      "served",
      "node1",
      "restarted",
    ],
    [
      "PostgreSQL of the leader while paused: the key is let go, and nobody promotes",
      paused,
      {},
      "postgres node1",
      "lost",
      null,
      "paused",
    ],
    [
      "PostgreSQL of the leader with primary_start_timeout 0: a replica takes over",
      chain(configured({ primary_start_timeout: 0 }), behind("node2", 1)),
      {},
      "postgres node1",
      "served",
      "node3",
      "successor",
    ],
    [
      "the same without a candidate: it is started in place",
      configured({ primary_start_timeout: 0 }),
      { names: ["solo"] },
      "postgres solo",
      "served",
      "solo",
      "restarted",
    ],
    ["PostgreSQL of a replica", asIs, {}, "postgres node2", "served", "node1", "unharmed"],
    [
      "strict synchronous mode: the last standby is the last that commits wait for",
      synchronous(["node2"], { synchronous_mode_strict: true }),
      { names: ["node1", "node2"] },
      "postgres node2",
      "lost",
      "node1",
      "no_sync_standby",
    ],
    [
      "Patroni of the leader: its key expires and a replica takes over",
      behind("node3", 1),
      {},
      "patroni node1",
      "served",
      "node2",
      "successor",
    ],
    ["Patroni of the leader while paused", paused, {}, "patroni node1", "lost", null, "paused"],
    ["Patroni of a single member", asIs, { names: ["solo"] }, "patroni solo", "lost", null, "no_candidate"],
    [
      "Patroni of a single member that clients reach directly: PostgreSQL goes on",
      asIs,
      { names: ["solo"], haproxy: false, pgbouncer: false, vip: null },
      "patroni solo",
      "unknown",
      "solo",
      "left_open",
    ],
    [
      "HAProxy beside the leader where the VIP follows the leader",
      asIs,
      {},
      "haproxy node1",
      "lost",
      "node1",
      "vip_beside_dead_haproxy",
    ],
    [
      "HAProxy beside a replica where the VIP follows the leader",
      asIs,
      {},
      "haproxy node2",
      "served",
      "node1",
      "unharmed",
    ],
    [
      "HAProxy that holds the VIP where it follows HAProxy",
      asIs,
      { vip: "haproxy" },
      "haproxy node1",
      "served",
      "node1",
      "unharmed",
    ],
    ["the only HAProxy", asIs, { names: ["solo"], vip: "haproxy" }, "haproxy solo", "lost", "solo", "sole_haproxy"],
    [
      "PgBouncer of the leader: HAProxy asks Patroni, and sends on into the void",
      asIs,
      {},
      "pgbouncer node1",
      "lost",
      "node1",
      "pgbouncer_dead",
    ],
    ["what keeps a VIP with the leader", asIs, {}, "vip 10.0.0.200", "unknown", "node1", "vip_keeper"],
    [
      "what keeps a VIP with HAProxy: another host takes it",
      asIs,
      { vip: "haproxy" },
      "vip 10.0.0.200",
      "served",
      "node1",
      "unharmed",
    ],
    ["one etcd member of three", asIs, {}, "dcs node2", "served", "node1", "unharmed"],
    ["one etcd member of three with one down already", etcdDown(3), {}, "dcs node2", "lost", null, "quorum_lost"],
    [
      "the same in failsafe mode: the leader goes on",
      chain(etcdDown(3), configured({ failsafe_mode: true })),
      {},
      "dcs node2",
      "served",
      "node1",
      "failsafe",
    ],
    [
      "failsafe mode with a member that does not answer",
      chain(etcdDown(3), configured({ failsafe_mode: true }), (s) => cutHost(s, "node3")),
      {},
      "dcs node2",
      "lost",
      null,
      "quorum_lost",
    ],
  ])("%s", (_, change, options, what, writes, leader, reason) => {
    const one = foretold(change, options, what);
    expect({ writes: one.writes, leader: one.leader, why: why(one) }).toEqual({ writes, leader, why: reason });
  });

  it("of a member out of sight is told with unknown where it would decide", () => {
    const unseen = chain(
      (s) => cutHost(s, "node2"),
      (s) => cutHost(s, "node3"),
    );
    expect(foretold(unseen, {}, "patroni node1")).toMatchObject({ writes: "unknown", leader: null });
  });

  it("is not foretold for a PgBouncer that HAProxy goes past", () => {
    const past: Change = (state) => {
      const names = ["node1", "node2", "node3"];
      const facts = haproxyFacts(names, ["node1"]);
      const pools = facts.pools.map((pool) => ({
        ...pool,
        servers: pool.servers.map((row, at) => ({ ...row, address: `10.0.0.${at + 1}:5432` })),
      }));
      return names.reduce((s, node) => answer(s, "haproxy", node, { ...facts, pools }), state);
    };
    expect(foretold(past, {}, "pgbouncer node1")).toMatchObject({ writes: "served", leader: "node1" });
  });
});
