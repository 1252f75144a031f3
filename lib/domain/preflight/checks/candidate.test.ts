import { describe, expect, it } from "vitest";
import type { Check } from "../../actions/plan";
import type { ClusterState } from "../../cluster-state";
import type { DcsView, PatroniStatus } from "../../facts";
import { type Lsn, memberName } from "../../ids";
import { failing, keyTo, patchDcs, patchPatroni, patchPostgres } from "../../testing/builders";
import { LEADER_LSN, NO_TAGS } from "../../testing/facts";
import { aged, agedDcs, asIs, never, neverDcs, type Row, verdict } from "../../testing/judge";
import { planContext } from "../../testing/plan";
import { anyCandidate, candidateChecks, candidateObstacle } from "./candidate";

const two = memberName("node2");
const patroni = (over: Partial<PatroniStatus>) => (state: ClusterState) => patchPatroni(state, "node2", over);
const dcs = (over: Partial<DcsView>) => (state: ClusterState) => patchDcs(state, over);
const stale = (state: ClusterState) => aged(state, "patroni", "node2", 60_000);
const missing = (state: ClusterState) => never(state, "patroni", "node2");
const withConfig = (config: Record<string, unknown>, standbys: readonly string[] | null) =>
  dcs({ config, sync: standbys && { leader: memberName("node1"), standbys } });
/** The leader's row for node2 says how far behind it is. */
const behind = (bytes: number | null) => (state: ClusterState) =>
  patchPostgres(state, "node1", {
    senders: (state.postgres.node1?.good?.value.senders ?? []).map((row) =>
      row.applicationName === "node2" ? { ...row, flushLagBytes: bytes, replayLagBytes: bytes } : row,
    ),
  });
/** Nothing tells how far behind it is but what a test adds. */
const noPositions = (state: ClusterState) =>
  [
    (s: ClusterState) => behind(null)(s),
    (s: ClusterState) => patchPostgres(s, "node2", { receivedLsn: null, replayedLsn: null, lsn: null, receiver: null }),
    (s: ClusterState) => patchPatroni(s, "node2", { lsn: null, receivedLsn: null, replayedLsn: null }),
    (s: ClusterState) =>
      patchDcs(s, {
        members: (s.dcs.good?.value.members ?? []).map((m) =>
          m.name === "node2" ? { ...m, lagBytes: null, lsn: null } : m,
        ),
      }),
  ].reduce((s, change) => change(s), state);
