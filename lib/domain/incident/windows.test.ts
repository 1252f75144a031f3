import { expect, it } from "vitest";
import type { ClusterEvent, WriteGap } from "../events/event";
import { clusterScope, instant } from "../ids";
import { incidentWindows } from "./windows";

const T0 = Date.UTC(2026, 10, 21, 3, 0, 0);
const scope = clusterScope("demo");
const at = (seconds: number) => instant(T0 + seconds * 1_000);
const NOW = T0 + 3_600_000;

const event = (seconds: number, kind: ClusterEvent["kind"], data: ClusterEvent["data"]): ClusterEvent => ({
  scope,
  at: at(seconds),
  notBefore: null,
  kind,
  severity: "info",
  subject: "x",
  text: { key: "k", params: {} },
  data,
  source: "observed",
  dedupe: null,
});
const gap = (from: number, to: number | null): WriteGap => ({
  scope,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  attempts: 1,
  failures: {},
  from: null,
  to: null,
});

it("what lies close together is one incident, newest first", () => {
  const events = [
    event(100, "verdict", { state: "broken" }),
    event(104, "leader", { to: "node2" }),
    event(110, "verdict", { state: "ok" }),
    event(900, "leader", { to: "node1" }),
  ];
  expect(incidentWindows(events, [gap(99, 109)], NOW)).toEqual([
    { from: at(885), to: at(930), startedAt: at(900), reasons: ["leader"], gapMs: null, leader: "node1" },
    {
      from: at(84),
      to: at(140),
      startedAt: at(99),
      reasons: ["write-gap", "leader", "verdict"],
      gapMs: 10_000,
      leader: "node2",
    },
  ]);
});

it("what is still broken lasts until now", () => {
  expect(incidentWindows([event(3_500, "verdict", { state: "split" })], [], NOW)).toEqual([
    { from: at(3_485), to: instant(NOW), startedAt: at(3_500), reasons: ["verdict"], gapMs: null, leader: null },
  ]);
});

it("a quiet time has none", () => {
  expect(
    incidentWindows([event(5, "verdict", { state: "degraded" }), event(9, "verdict", { state: "ok" })], [], NOW),
  ).toEqual([]);
});
