import { describe, expect, it } from "vitest";
import { answer, cutHost, failing, NOW, patchPatroni, patchPostgres, vipOn } from "../testing/builders";
import {
  asIs,
  behind,
  chain,
  etcdDown,
  foretold,
  MAXIMUM,
  maintained,
  paused,
  type Row,
  synchronous,
  tagged,
  why,
} from "../testing/failures";
import { sampleSnapshot } from "../testing/samples";
import { predictFailures } from "./predict";

describe("the death of a host", () => {
  const two = { names: ["node1", "node2"] };
  it.each<Row>([
    ["the leader's: one of two equal replicas takes over", asIs, {}, "host node1", "served", null, "several"],
    [
      "the leader's: the one that has received more takes over",
      behind("node2", 4096),
      {},
      "host node1",
      "served",
      "node3",
      "successor",
    ],
    ["a replica's changes nothing", asIs, {}, "host node3", "served", "node1", "unharmed"],
    [
      "one replica down: the other takes over, but etcd has no majority left",
      chain((s) => cutHost(s, "node2"), etcdDown(2)),
      {},
      "host node1",
      "lost",
      null,
      "quorum_lost",
    ],
    [
      "one etcd member out of sight: it may make the majority or not",
      (s) => failing(s, "dcsMembers", "http://10.0.0.2:2379", "unreachable", NOW + 1),
      {},
      "host node3",
      "unknown",
      "node1",
      "quorum_unseen",
    ],
    ["of two hosts: etcd of two members cannot lose one", asIs, two, "host node2", "lost", null, "quorum_lost"],
    ["the only host", asIs, { names: ["solo"] }, "host solo", "lost", null, "quorum_lost"],
    ["while paused: nobody takes over", paused, {}, "host node1", "lost", null, "paused"],
    ["while paused: a replica's changes nothing", paused, {}, "host node2", "served", "node1", "unharmed"],
    [
      "nofailover everywhere: nobody may take over",
      tagged(["node2", "node3"], { nofailover: true }),
      {},
      "host node1",
      "lost",
      null,
      "no_candidate",
    ],
    [
      "failover_priority 0 is as nofailover",
      tagged(["node2", "node3"], { failoverPriority: 0 }),
      {},
      "host node1",
      "lost",
      null,
      "no_candidate",
    ],
    [
      "among equals the higher failover_priority leads",
      tagged(["node3"], { failoverPriority: 5 }),
      {},
      "host node1",
      "served",
      "node3",
      "successor",
    ],
    [
      "synchronous mode: the synchronous standby leads",
      synchronous(["node3"]),
      {},
      "host node1",
      "served",
      "node3",
      "successor",
    ],
    [
      "synchronous mode without a standby: nobody may take over",
      synchronous([]),
      {},
      "host node1",
      "lost",
      null,
      "no_candidate",
    ],
    [
      "strict: without a standby left commits wait",
      synchronous(["node2"], { synchronous_mode_strict: true }),
      { names: ["node1", "node2", "node3"] },
      "host node3",
      "served",
      "node1",
      "unharmed",
    ],
    [
      "behind by more than allowed: no candidate",
      chain(behind("node2", 2 * MAXIMUM), behind("node3", 2 * MAXIMUM)),
      {},
      "host node1",
      "lost",
      null,
      "no_candidate",
    ],
    [
      "a replica on another timeline is none",
      chain(
        (s) => patchPostgres(s, "node2", { timeline: 6 }),
        (s) => patchPatroni(s, "node2", { timeline: 6 }),
      ),
      {},
      "host node1",
      "served",
      "node3",
      "successor",
    ],
    [
      "a VIP that follows HAProxy goes to another node",
      (s) => vipOn(s, "node3"),
      { vip: "haproxy" },
      "host node3",
      "served",
      "node1",
      "unharmed",
    ],
    [
      "HAProxy on one host alone: with it the way is gone",
      (s) => ({ ...s, spec: { ...s.spec, haproxy: s.spec.haproxy && { ...s.spec.haproxy, nodes: ["node3"] } } }),
      { vip: "haproxy" },
      "host node3",
      "lost",
      "node1",
      "no_route",
    ],
    [
      "without HAProxy the VIP leads to the leader itself",
      asIs,
      { haproxy: false, pgbouncer: false },
      "host node1",
      "served",
      null,
      "several",
    ],
    [
      "without a VIP only the clients know which HAProxy they use",
      asIs,
      { vip: null },
      "host node3",
      "unknown",
      "node1",
      "which_haproxy",
    ],
    [
      "PgBouncer of the one that takes over is paused",
      (s) => answer(behind("node2", 4096)(s), "pgbouncer", "node3", (was) => ({ ...was, allPaused: true })),
      {},
      "host node1",
      "lost",
      "node3",
      "pgbouncer_paused",
    ],
    [
      "HAProxy would not send to the one that takes over",
      (s) => maintained(behind("node2", 4096)(s), "node3"),
      {},
      "host node1",
      "lost",
      "node3",
      "no_route",
    ],
  ])("%s", (_, change, options, what, writes, leader, reason) => {
    const one = foretold(change, options, what);
    expect({ writes: one.writes, leader: one.leader, why: why(one) }).toEqual({ writes, leader, why: reason });
  });

  it("of the leader tells how much WAL is lost, and that it is not known where it is not", () => {
    expect(foretold(chain(behind("node2", 8192), behind("node3", 4096)), {}, "host node1")).toMatchObject({
      leader: "node3",
      lossBytes: 4096,
    });
    const untold = foretold(asIs, { postgres: false, names: ["node1", "node2"] }, "patroni node1");
    expect(untold).toMatchObject({ writes: "served", leader: "node2", lossBytes: null });
  });

  it("is told of every member, also seven with long names, each once", () => {
    const picture = sampleSnapshot("seven-long-names");
    const hosts = predictFailures(picture, MAXIMUM).filter(({ layer }) => layer === "host");
    expect(hosts.map(({ subject }) => subject)).toEqual(picture.members.map(({ name }) => name));
    expect(new Set(predictFailures(picture, MAXIMUM).map((one) => `${one.layer} ${one.subject}`)).size).toBe(
      predictFailures(picture, MAXIMUM).length,
    );
  });
});
