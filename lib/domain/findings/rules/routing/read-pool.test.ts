import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { type ClusterOptions, cutHost, healthyState, keyTo, READ_POOL, WRITE_POOL } from "../../../testing/builders";
import { behind, tagged } from "../../../testing/failures";
import { aged } from "../../../testing/judge";
import { allSilent, readers, said, servers, writers } from "../../../testing/routing";
import type { FindingRule } from "../../rule";
import { checkNotRole } from "./check-not-role";
import { haproxyDisagree } from "./haproxy-disagree";
import { readPoolEmpty } from "./read-pool-empty";
import { readPoolLagging } from "./read-pool-lagging";
import { readPoolLeaderOnly } from "./read-pool-leader-only";

type Row = readonly [what: string, rule: FindingRule, state: () => ClusterState, says: readonly string[]];

const cluster = healthyState;
const GIB = 1_073_741_824;
const brief = (rule: FindingRule, state: ClusterState): string[] =>
  said(rule, state).map(({ severity, subject, key }) => [severity, subject.name, ...(key ? [key] : [])].join(" "));
const onAll = (state: ClusterState, pool: string, over: Parameters<typeof servers>[3]) =>
  Object.keys(state.haproxy).reduce((s, node) => servers(s, node, pool, over), state);

const found: readonly Row[] = [
  ["a read pool without servers", readPoolEmpty, () => readers(cluster(), []), [`warn ${READ_POOL}`]],
  ["one such HAProxy", readPoolEmpty, () => readers(cluster(), [], ["node3"]), [`warn ${READ_POOL}`]],
  [
    "a read pool that holds the leader only",
    readPoolLeaderOnly,
    () => readers(cluster(), ["node1"]),
    [`warn ${READ_POOL}`],
  ],
  ["a replica in it that lags", readPoolLagging, () => behind("node3", GIB)(cluster()), [`warn ${READ_POOL} node3`]],
  ["HAProxy hosts that differ", haproxyDisagree, () => readers(cluster(), ["node2"], ["node3"]), [`warn ${READ_POOL}`]],
  [
    "HAProxy hosts that differ in both pools",
    haproxyDisagree,
    () => writers(readers(cluster(), [], ["node3"]), ["node2"], ["node3"]),
    [`warn ${WRITE_POOL}`, `warn ${READ_POOL}`],
  ],
  [
    "a check of the port alone",
    checkNotRole,
    () =>
      onAll(readers(cluster(), ["node1", "node2", "node3"]), READ_POOL, () => ({
        checkStatus: "L4OK",
        checkCode: null,
      })),
    [`warn ${READ_POOL}`],
  ],
  [
    "a check of the port by which writes go to several servers",
    checkNotRole,
    () =>
      onAll(writers(cluster(), ["node1", "node2"]), WRITE_POOL, ({ status }) => ({
        checkStatus: status === "up" ? "L6OK" : "L4CON",
      })),
    [`critical ${WRITE_POOL}`],
  ],
  [
    "a check that asks PostgreSQL for an answer, whichever it is",
    checkNotRole,
    () => servers(cluster(), "node2", WRITE_POOL, () => ({ lastCheck: "PostgreSQL server is ok" })),
    [`warn ${WRITE_POOL}`],
  ],
  [
    "one server that is not checked",
    checkNotRole,
    () =>
      servers(cluster(), "node1", WRITE_POOL, ({ name }) =>
        name === "node3" ? { status: "no-check", rawStatus: "no check", checkStatus: null } : {},
      ),
    [`critical ${WRITE_POOL}`],
  ],
];

