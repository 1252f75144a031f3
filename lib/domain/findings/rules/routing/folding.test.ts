import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { healthyState, READ_POOL, vipNowhere, WRITE_POOL } from "../../../testing/builders";
import { eyeSees, finds } from "../../../testing/client-eye";
import { behind } from "../../../testing/failures";
import { pooler, readers, servers, shownAfter, writers } from "../../../testing/routing";

const cluster = () => healthyState({ clientEye: true });
const HELD_MS = 60_000;

/** `<what follows> < <its cause>` for all that is shown; roots by themselves. */
const tree = (state: ClusterState): string[] =>
  shownAfter(state, HELD_MS)
    .filter(({ group, rule }) => group === "routing" || rule === "write-path" || rule === "witness-disagrees")
    .map(({ id, under }) => (under === null ? id : `${id} < ${under}`))
    .sort();
const roots = (state: ClusterState): string[] => tree(state).filter((one) => !one.includes(" < "));

describe("one fault on the way is one finding, with what follows from it beneath", () => {
  it("a write pool without servers", () => {
    const all = tree(eyeSees(writers(cluster(), []), "refused"));
    expect(all).toEqual([
      `client-cut-off:10.0.0.200:7000 < write-pool-empty:${WRITE_POOL}`,
      "witness-disagrees/client < write-path/pool-empty",
      "witness-disagrees/haproxy < write-path/pool-empty",
      `write-path/pool-empty < write-pool-empty:${WRITE_POOL}`,
      `write-pool-empty:${WRITE_POOL}`,
    ]);
  });

  it.each([
    [
      "a check that looks at the port: replicas and several servers in the write pool come of it",
      () =>
        Object.keys(cluster().haproxy).reduce(
          (s, node) => servers(s, node, WRITE_POOL, () => ({ checkStatus: "L4OK" })),
          eyeSees(writers(cluster(), ["node1", "node2", "node3"]), finds(1, "read-only")),
        ),
      [`check-not-role:${WRITE_POOL}`],
    ],
    [
      "a replica alone in the write pool: that the leader is not there is the same",
      () => eyeSees(writers(cluster(), ["node2"]), finds(1, "read-only")),
      [`write-pool-replica:${WRITE_POOL}`],
    ],
    [
      "a read pool that is empty on one host: that the hosts differ is the same",
      () => readers(cluster(), [], ["node3"]),
      [`read-pool-empty:${READ_POOL}`],
    ],
    [
      "a VIP nowhere: clients are cut off by it",
      () => eyeSees(vipNowhere(cluster()), "timeout"),
      ["vip-nowhere:10.0.0.200"],
    ],
    [
      "a pool in use to the last: those who wait, wait for it",
      () => pooler(cluster(), "node1", { clientsWaiting: 4, maxWaitMs: 3_000, serversActive: 20, serversIdle: 0 }),
      ["pgbouncer-exhausted:node1"],
    ],
    [
      "a PgBouncer that does not get in: clients are cut off by it",
      () =>
        eyeSees(
          pooler(cluster(), "node1", { clientsWaiting: 4, maxWaitMs: 3_000, serversActive: 0, serversIdle: 0 }),
          "timeout",
        ),
      ["pgbouncer-login:node1"],
    ],
  ])("%s", (_, state, want) => {
    expect(roots(state())).toEqual(want);
  });

  it("a lagging replica: that it is read from stands beneath its lag", () => {
    const found = shownAfter(behind("node3", 2_000_000_000)(cluster()), HELD_MS);
    expect(found.find(({ rule }) => rule === "read-pool-lagging")?.under).toMatch(/^lag-(bytes|seconds):node3$/);
  });

  it("but clients that are cut off are never hidden beneath something lesser", () => {
    const waiting = pooler(cluster(), "node1", { clientsWaiting: 4, maxWaitMs: 3_000 });
    expect(roots(eyeSees(waiting, "timeout"))).toContain("client-cut-off:10.0.0.200:7000");
  });

  it("nothing is shown before its time", () => {
    const early = shownAfter(eyeSees(writers(cluster(), []), "refused"), 10_000).map(({ rule }) => rule);
    expect(early).not.toContain("write-pool-empty");
    expect(early).not.toContain("client-cut-off");
  });
});