/** The leader is lost: its key is gone and nothing on its host answers. */
const leaderLost = (state: ClusterState) =>
  keyTo(failing(failing(state, "patroni", "node1", "refused"), "postgres", "node1", "refused"), null, "1044");

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  "candidate-exists": [
    ["a member of the DCS", "pass yes", asIs],
    [
      "a key that has expired",
      "block no",
      (s) => dcs({ members: (s.dcs.good?.value.members ?? []).filter((m) => m.name !== "node2") })(s),
    ],
    ["a DCS that is stale", "block unseen", (s) => agedDcs(s, 60_000)],
    ["a DCS that was never read", "block unseen", neverDcs],
  ],
  "candidate-not-leader": [
    ["a replica", "pass yes", asIs],
    ["the holder of the leader key", "block no", (s) => keyTo(s, "node2", "900")],
    ["a member that calls itself primary", "block no", patroni({ role: "primary" })],
    ["a DCS that is stale", "block unseen", (s) => agedDcs(s, 60_000)],
    ["a DCS that was never read", "block unseen", neverDcs],
  ],
  "candidate-reachable": [
    ["an answer of just now", "pass yes", asIs],
    ["an answer that is too old", "block stale", stale],
    ["a refusal after an answer", "block stale", (s) => failing(s, "patroni", "node2", "refused")],
    ["no answer ever", "block missing", missing],
  ],
  "candidate-identity": [
    ["name, scope and system identifier fit", "pass yes", asIs],
    ["another name", "block other", patroni({ name: memberName("node9") })],
    ["another scope", "block scope", patroni({ scope: "elsewhere" })],
    ["another system identifier", "block system", patroni({ systemId: "1" })],
    ["no name, as before Patroni 3.2", "warn partly", patroni({ name: null })],
    ["stale", "block unseen", stale],
    ["another member answers", "block other", (s) => failing(s, "patroni", "node2", "wrong-identity")],
    ["missing", "block unseen", missing],
  ],
  "candidate-running": [
    ["running", "pass yes", asIs],
    ["starting", "block no", patroni({ state: "starting" })],
    ["a state of the future", "block no", patroni({ state: "unknown" })],
    ["stale", "block unseen", stale],
    ["missing", "block unseen", missing],
  ],
  "candidate-streaming": [
    ["streaming by Patroni", "pass yes", asIs],
    ["streaming by PostgreSQL alone, as before Patroni 3.0.4", "pass yes", patroni({ replicationState: null })],
    ["from the archive", "block no", patroni({ replicationState: "in-archive-recovery" })],
    [
      "no receiver",
      "block no",
      (s) => patchPostgres(patroni({ replicationState: null })(s), "node2", { receiver: null }),
    ],
    [
      "no receiver that we may see",
      "block unseen",
      (s) =>
        patchPostgres(patroni({ replicationState: null })(s), "node2", { receiver: null, canReadReplication: false }),
    ],
    ["stale", "block unseen", (s) => aged(stale(s), "postgres", "node2", 60_000)],
    ["missing", "block unseen", (s) => never(missing(s), "postgres", "node2")],
  ],
  "candidate-timeline": [
    ["the leader's", "pass yes", asIs],
    ["another by Patroni", "block no", patroni({ timeline: 6 })],
    ["another by PostgreSQL", "block no", (s) => patchPostgres(s, "node2", { timeline: 8 })],
    ["stale", "block unseen", (s) => aged(stale(s), "postgres", "node2", 60_000)],
    ["missing", "block unseen", (s) => never(missing(s), "postgres", "node2")],
  ],
  "candidate-lag": [
    ["all received", "pass none", asIs],
    ["exactly what is allowed", "pass within", behind(1_048_576)],
    ["a byte more", "block over", behind(1_048_577)],
    [
      "more than the cluster allows, less than the default",
      "block over",
      (s) => behind(2_000)(dcs({ config: { maximum_lag_on_failover: 1_000 } })(s)),
    ],
    [
      "by Patroni's positions alone",
      "pass none",
      (s) => patchPatroni(noPositions(s), "node2", { receivedLsn: LEADER_LSN }),
    ],
    [
      "behind by Patroni's positions alone",
      "block over",
      (s) => patchPatroni(noPositions(s), "node2", { receivedLsn: "3/50000000" as Lsn }),
    ],
    ["no position known", "block unseen", noPositions],
    [
      "stale",
      "block unseen",
      (s) =>
        agedDcs(
          aged(aged(aged(s, "postgres", "node1", 60_000), "postgres", "node2", 60_000), "patroni", "node2", 60_000),
          60_000,
        ),
    ],
  ],
  "candidate-tags": [
    ["no tags", "pass yes", asIs],
    ["nofailover by its own word", "block no", patroni({ tags: { ...NO_TAGS, nofailover: true } })],
    ["failover_priority 0", "block no", patroni({ tags: { ...NO_TAGS, failoverPriority: 0 } })],
    [
      "nofailover by its key alone",
      "block no",
      (s) =>
        dcs({
          members: (s.dcs.good?.value.members ?? []).map((m) => ({
            ...m,
            tags: { ...NO_TAGS, nofailover: m.name === "node2" },
          })),
        })(s),
    ],
    ["nothing known of it", "block unseen", (s) => neverDcs(missing(s))],
    ["stale on both sides", "block unseen", (s) => agedDcs(stale(s), 60_000)],
  ],
  "candidate-watchdog": [
    ["no complaint", "pass yes", asIs],
    ["failed", "block no", patroni({ watchdogFailed: true })],
    ["stale", "block unseen", stale],
    ["missing", "block unseen", missing],
  ],
  "candidate-sync": [
    ["asynchronous cluster", "pass off", asIs],
    ["named by the sync key, in another case", "pass yes", withConfig({ synchronous_mode: true }, ["NODE2"])],
    ["not named", "block no", withConfig({ synchronous_mode: "on" }, ["node3"])],
    ["not named, quorum", "block no", withConfig({ synchronous_mode: "quorum" }, ["node3"])],
    ["an empty sync key", "block no", withConfig({ synchronous_mode: true }, null)],
    ["a configuration that was not read", "warn unknown", dcs({ config: null })],
    ["stale", "block unseen", (s) => agedDcs(s, 60_000)],
    ["missing", "block unseen", neverDcs],
  ],
};

const of = (checks: readonly Check[], id: string): Check => {
  const found = checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};

describe.each(Object.entries(TABLE))("%s of a switchover", (id, rows) => {
  it.each(rows)("%s: %s", (_, says, change) => {
    const check = of(candidateChecks(planContext(change), two, "switchover"), id);
    expect(verdict(check)).toBe(says);
    expect(check.overridable).toBe(false);
    if (check.status !== "pass") expect(check.advice).not.toBeNull();
  });
});