const quiet: readonly (readonly [string, FindingRule, () => ClusterState])[] = [
  ["nobody there to be read from", readPoolEmpty, () => readers(cluster({ names: ["solo"] }), [])],
  [
    "replicas that are kept from readers",
    readPoolEmpty,
    () => tagged(["node2", "node3"], { noloadbalance: true })(readers(cluster(), [])),
  ],
  [
    "no leader, so that it is not known who is a replica",
    readPoolEmpty,
    () => keyTo(readers(cluster(), []), null, "900"),
  ],
  ["pages that are old", readPoolEmpty, () => allSilent(readers(cluster(), []), "haproxy")],
  [
    "the leader where no replica runs",
    readPoolLeaderOnly,
    () => readers(cutHost(cutHost(cluster(), "node2"), "node3"), ["node1"], ["node1"]),
  ],
  ["the leader of one member", readPoolLeaderOnly, () => readers(cluster({ names: ["solo"] }), ["solo"])],
  [
    "replicas that lag, and are left out for it",
    readPoolLeaderOnly,
    () => behind("node2", GIB)(behind("node3", GIB)(readers(cluster(), ["node1"]))),
  ],
  [
    "replicas of which nothing fresh is known",
    readPoolLeaderOnly,
    () => aged(aged(readers(cluster(), ["node1"]), "postgres", "node2", 60_000), "postgres", "node3", 60_000),
  ],
  [
    "a replica that lags and gets no readers",
    readPoolLagging,
    () => behind("node3", GIB)(readers(cluster(), ["node2"])),
  ],
  [
    "a lag that is not known now",
    readPoolLagging,
    () => aged(behind("node3", GIB)(cluster()), "postgres", "node1", 60_000),
  ],
  [
    "a server that is taken out by hand on one HAProxy first",
    haproxyDisagree,
    () =>
      servers(cluster(), "node1", READ_POOL, ({ name }) =>
        name === "node3" ? { status: "maint", rawStatus: "MAINT" } : {},
      ),
  ],
  [
    "another order of the lines, and other names for the same members",
    haproxyDisagree,
    () => servers(cluster(), "node1", READ_POOL, ({ name }) => ({ name: `${name}:6432` })),
  ],
  ["a HAProxy that is silent", haproxyDisagree, () => allSilent(readers(cluster(), ["node2"], ["node3"]), "haproxy")],
  [
    "a check of the port that fails, as far as is known",
    checkNotRole,
    () => onAll(cluster(), READ_POOL, ({ status }) => (status === "up" ? {} : { checkStatus: "L4CON" })),
  ],
];

const RULES = [readPoolEmpty, readPoolLeaderOnly, readPoolLagging, haproxyDisagree, checkNotRole];
const SHAPES: readonly (readonly [string, ClusterOptions])[] = [
  ["three members", {}],
  ["one member", { names: ["solo"] }],
  ["two members", { names: ["node1", "node2"] }],
  ["seven members", { names: ["a", "b", "c", "d", "e", "f", "g"] }],
  ["no PostgreSQL to be asked", { postgres: false }],
];

describe("the pools", () => {
  it.each(found)("is found: %s", (_, rule, state, says) => {
    expect(brief(rule, state())).toEqual(says);
  });

  it.each(quiet.map(([what, rule, state]) => [what, rule.id, rule, state] as const))(
    "is left alone: %s (%s)",
    (_what, _id, rule, state) => {
      expect(brief(rule, state())).toEqual([]);
    },
  );

  it.each(SHAPES)("of a healthy cluster of %s are left alone", (_, options) => {
    expect(RULES.flatMap((rule) => said(rule, cluster(options)))).toEqual([]);
  });

  it("two that differ are told apart by name, with who is sent where", () => {
    const [draft] = said(haproxyDisagree, readers(cluster(), ["node2"], ["node3"]));
    expect(draft?.text.params).toMatchObject({
      a: "node1",
      aServers: "node2, node3",
      b: "node3",
      bServers: "node2",
      more: 1,
    });
  });

  it("a replica that is the only one out of readers' reach does not make a pool the leader's", () => {
    expect(said(readPoolLeaderOnly, readers(cluster(), ["node1", "node2"]))).toEqual([]);
  });
});
