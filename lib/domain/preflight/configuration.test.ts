import { describe, expect, it } from "vitest";
import type { PlanContext } from "../actions/facts";
import type { Check } from "../actions/plan";
import type { ConfigurationPatch } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import { failingDcs, NOW, patchDcs } from "../testing/builders";
import { planContext } from "../testing/plan";
import { configuration } from "./configuration";

const HBA = ["host replication replicator 10.0.0.0/24 scram-sha-256", "host all all 10.0.0.0/24 scram-sha-256"];
const CONFIG = {
  ttl: 30,
  loop_wait: 10,
  retry_timeout: 10,
  postgresql: { parameters: { max_connections: 200, work_mem: "8MB" }, pg_hba: HBA, use_slots: true },
  standby_cluster: undefined,
};
const config = Object.fromEntries(Object.entries(CONFIG).filter(([, value]) => value !== undefined));
const withConfig = (state: ClusterState) => patchDcs(state, { config });
const contextWith = (change: (state: ClusterState) => ClusterState = (s) => s, options = {}): PlanContext =>
  planContext((state) => change(withConfig(state)), {}, options);

const ask = (patch: ConfigurationPatch, context = contextWith(), revision: string | null = "12") => {
  const request = { action: "configuration", revision, patch } as const;
  return {
    checks: configuration.checks(request, context),
    impact: configuration.impact(request, context),
    fence: configuration.fence(request, context),
  };
};
const ids = (checks: readonly Check[], status: Check["status"]) =>
  checks.filter((one) => one.status === status).map(({ id }) => id);
const parameter = (name: string, value: unknown) => ({ postgresql: { parameters: { [name]: value } } });