describe("of a failover", () => {
  const ask = (change: (s: ClusterState) => ClusterState, id: string) =>
    of(candidateChecks(planContext(change), two, "failover"), id);
  it.each([
    [
      "a candidate that lost its source with the leader",
      "candidate-streaming",
      "warn no-source",
      (s: ClusterState) =>
        patroni({ replicationState: null })(patchPostgres(leaderLost(s), "node2", { receiver: null })),
    ],
    ["a lost leader of which nothing more is known", "candidate-lag", "warn no-leader-none", leaderLost],
    ["a candidate behind a leader that is well", "candidate-lag", "warn behind", behind(4_096)],
    ["a candidate that has everything now", "candidate-lag", "warn none", asIs],
    ["an asynchronous candidate", "candidate-sync", "warn no", withConfig({ synchronous_mode: true }, ["node3"])],
  ] as const)("%s: %s %s", (_, id, says, change) => {
    expect(verdict(ask(change, id))).toBe(says);
  });
  it.each([
    ["another timeline", "candidate-timeline", "block no", patroni({ timeline: 6 })],
    ["far behind", "candidate-lag", "block over", behind(9_000_000)],
    ["no position known", "candidate-lag", "block unseen", noPositions],
    [
      "not streaming from a leader that is well",
      "candidate-streaming",
      "block no",
      patroni({ replicationState: "in-archive-recovery" }),
    ],
  ] as const)("%s is a block that an admin may override", (_, id, says, change) => {
    const check = ask(change, id);
    expect(verdict(check)).toBe(says);
    expect(check.overridable).toBe(true);
  });
  it.each([
    ["nofailover", "candidate-tags", patroni({ tags: { ...NO_TAGS, nofailover: true } })],
    ["unreachable", "candidate-reachable", missing],
    ["another server", "candidate-identity", patroni({ systemId: "1" })],
    ["the leader", "candidate-not-leader", (s: ClusterState) => keyTo(s, "node2", "900")],
    ["a failed watchdog", "candidate-watchdog", patroni({ watchdogFailed: true })],
  ] as const)("%s is a block that nobody may override", (_, id, change) => {
    expect(ask(change, id)).toMatchObject({ status: "block", overridable: false });
  });
  it("tells a candidate that another one is ahead of it", () => {
    const change = (s: ClusterState) => patchPostgres(leaderLost(s), "node3", { receivedLsn: "3/5A100148" as Lsn });
    expect(ask(change, "candidate-lag").text.params).toMatchObject({ bytes: 1, unit: "mb" });
  });
});

describe("where Patroni chooses", () => {
  const everyone = (change: (s: ClusterState, name: string) => ClusterState) => (s: ClusterState) =>
    ["node2", "node3"].reduce(change, s);
  it.each<Row>([
    ["both are fit", "pass some", asIs],
    ["one is", "pass some", missing],
    ["none is", "block none", everyone((s, name) => patchPatroni(s, name, { watchdogFailed: true }))],
    ["the DCS is stale", "block none", (s) => agedDcs(s, 60_000)],
  ])("%s: %s", (_, says, change) => {
    expect(verdict(anyCandidate(planContext(change), "switchover"))).toBe(says);
  });
  it("a cluster of one has none", () => {
    expect(verdict(anyCandidate(planContext(asIs, {}, { names: ["solo"] }), "switchover"))).toBe("block none");
  });
});

describe("the first reason against a member", () => {
  it("is none for a healthy replica", () => {
    expect(candidateObstacle(planContext(), two, "switchover")).toBeNull();
  });
  it("is named before what follows from it", () => {
    expect(candidateObstacle(planContext(missing), two, "switchover")?.key).toBe(
      "preflight.candidate-reachable.missing",
    );
    expect(candidateObstacle(planContext(), memberName("nobody"), "failover")?.key).toBe(
      "preflight.candidate-exists.no",
    );
    expect(candidateObstacle(planContext(), memberName("node1"), "failover")?.key).toBe(
      "preflight.candidate-not-leader.no",
    );
  });
});

it("carries the age of the oldest thing that it rests on", () => {
  const context = planContext((s) => aged(s, "patroni", "node2", 4_000));
  const check = of(candidateChecks(context, two, "switchover"), "candidate-running");
  expect(check).toMatchObject({ status: "pass", ageMs: 4_000, evidence: [{ sourceId: "patroni:node2" }] });
});
