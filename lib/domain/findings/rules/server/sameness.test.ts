import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { type Instant, instant } from "../../../ids";
import { answer, failing, healthyState, NOW, patchDcs, patchPatroni, patchPostgres } from "../../../testing/builders";
import { dcsMember } from "../../../testing/facts";
import { aged } from "../../../testing/judge";
import { postgresVitals } from "../../../testing/vitals";
import { deriveFindings } from "../../derive";
import type { FindingRule } from "../../rule";
import { blinded, find, readings, SHAPES, says, vitals } from "../../testing/server";
import { inputOf } from "../../testing/staleness";
import { SERVER_RULES } from ".";
import { clockSkew } from "./clock-skew";
import { pendingRestart } from "./pending-restart";
import { settingsDiffer } from "./settings-differ";
import { statisticsUnseen } from "./statistics-unseen";
import { versionsDiffer } from "./versions-differ";
import { watchdogAbsent } from "./watchdog-absent";

const { settings } = postgresVitals(0, true);
const setTo = (over: Record<string, string | null>, name = "node2", state = healthyState()) =>
  vitals({ settings: { ...settings, ...over } }, name, state);
const clock = (ms: number, name = "node2", state = healthyState(), tookMs = 6) =>
  answer(state, "vitals", name, (was) => ({ ...was, serverTime: instant(NOW + ms) as Instant }), NOW, tookMs);
const clocks = (...ms: readonly number[]) => ms.reduce((s, one, i) => clock(one, `node${i + 1}`, s), healthyState());
const restart = { setting: "max_connections", oldValue: "100", newValue: "500" };
const pending = (reasons = [restart]) =>
  patchPatroni(healthyState(), "node2", { pendingRestart: true, pendingRestartReasons: reasons });
const pendingInDcs = patchDcs(healthyState(), {
  members: ["node1", "node2", "node3"].map((name, i) =>
    dcsMember(name, i, i === 0, { pendingRestart: name === "node3" }),
  ),
});
const runs = (name: string, serverVersion: number, state = healthyState()) =>
  patchPostgres(state, name, { serverVersion });
const bare = vitals({ connections: null }, "node2");
const unwatched = patchPatroni(healthyState(), "node2", { watchdogFailed: true });

type Case = readonly [what: string, rule: FindingRule, state: ClusterState, says: readonly string[]];
const CASES: readonly Case[] = [
  ["a member waits for a restart", pendingRestart, pending(), ["info node2"]],
  ["by its key in the DCS alone", pendingRestart, pendingInDcs, ["info node3"]],
  ["by what Patroni said too long ago", pendingRestart, aged(pending(), "patroni", "node2", 60_000), []],
  ["less than the leader has", settingsDiffer, setTo({ max_connections: "100" }), ["warn max_connections"]],
  ["memory by the size of the host", settingsDiffer, setTo({ shared_buffers: "8GB" }), ["info shared_buffers"]],
  [
    "two settings are two findings",
    settingsDiffer,
    setTo({ wal_level: "logical", archive_mode: "off" }),
    ["warn wal_level", "warn archive_mode"],
  ],
  ["a setting that may not be seen", settingsDiffer, setTo({ shared_preload_libraries: null }), []],
  [
    "a list that is empty on one",
    settingsDiffer,
    setTo({ shared_preload_libraries: "" }),
    ["warn shared_preload_libraries"],
  ],
  ["another minor release", versionsDiffer, runs("node2", 170_005), ["info cluster/postgres"]],
  ["another major release", versionsDiffer, runs("node2", 180_000), ["warn cluster/postgres"]],
  ["of a server that is gone", versionsDiffer, failing(runs("node2", 170_005), "postgres", "node2", "refused"), []],
  [
    "another Patroni",
    versionsDiffer,
    patchPatroni(healthyState(), "node3", { patroniVersion: "4.1.5" }),
    ["info cluster/patroni"],
  ],
  [
    "another major Patroni",
    versionsDiffer,
    patchPatroni(healthyState(), "node3", { patroniVersion: "3.3.2" }),
    ["warn cluster/patroni"],
  ],
  ["Patroni complains of its watchdog", watchdogAbsent, unwatched, ["warn node2"]],
  ["paused, Patroni disarms it by itself", watchdogAbsent, patchDcs(unwatched, { pause: true }), []],
  ["a clock one second off is within the limit", clockSkew, clock(1_000), []],
  ["a clock two seconds ahead", clockSkew, clock(2_000), ["warn node2"]],
  ["a clock two seconds behind", clockSkew, clock(-2_007), ["warn node2"]],
  [
    "a clock that is behind by no more than the look took",
    clockSkew,
    clock(-2_900, "node2", healthyState(), 2_000),
    [],
  ],
  ["all ahead of us alike: ours is behind", clockSkew, clocks(5_000, 5_010, 5_030), ["warn cluster/ours"]],
  [
    "all behind us, each in its own way",
    clockSkew,
    clocks(-5_000, -9_000, -20_000),
    ["warn node1", "warn node2", "warn node3"],
  ],
  ["two apart, each near ours", clockSkew, clocks(-700, 0, 700), ["warn cluster/apart"]],
  ["sessions that may not be seen", statisticsUnseen, bare, ["warn node2"]],
];

