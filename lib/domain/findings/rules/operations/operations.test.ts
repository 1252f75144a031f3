import { describe, expect, it } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import type { PoolServerStatus } from "../../../facts";
import { type Instant, instant, memberName } from "../../../ids";
import type { FailureKind } from "../../../observation";
import { buildSnapshot } from "../../../snapshot/build";
import { answer, cutHost, failing, failingDcs, healthyState, NOW, patchDcs } from "../../../testing/builders";
import { boardOf, silenceOf } from "../../../testing/findings";
import { operationView, pauseNote } from "../../../testing/operations";
import { bareText } from "../../../testing/samples";
import { before, lines, says } from "../../../testing/writing";
import { NOTHING_WATCHED } from "../../watch/types";
import { hostSilent } from "./host-silent";
import { maintenanceForgotten } from "./maintenance-forgotten";
import { operationUnknown } from "./operation-unknown";
import { pausedTooLong } from "./paused-too-long";
import { scheduledNear } from "./scheduled-near";
import { sourceSilent } from "./source-silent";
import { storeFailing } from "./store-failing";

const HOUR_MS = 3_600_000;
const paused = (note: ReturnType<typeof pauseNote> | null): ClusterState => ({
  ...patchDcs(healthyState(), { pause: true }),
  actions: { operations: [], pause: note },
});
const out = (status: PoolServerStatus, seconds: number | null): ClusterState =>
  answer(healthyState(), "haproxy", "node2", (was) => ({
    ...was,
    pools: was.pools.map((pool, i) => ({
      ...pool,
      servers: pool.servers.map((one) =>
        i === 1 && one.name.startsWith("node3") ? { ...one, status, lastChangeSeconds: seconds } : one,
      ),
    })),
  }));
const at = (ms: number): Instant => instant(NOW + ms);
/** The first picture of a state, so that the next has seen it last. */
const silentBefore = (state: ClusterState) => ({ ...buildSnapshot(state, before(), NOW + 10, bareText), version: 1 });

describe("a pause", () => {
  it.each<readonly [string, ClusterState, readonly string[]]>([
    ["that is not", healthyState(), []],
    ["within its time", paused(pauseNote()), ["info cluster"]],
    ["past its end", paused(pauseNote({ until: at(-1_000) })), ["info cluster", "warn cluster/forgotten"]],
    ["without an end, of an hour", paused(pauseNote({ until: null, since: at(-HOUR_MS) })), ["info cluster"]],
    [
      "without an end, of five hours",
      paused(pauseNote({ until: null, since: at(-5 * HOUR_MS) })),
      ["info cluster", "warn cluster/forgotten"],
    ],
    ["that cannot be seen now", failingDcs(paused(null), "refused"), []],
  ])("%s", (_, state, want) => {
    expect(lines(says(pausedTooLong, state))).toEqual(want);
  });

  it("that nobody noted is called forgotten once it was seen for long, and the plain word is beneath that", () => {
    expect(says(pausedTooLong, paused(null)).map(({ holdMs }) => holdMs)).toEqual([undefined, 4 * HOUR_MS]);
    const first = { ...buildSnapshot(paused(null), before(), NOW, bareText), version: 1 };
    expect(first.findings.map(({ id }) => id)).not.toContain("paused-too-long/forgotten");
    const later = { ...paused(null), dcs: { ...paused(null).dcs, intervalMs: 10 * HOUR_MS } };
    const second = buildSnapshot(later, first, NOW + 4 * HOUR_MS, bareText);
    expect(second.findings.find(({ id }) => id === "paused-too-long")?.under).toBe("paused-too-long/forgotten");
  });
});

describe("a scheduled action", () => {
  const switching = (ms: number) =>
    patchDcs(healthyState(), {
      failover: { leader: memberName("node1"), candidate: null, scheduledAt: at(ms), modRevision: "8" },
    });
  const restarting = patchDcs(healthyState(), {
    members: (healthyState().dcs.good?.value.members ?? []).map((one) =>
      one.name === "node2" ? { ...one, scheduledRestart: at(60_000) } : one,
    ),
  });
  it.each<readonly [string, ClusterState, readonly string[]]>([
    ["ten minutes ahead", switching(600_000), ["info cluster/switchover"]],
    ["an hour ahead is not near", switching(HOUR_MS), []],
    ["past its time is a handover", switching(-1_000), []],
    ["a restart of a member", restarting, ["info node2/restart"]],
    ["that cannot be seen now", failingDcs(switching(600_000), "refused"), []],
  ])("%s", (_, state, want) => {
    expect(lines(says(scheduledNear, state))).toEqual(want);
  });
});

