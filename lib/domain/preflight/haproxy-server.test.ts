import { describe, expect, it } from "vitest";
import type { PlanContext } from "../actions/facts";
import type { Check } from "../actions/plan";
import type { RequestOf } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import type { PoolServerStatus } from "../facts";
import { answer, failing, keyTo, NOW, READ_POOL, WRITE_POOL } from "../testing/builders";
import { planContext } from "../testing/plan";
import { haproxyServer } from "./haproxy-server";

type Asked = RequestOf<"haproxy-server">;
const REQUEST: Asked = { action: "haproxy-server", node: "node2", pool: READ_POOL, server: "node3", state: "drain" };
const ask = (over: Partial<Asked> = {}, context: PlanContext = planContext()) =>
  haproxyServer.checks({ ...REQUEST, ...over }, context);
const ids = (checks: readonly Check[], status: Check["status"]) =>
  checks.filter((one) => one.status === status).map(({ id }) => id);
const textOf = (checks: readonly Check[], id: string) =>
  checks
    .find((one) => one.id === id)
    ?.text.key.split(".")
    .slice(1)
    .join(".");

/** One server of one pool in another state, on the nodes named. */
const set =
  (pool: string, server: string, status: PoolServerStatus, nodes: readonly string[] = ["node1", "node2", "node3"]) =>
  (state: ClusterState): ClusterState =>
    nodes.reduce(
      (s, node) =>
        answer(s, "haproxy", node, (was) => ({
          ...was,
          pools: was.pools.map((one) =>
            one.name !== pool
              ? one
              : { ...one, servers: one.servers.map((row) => (row.name === server ? { ...row, status } : row)) },
          ),
        })),
      state,
    );

describe("a HAProxy server", () => {
  it("of which others are up may be drained", () => {
    const checks = ask();
    expect(ids(checks, "block")).toEqual([]);
    expect(ids(checks, "warn")).toEqual([]);
  });

  it("is fenced by what an administrator set, not by its checks", () => {
    const fence = (change?: (s: ClusterState) => ClusterState) =>
      haproxyServer.fence(REQUEST, planContext(change)).other;
    const name = `node2 ${READ_POOL}/node3`;
    expect(fence()).toEqual({ [name]: "checked" });
    expect(fence(set(READ_POOL, "node3", "down"))).toEqual({ [name]: "checked" });
    expect(fence(set(READ_POOL, "node3", "maint"))).toEqual({ [name]: "maint" });
    expect(fence((s) => failing(s, "haproxy", "node2", "refused"))).toEqual({ [name]: null });
    const all = haproxyServer.fence({ ...REQUEST, node: null }, planContext()).other;
    expect(Object.keys(all)).toHaveLength(3);
  });

  it("says what changes on each node, and how long it lasts", () => {
    const touches = haproxyServer.impact({ ...REQUEST, node: null }, planContext()).touches;
    expect(touches.map(({ params }) => params.node)).toEqual(["node1", "node2", "node3", undefined]);
    expect(touches[1]?.params).toMatchObject({ server: "node3", status: "UP", sessions: 92 });
  });
});

