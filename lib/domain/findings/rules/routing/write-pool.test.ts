import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import {
  answer,
  type ClusterOptions,
  failing,
  healthyState,
  keyTo,
  patchPatroni,
  patchPostgres,
  vipOn,
  WRITE_POOL,
} from "../../../testing/builders";
import { aged } from "../../../testing/judge";
import {
  allSilent,
  pooler,
  said,
  servers,
  silentFor,
  standbyCluster,
  withServer,
  writers,
} from "../../../testing/routing";
import type { FindingRule } from "../../rule";
import { poolStranger } from "./pool-stranger";
import { writePoolEmpty } from "./write-pool-empty";
import { writePoolLacksLeader } from "./write-pool-lacks-leader";
import { writePoolReplica } from "./write-pool-replica";
import { writePoolSeveral } from "./write-pool-several";

/** A rule, what is so, and what it says: severity, HAProxy hosts, and whom it names. */
type Row = readonly [what: string, rule: FindingRule, state: () => ClusterState, says: readonly string[]];

const cluster = healthyState;
const brief = (rule: FindingRule, state: ClusterState): string[] =>
  said(rule, state).flatMap(({ severity, subject, text: { params } }) => [
    `${severity} ${subject.kind} ${subject.name}`,
    String(params.nodes),
    ...((params.members ?? params.servers) ? [String(params.members ?? params.servers)] : []),
  ]);

const CRITICAL = `critical pool ${WRITE_POOL}`;
const WARN = `warn pool ${WRITE_POOL}`;

const found: readonly Row[] = [
  [
    "a write pool that is empty everywhere cuts clients off",
    writePoolEmpty,
    () => writers(cluster(), []),
    [CRITICAL, "node1, node2, node3"],
  ],
  ["so does one behind the VIP", writePoolEmpty, () => writers(cluster(), [], ["node1"]), [CRITICAL, "node1"]],
  ["one beside the VIP waits for its turn", writePoolEmpty, () => writers(cluster(), [], ["node3"]), [WARN, "node3"]],
  [
    "without a VIP only the clients know which HAProxy they use",
    writePoolEmpty,
    () => writers(cluster({ vip: null }), [], ["node1", "node2"]),
    [WARN, "node1, node2"],
  ],
  [
    "of seven members",
    writePoolEmpty,
    () => writers(cluster({ names: ["a", "b", "c", "d", "e", "f", "g"] }), [], ["a", "g"]),
    [CRITICAL, "a, g"],
  ],
  ["of one member", writePoolEmpty, () => writers(cluster({ names: ["solo"] }), []), [CRITICAL, "solo"]],
  [
    "a replica in the write pool",
    writePoolReplica,
    () => writers(cluster(), ["node1", "node2"]),
    [CRITICAL, "node1, node2, node3", "node2"],
  ],
  [
    "a replica by Patroni's word where PostgreSQL is not asked",
    writePoolReplica,
    () => writers(cluster({ postgres: false }), ["node2"], ["node2"]),
    [WARN, "node2", "node2"],
  ],
  [
    "two servers up in it",
    writePoolSeveral,
    () => writers(cluster(), ["node1", "node3"], ["node2"]),
    [WARN, "node2", "node1, node3"],
  ],
  [
    "two that nobody knows",
    writePoolSeveral,
    () => withServer(withServer(writers(cluster(), []), "node1", "srv1"), "node1", "srv2"),
    [CRITICAL, "node1", "srv1, srv2"],
  ],
  [
    "a server up, and it is not the leader",
    writePoolLacksLeader,
    () => writers(cluster(), ["node3"]),
    [CRITICAL, "node1, node2, node3", "node3"],
  ],
  [
    "a replica's PgBouncer that leads on to another replica",
    writePoolLacksLeader,
    () =>
      servers(
        pooler(writers(cluster(), ["node2"], ["node1"]), "node2", {}, { host: "10.0.0.3" }),
        "node1",
        WRITE_POOL,
        () => ({
          address: "10.0.0.2:6432",
        }),
      ),
    [CRITICAL, "node1", "node2"],
  ],
  [
    "an address where no member lives",
    poolStranger,
    () => withServer(cluster(), "node1", "stray", { address: "10.0.0.99:5432" }),
    [CRITICAL, "node1", "stray (10.0.0.99:5432)"],
  ],
  [
    "a line beside those of all members",
    poolStranger,
    () => withServer(cluster(), "node1", "stray"),
    [CRITICAL, "node1", "stray"],
  ],
  [
    "an address where no member lives under a member's name",
    poolStranger,
    () =>
      servers(cluster(), "node2", WRITE_POOL, ({ name }) => ({ address: name === "node1" ? "10.0.0.99:5432" : null })),
    [WARN, "node2", "node1 (10.0.0.99:5432)"],
  ],
];