describe("what was taken out", () => {
  it.each<readonly [string, ClusterState, readonly string[]]>([
    ["nothing", healthyState(), []],
    ["maintenance of an hour", out("maint", 3_600), []],
    ["maintenance of five hours", out("maint", 18_000), ["warn node2/postgres_replicas/node3"]],
    ["drained for five hours", out("drain", 18_000), ["warn node2/postgres_replicas/node3"]],
    ["nobody knows since when", out("maint", null), []],
    ["down for five hours is no maintenance", out("down", 18_000), []],
    ["by a page that is too old", failing(out("maint", 18_000), "haproxy", "node2", "refused"), []],
  ])("of a pool: %s", (_, state, want) => {
    expect(lines(says(maintenanceForgotten, state))).toEqual(want);
  });

  it("is not called forgotten while a maintenance window is in force", () => {
    const window = silenceOf("w", { kind: "maintenance", from: at(-6 * HOUR_MS), until: at(HOUR_MS) });
    const kept = { ...out("maint", 18_000), attention: boardOf({ silences: [window] }) };
    expect(says(maintenanceForgotten, kept)).toEqual([]);
    const other = { ...kept, attention: boardOf({ silences: [{ ...window, kind: "silence" as const }] }) };
    expect(says(maintenanceForgotten, other)).toHaveLength(1);
  });

  it("is called forgotten once the window in which it was done has ended", () => {
    const told = { "maintenance-until": at(-120_000) };
    const after = (state: ClusterState) => says(maintenanceForgotten, state, { watch: { ...NOTHING_WATCHED, told } });
    expect(after(out("maint", 3_600)).map(({ text }) => text.params.why)).toEqual(["window"]);
    expect(after(out("maint", 30))).toEqual([]);
  });

  it("the end of a window is remembered by the pictures", () => {
    const window = silenceOf("w", { kind: "maintenance", from: at(-HOUR_MS), until: at(1_000) });
    const during = buildSnapshot(
      { ...healthyState(), attention: boardOf({ silences: [window] }) },
      null,
      NOW,
      bareText,
    );
    const after = buildSnapshot(healthyState(), { ...during, version: 1 }, NOW + 2_000, bareText);
    expect(after.watch.told["maintenance-until"]).toBe(at(1_000));
  });

  it("a PgBouncer that is held is called forgotten after it was seen so for long", () => {
    const held = answer(healthyState(), "pgbouncer", "node1", (was) => ({ ...was, allPaused: true }));
    expect(says(maintenanceForgotten, held)).toMatchObject([{ subject: { name: "node1" }, holdMs: 4 * HOUR_MS }]);
  });
});

describe("our own record", () => {
  const store = { kind: "sqlite", since: at(-9_000), lastWriteAt: at(-9_000), waiting: 4, dropped: 0 } as const;
  it.each([
    ["ok", null, []],
    ["behind", null, ["warn sqlite"]],
    ["failing", { kind: "full" as const, text: "disk full" }, ["warn sqlite"]],
  ] as const)("%s", (state, failure, want) => {
    expect(lines(says(storeFailing, { ...healthyState(), store: { ...store, state, failure } }))).toEqual(want);
  });
  it("is nothing where none is kept", () => expect(says(storeFailing, healthyState())).toEqual([]));
});

describe("an operation of ours", () => {
  const ended = (state: "unknown" | "done") => {
    const view = operationView({ request: { action: "reload", member: memberName("node2") }, state, id: "op-1" });
    return { ...healthyState(), actions: { operations: [view], pause: null } };
  };
  it("that ended without a known outcome is told, and no other", () => {
    expect(lines(says(operationUnknown, ended("unknown")))).toEqual(["warn cluster/op-1"]);
    expect(says(operationUnknown, ended("done"))).toEqual([]);
    expect(says(operationUnknown, healthyState())).toEqual([]);
  });
});

describe("a source", () => {
  it.each<readonly [FailureKind, string, number]>([
    ["refused", "unknown", 15_000],
    ["reset", "unknown", 15_000],
    ["unauthorized", "warn", 5_000],
    ["insufficient-privilege", "warn", 5_000],
    ["tls", "warn", 5_000],
  ])("that answers with %s: %s, held for %d ms", (kind, severity, holdMs) => {
    const drafts = says(sourceSilent, failing(healthyState(), "haproxy", "node2", kind));
    expect(drafts).toMatchObject([{ severity, holdMs, subject: { name: "haproxy:node2", member: "node2" } }]);
    expect(drafts[0]?.text.params.failure).toBe(kind.replaceAll("-", "_"));
  });
  it("that answers is not silent", () => expect(says(sourceSilent, healthyState())).toEqual([]));

  it.each([
    ["patroni", "refused", "patroni-does-not-start"],
    ["postgres", "refused", "patroni-does-not-start"],
    ["haproxy", "refused", "routing-failure"],
    ["pgbouncer", "refused", "routing-failure"],
    ["haproxy", "unauthorized", null],
    ["postgres", "insufficient-privilege", null],
  ] as const)("%s that is silent for %s offers %s", (kind, failure, runbook) => {
    const state = failing(healthyState(), kind, "node2", failure);
    const { findings } = buildSnapshot(state, silentBefore(state), NOW + 20_000, bareText);
    const found = findings.find(({ subject }) => subject.name === `${kind}:node2`);
    expect(found).toMatchObject({ rule: "source-silent", runbook });
  });
});

describe("a host", () => {
  it("of which nothing answers is one finding, with its sources beneath it", () => {
    const state = healthyState();
    const endpoint = Object.keys(state.dcsMembers)[2] ?? "";
    const dark = failing(cutHost(state, "node3"), "dcsMembers", endpoint, "unreachable");
    expect(lines(says(hostSilent, dark))).toEqual(["unknown 10.0.0.3"]);
    const first = { ...buildSnapshot(dark, before(), NOW + 10, bareText), version: 1 };
    const second = buildSnapshot(dark, first, NOW + 20_000, bareText);
    const sources = second.findings.filter(
      ({ rule, subject }) => rule === "source-silent" && subject.member === "node3",
    );
    expect(sources.length).toBeGreaterThan(2);
    expect(new Set(sources.map(({ under }) => under))).toEqual(new Set(["host-silent:10.0.0.3"]));
  });
  it("that answers with one program is there", () => {
    expect(says(hostSilent, cutHost(healthyState(), "node3"))).toEqual([]);
  });
});