describe("is blocked:", () => {
  it.each<[string, Partial<Asked>, readonly string[]]>([
    [
      "an unknown node",
      { node: "node9" },
      ["haproxy-configured", "haproxy-seen", "haproxy-server-exists", "haproxy-admin"],
    ],
    ["an unknown pool", { pool: "nothing" }, ["haproxy-server-exists"]],
    ["an unknown server", { server: "node9" }, ["haproxy-server-exists"]],
    ["ready already", { state: "ready" }, ["haproxy-state"]],
  ])("%s", (_, over, blocked) => {
    expect(ids(ask(over), "block")).toEqual(blocked);
  });

  it.each<[string, Partial<Asked>, (state: ClusterState) => ClusterState]>([
    ["drained already", {}, set(READ_POOL, "node3", "drain")],
    ["in maintenance already", { state: "maint" }, set(READ_POOL, "node3", "maint")],
    ["everywhere already", { node: null }, set(READ_POOL, "node3", "drain")],
  ])("%s", (_, over, change) => {
    expect(ids(ask(over, planContext(change)), "block")).toEqual(["haproxy-state"]);
  });

  it.each<[string, (state: ClusterState) => ClusterState]>([
    ["out of reach", (s) => failing(s, "haproxy", "node2", "unreachable")],
    ["not seen for too long", (s) => answer(s, "haproxy", "node2", (was) => was, NOW - 60_000)],
  ])("a page that is %s", (_, change) => {
    expect(ids(ask({}, planContext(change)), "block")).toEqual(["haproxy-seen", "haproxy-server-exists"]);
  });

  it("a node that does not let us", () => {
    const barred = planContext(undefined, { haproxyAdmin: { node1: true, node2: false, node3: true } });
    expect(ids(ask({}, barred), "block")).toEqual(["haproxy-admin"]);
    expect(ids(ask({ node: null }, barred), "block")).toEqual(["haproxy-admin"]);
    expect(ids(ask({}, planContext(undefined, { haproxyAdmin: {} })), "block")).toEqual(["haproxy-admin"]);
  });

  it("a cluster without HAProxy", () => {
    expect(ids(ask({ node: null }, planContext(undefined, {}, { haproxy: false })), "block")).toContain(
      "haproxy-configured",
    );
  });
});

describe("is warned of:", () => {
  it("nodes out of reach, by name, where the others are told", () => {
    const partly = planContext((s) => failing(s, "haproxy", "node3", "unreachable"), {
      haproxyAdmin: { node1: true, node2: true, node3: false },
    });
    const checks = ask({ node: null }, partly);
    expect(ids(checks, "block")).toEqual([]);
    expect(ids(checks, "warn")).toEqual(["haproxy-seen", "haproxy-admin"]);
    expect(checks.find(({ id }) => id === "haproxy-seen")?.text.params.nodes).toBe("node3");
  });

  it.each<[string, Partial<Asked>, (state: ClusterState) => ClusterState, string]>([
    ["the last server of the read pool", {}, set(READ_POOL, "node2", "down"), "haproxy-last.yes"],
    ["the leader in the write pool", { pool: WRITE_POOL, server: "node1" }, (s) => s, "haproxy-last.write"],
  ])("%s", (_, over, change, key) => {
    const checks = ask(over, planContext(change));
    expect(ids(checks, "warn")).toEqual(["haproxy-last"]);
    expect(textOf(checks, "haproxy-last")).toBe(key);
  });

  it.each<[string, Partial<Asked>, (state: ClusterState) => ClusterState, Check["status"], string]>([
    [
      "a replica that comes back into the write pool",
      { server: "node3" },
      set(WRITE_POOL, "node3", "maint"),
      "warn",
      "haproxy-unchecked.replica",
    ],
    [
      "a server of whom it is not known who leads",
      { server: "node3" },
      (s) => keyTo(set(WRITE_POOL, "node3", "maint")(s), null, "9"),
      "warn",
      "haproxy-unchecked.unknown",
    ],
    [
      "the leader that comes back is right",
      { server: "node1" },
      set(WRITE_POOL, "node1", "maint"),
      "pass",
      "haproxy-unchecked.leader",
    ],
  ])("%s", (_, over, change, status, key) => {
    const checks = ask({ pool: WRITE_POOL, state: "ready", ...over }, planContext(change));
    expect(ids(checks, "block")).toEqual([]);
    expect(checks.find(({ id }) => id === "haproxy-unchecked")?.status).toBe(status);
    expect(textOf(checks, "haproxy-unchecked")).toBe(key);
  });

  it("nothing where a server comes back into the read pool, or from draining", () => {
    const back = ask({ state: "ready" }, planContext(set(READ_POOL, "node3", "maint")));
    expect(back.some(({ id }) => id === "haproxy-unchecked")).toBe(false);
    const drained = ask({ pool: WRITE_POOL, state: "ready" }, planContext(set(WRITE_POOL, "node3", "drain")));
    expect(drained.some(({ id }) => id === "haproxy-unchecked")).toBe(false);
  });
});