describe("a change of the dynamic configuration", () => {
  it("that is right and reloads passes, and says what changes", () => {
    const { checks, impact, fence } = ask(parameter("work_mem", "16MB"));
    expect(ids(checks, "block")).toEqual([]);
    expect(ids(checks, "warn")).toEqual([]);
    expect(impact.configuration?.changes).toEqual([
      { path: "postgresql.parameters.work_mem", before: "8MB", after: "16MB", effect: "reload" },
    ]);
    expect(fence).toMatchObject({ configRevision: "12", leader: "node1", other: {} });
  });

  it.each<[string, ConfigurationPatch, readonly string[]]>([
    ["nothing", {}, ["configuration-changes"]],
    ["the same", { ttl: 30 }, ["configuration-changes"]],
    ["the same as text, which Patroni cannot tell apart", { ttl: "30" }, ["configuration-changes"]],
    ["a removal of what is not there", { failsafe_mode: null }, ["configuration-changes"]],
    ["the pause", { pause: true, ttl: 40 }, ["configuration-pause"]],
    ["the end of a pause", { pause: null, ttl: 40 }, ["configuration-pause"]],
    ["a hidden secret written back", { standby_cluster: { password: "[secret]" } }, ["configuration-secrets"]],
    ["a part of one", parameter("archive_command", "push --password=[secret]"), ["configuration-secrets"]],
    ["a new secret", { standby_cluster: { password: "hunter2" } }, ["configuration-secrets"]],
    ["one inside a command", parameter("restore_command", "get --token=abc123 %f %p"), ["configuration-secrets"]],
    ["a value of the wrong type", { ttl: "soon" }, ["configuration-value:ttl"]],
    ["one out of range", { loop_wait: 0 }, ["configuration-value:loop_wait"]],
    [
      "a parameter in an unknown unit",
      parameter("work_mem", "16mb"),
      ["configuration-value:postgresql.parameters.work_mem"],
    ],
    ["a section made a word", { postgresql: { parameters: "none" } }, ["configuration-value:postgresql.parameters"]],
    ["ttl too small for the others", { ttl: 25 }, ["configuration-rule:timing"]],
    ["what Patroni sets itself", parameter("port", 5433), ["configuration-ignored:postgresql.parameters.port"]],
    ["what only a member's file may say", { tags: { nofailover: true } }, ["configuration-ignored:tags.nofailover"]],
    ["no rule for anybody", { postgresql: { pg_hba: ["# none"] } }, ["configuration-access"]],
    ["no rule for replicas", { postgresql: { pg_hba: ["host all all all md5"] } }, ["configuration-access"]],
  ])("%s is blocked", (_, patch, blocked) => {
    expect(ids(ask(patch).checks, "block")).toEqual(blocked);
  });

  it.each<[string, ConfigurationPatch, readonly string[]]>([
    ["an unknown parameter", parameter("wrok_mem", "16MB"), ["configuration-unknown"]],
    ["a restart", parameter("shared_buffers", "1GB"), ["configuration-restart"]],
    [
      "a restart in the right order",
      parameter("max_connections", 300),
      ["configuration-restart", "configuration-order:max_connections"],
    ],
    ["rules of access", { postgresql: { pg_hba: [...HBA, "host x y all md5"] } }, ["configuration-access"]],
    ["synchronous mode", { synchronous_mode: true }, ["configuration-synchronous"]],
    ["strict mode", { synchronous_mode: true, synchronous_mode_strict: true }, ["configuration-strict"]],
    ["a standby cluster", { standby_cluster: { host: "10.1.0.1" } }, ["configuration-standby-cluster"]],
    ["slots", { slots: { mine: { type: "physical" } } }, ["configuration-slots"]],
    ["the timing of failover", { ttl: 60 }, ["configuration-timing"]],
    ["archiving", parameter("archive_command", "true"), ["configuration-archiving"]],
    ["strict alone", { synchronous_mode_strict: true }, ["configuration-rule:strict-alone", "configuration-strict"]],
  ])("%s is warned of", (_, patch, warned) => {
    const { checks } = ask(patch);
    expect(ids(checks, "block")).toEqual([]);
    expect(ids(checks, "warn").toSorted()).toEqual(warned.toSorted());
  });

  it("tells the order of restarts by whether a value goes up or down", () => {
    const way = (value: number) =>
      ask(parameter("max_connections", value)).checks.find(({ id }) => id.startsWith("configuration-order"))?.text
        .params.way;
    expect([way(300), way(100)]).toEqual(["raised", "lowered"]);
  });

  it("does not speak of an order in a cluster of one", () => {
    const { checks } = ask(parameter("max_connections", 300), contextWith(undefined, { names: ["solo"] }));
    expect(checks.some(({ id }) => id.startsWith("configuration-order"))).toBe(false);
  });

  it("on another revision than the person saw is blocked, naming both", () => {
    const moved = ask({ ttl: 60 }, contextWith(), "11").checks.find(({ id }) => id === "configuration-revision");
    expect(moved).toMatchObject({ status: "block", text: { params: { before: "11", now: "12" } } });
    expect(ids(ask({ ttl: 60 }, contextWith(), null).checks, "block")).toEqual(["configuration-revision"]);
  });

  it("where the DCS has no revision is warned of, and fenced by the values", () => {
    const context = contextWith((state) => patchDcs(state, { configRevision: null }));
    const { checks, fence } = ask({ ttl: 60 }, context, null);
    expect(ids(checks, "warn")).toContain("configuration-revision");
    expect(fence.other).toEqual({ ttl: "30" });
  });

  it.each<[string, (state: ClusterState) => ClusterState]>([
    ["stale", (s) => failingDcs(s, "refused")],
    ["missing", (s) => patchDcs(s, { config: null })],
    ["too old", (s) => ({ ...s, dcs: { ...s.dcs, good: s.dcs.good && { ...s.dcs.good, at: NOW - 60_000 } } })],
  ])("on a configuration that is %s is blocked", (_, change) => {
    const blocked = ids(ask({ ttl: 60 }, contextWith(change)).checks, "block");
    expect(blocked).toEqual(expect.arrayContaining(["configuration-seen", "configuration-changes"]));
  });

  it("shows no secret, and still that it goes", () => {
    const secret = (state: ClusterState) =>
      patchDcs(state, { config: { ...config, standby_cluster: { password: "hunter2" } } });
    const { impact, checks, fence } = ask({ standby_cluster: null }, contextWith(secret));
    expect(impact.configuration?.changes).toEqual([
      { path: "standby_cluster.password", before: "[secret]", after: null, effect: "patroni" },
    ]);
    expect(JSON.stringify({ impact, checks, fence })).not.toContain("hunter2");
  });

  it("a rule that was broken before is told, and does not block another change", () => {
    const broken = contextWith((state) => patchDcs(state, { config: { ...config, ttl: 20 } }));
    expect(ids(ask(parameter("work_mem", "16MB"), broken).checks, "warn")).toEqual(["configuration-rule:timing"]);
  });

  it("has checks of different ids", () => {
    const all = ask({ ttl: 25, loop_wait: 0, x: 1, ...parameter("max_connections", 1) }).checks.map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });
});