const quiet: readonly (readonly [string, FindingRule, () => ClusterState])[] = [
  ["an empty write pool of a standby cluster", writePoolEmpty, standbyCluster],
  ["the standby leader in the pool of a standby cluster", writePoolReplica, () => writers(standbyCluster(), ["node1"])],
  [
    "a pool that is the configured one by name only, and a bare frontend",
    writePoolEmpty,
    () =>
      answer(cluster(), "haproxy", "node1", (was) => ({
        ...was,
        pools: was.pools.map((pool) => ({ ...pool, servers: [] })),
      })),
  ],
  [
    "a pool that is not configured",
    writePoolEmpty,
    () => {
      const state = writers(cluster(), []);
      return { ...state, spec: { ...state.spec, haproxy: { nodes: ["node1"], writePool: null, readPool: null } } };
    },
  ],
  ["pages that are old", writePoolEmpty, () => allSilent(writers(cluster(), []), "haproxy")],
  ["pages that are old", writePoolSeveral, () => allSilent(writers(cluster(), ["node1", "node2"]), "haproxy")],
  [
    "a server that was a replica when it was last heard",
    writePoolReplica,
    () => aged(writers(cluster(), ["node1", "node2"]), "postgres", "node2", 60_000),
  ],
  [
    "a server that refuses to answer",
    writePoolReplica,
    () => failing(writers(cluster(), ["node1", "node2"]), "postgres", "node2", "refused"),
  ],
  ["no leader that could be missing", writePoolLacksLeader, () => keyTo(writers(cluster(), ["node2"]), null, "900")],
  [
    "a server of another name, which may be the leader",
    writePoolLacksLeader,
    () => withServer(writers(cluster(), []), "node1", "srv1"),
  ],
  [
    "a replica's PgBouncer that leads on to the leader",
    writePoolReplica,
    () =>
      servers(pooler(writers(cluster(), ["node2"]), "node2", {}, { host: "10.0.0.1" }), "node1", WRITE_POOL, () => ({
        address: "10.0.0.2:6432",
      })),
  ],
  [
    "several PgBouncers that all lead to the leader",
    writePoolSeveral,
    () =>
      ["node1", "node2", "node3"].reduce(
        (state, node) => servers(state, node, WRITE_POOL, ({ name }) => ({ address: `10.0.0.${name.at(-1)}:6432` })),
        ["node1", "node2", "node3"].reduce(
          (state, member) => pooler(state, member, {}, { host: "10.0.0.1" }),
          writers(cluster(), ["node1", "node2"]),
        ),
      ),
  ],
  [
    "a PgBouncer of which nothing fresh is known",
    writePoolLacksLeader,
    () => silentFor(writers(cluster(), ["node2"]), "pgbouncer", "node2", 120_000),
  ],
  [
    "a backup server while the other is up",
    writePoolSeveral,
    () => withServer(cluster(), "node1", "spare", { backup: true }),
  ],
  [
    "a stranger that gets no sessions",
    poolStranger,
    () => withServer(cluster(), "node1", "stray", { address: "10.0.0.99:5432", status: "down" }),
  ],
  [
    "a server on the HAProxy's own machine",
    poolStranger,
    () => withServer(cluster(), "node1", "own", { address: "127.0.0.1:6432" }),
  ],
  [
    "a line of another name where a member has none: it may be that one's",
    poolStranger,
    () => servers(cluster(), "node1", WRITE_POOL, ({ name }) => (name === "node1" ? { name: "srv1" } : {})),
  ],
  [
    "an address where members are known by names",
    poolStranger,
    () => {
      const state = withServer(cluster(), "node1", "stray", { address: "10.0.0.99:5432" });
      const good = state.dcs.good;
      const members = good?.value.members.map((one) => ({ ...one, host: `${one.name}.lan` as typeof one.host })) ?? [];
      return good ? { ...state, dcs: { ...state.dcs, good: { ...good, value: { ...good.value, members } } } } : state;
    },
  ],
];

const RULES = [writePoolEmpty, writePoolReplica, writePoolSeveral, writePoolLacksLeader, poolStranger];
const SHAPES: readonly (readonly [string, ClusterOptions])[] = [
  ["three members", {}],
  ["one member", { names: ["solo"] }],
  ["two members", { names: ["node1", "node2"] }],
  ["seven members", { names: ["a", "b", "c", "d", "e", "f", "g"] }],
  ["no HAProxy", { haproxy: false }],
];

describe("the write pool", () => {
  it.each(found)("is found: %s", (_, rule, state, says) => {
    expect(brief(rule, state())).toEqual(says);
  });

  it.each(quiet.map(([what, rule, state]) => [what, rule.id, rule, state] as const))(
    "is left alone: %s (%s)",
    (_what, _id, rule, state) => {
      expect(brief(rule, state())).toEqual([]);
    },
  );

  it.each(SHAPES)("of a healthy cluster of %s is left alone", (_, options) => {
    expect(RULES.flatMap((rule) => said(rule, cluster(options)))).toEqual([]);
  });

  it("is given the time of a handover before anything is said of it", () => {
    const state = writers(cluster(), ["node2", "node3"]);
    const drafts = [writePoolReplica, writePoolSeveral, writePoolLacksLeader].flatMap((rule) => said(rule, state));
    expect(drafts.map(({ holdMs }) => holdMs)).toEqual([15_000, 15_000, 15_000]);
  });

  it("moves with the VIP: what was aside a moment ago is what clients meet now", () => {
    const state = writers(cluster(), [], ["node3"]);
    expect(said(writePoolEmpty, state)[0]?.severity).toBe("warn");
    expect(said(writePoolEmpty, vipOn(state, "node3"))[0]?.severity).toBe("critical");
  });

  it("names whom it rests on: each HAProxy concerned, and each replica's own word", () => {
    const [draft] = said(writePoolReplica, writers(cluster(), ["node1", "node2", "node3"], ["node1"]));
    expect(draft?.evidence.map(({ sourceId }) => sourceId)).toEqual([
      "haproxy:node1",
      "postgres:node2",
      "postgres:node3",
    ]);
  });

  it("takes no primary for a replica, whatever the key says", () => {
    const state = patchPatroni(patchPostgres(writers(cluster(), ["node2"]), "node2", { inRecovery: false }), "node2", {
      role: "primary",
    });
    expect(said(writePoolReplica, state)).toEqual([]);
    expect(said(writePoolLacksLeader, state)).toHaveLength(1);
  });
});