describe("what members should have in common, and what may not be seen", () => {
  test.each(CASES)("%s", (_what, rule, state, expected) => {
    expect(says(rule, state)).toEqual(expected);
  });

  const found = CASES.filter(([, , , expected]) => expected.length > 0);
  test.each(found)("%s: reads well", (_what, rule, state) => {
    for (const draft of find(rule, state)) for (const text of readings(rule, draft)) expect(text).not.toMatch(/[{}]/);
  });
  test.each(found.filter(([, rule]) => rule === settingsDiffer || rule === clockSkew))(
    "%s: nothing once the facts are stale or missing",
    (_what, rule, state) => {
      for (const blind of blinded(state)) expect(says(rule, blind)).toEqual([]);
    },
  );

  test("one server alone: its clock is told of as its own", () => {
    expect(says(clockSkew, clock(9_000, "solo", healthyState({ names: ["solo"] })))).toEqual(["warn solo"]);
  });

  test("the side of a clock is told from where it stands", () => {
    const said = (state: ClusterState) => find(clockSkew, state).map((draft) => readings(clockSkew, draft)[0]);
    expect(said(clock(300_000))).toEqual(["The clock of node2 is ahead of that of this dashboard by 5 minutes"]);
    expect(said(clocks(-5_010, -5_010, -5_010))).toEqual([
      "The clock of this dashboard is ahead of those of all servers by 5 seconds",
    ]);
  });

  test("a standby with less than its leader is told of as one that stops", () => {
    const stops = (state: ClusterState) => find(settingsDiffer, state)[0]?.text.params.stops;
    expect(stops(setTo({ max_connections: "100" }))).toBe("yes");
    expect(stops(setTo({ max_connections: "900" }))).toBe("no");
    expect(stops(setTo({ wal_level: "logical" }))).toBe("no");
  });

  test("what waits for a restart is the cause of what differs; what does not wait stands by itself", () => {
    const state = setTo({ max_connections: "100", wal_level: "logical" }, "node2", pending());
    const since = instant(NOW - 300_000);
    const pendingBefore = { "settings-differ:max_connections": since, "settings-differ:wal_level": since };
    const input = inputOf(state, null, NOW);
    const previous = { ...input.picture, version: 1, findings: [], watch: { ...input.watch, pending: pendingBefore } };
    const { findings } = deriveFindings(input, previous, [pendingRestart, settingsDiffer]);
    expect(findings.map((one) => `${one.id} under ${one.under}`).sort()).toEqual([
      "pending-restart:node2 under null",
      "settings-differ:max_connections under pending-restart:node2",
      "settings-differ:wal_level under null",
    ]);
  });

  test("many settings that wait are counted", () => {
    const many = Array.from({ length: 7 }, (_, i) => ({ ...restart, setting: `s${i}` }));
    const [draft] = find(pendingRestart, pending(many));
    expect(draft && readings(pendingRestart, draft)[0]).toBe(
      "node2 waits for a restart of PostgreSQL: s0, s1, s2, s3, s4 and 2 more",
    );
  });
});

describe("statistics-unseen", () => {
  test.each([
    [
      "the slow look fails while the server answers",
      failing(healthyState(), "vitals", "node2", "malformed"),
      ["unknown node2"],
    ],
    ["it has been silent for a while", aged(healthyState(), "vitals", "node2", 60_000), ["unknown node2"]],
    ["one look was late", failing(healthyState(), "vitals", "node2", "timeout"), []],
    [
      "the server does not answer either: that is told elsewhere",
      failing(failing(healthyState(), "vitals", "node2", "refused"), "postgres", "node2", "refused"),
      [],
    ],
    ["nothing was asked yet", { ...healthyState(), vitals: {} }, []],
  ])("%s", (_what, state, expected) => {
    expect(says(statisticsUnseen, state)).toEqual(expected);
    for (const draft of find(statisticsUnseen, state)) {
      for (const text of readings(statisticsUnseen, draft)) expect(text).not.toMatch(/[{}]/);
    }
  });
});

test.each(SHAPES)("a healthy cluster of %s: no rule of servers says a word", (_what, options) => {
  for (const rule of SERVER_RULES) expect(says(rule, healthyState(options))).toEqual([]);
});

test("nobody leads: rules of servers fall silent or speak of servers, and none breaks", () => {
  const state = patchDcs(healthyState(), { leader: null });
  for (const rule of SERVER_RULES) expect(says(rule, state)).toEqual([]);
});
