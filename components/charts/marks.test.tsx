import { describe, expect, it } from "vitest";
import type { EventKind, EventSeverity, StoredEvent, WriteGap } from "@/lib/domain/events/event";
import type { ClusterScope, Instant } from "@/lib/domain/ids";
import { clusterMarks, gapSpans, marksOf } from "./marks";

const iso = (ms: number) => new Date(ms).toISOString() as Instant;
const event = (id: number, at: number, kind: EventKind, severity: EventSeverity = "info"): StoredEvent => ({
  id,
  scope: "pg1" as ClusterScope,
  at: iso(at),
  notBefore: null,
  kind,
  severity,
  subject: "node1",
  text: { key: "x", params: {} },
  data: {},
  source: "observed",
  dedupe: null,
});
const gap = (startedAt: number, endedAt: number | null) =>
  ({
    scope: "pg1" as ClusterScope,
    startedAt: iso(startedAt),
    endedAt: endedAt === null ? null : iso(endedAt),
    attempts: 1,
    failures: {},
    from: null,
    to: null,
  }) satisfies WriteGap;

describe("marks", () => {
  it("are the events that a chart is read by, within the window, oldest first", () => {
    const events = [
      event(4, 900, "leader"),
      event(3, 500, "vip"),
      event(2, 400, "source-lost"),
      event(1, 50, "leader"),
    ];
    expect(marksOf(events, { from: 100, to: 900 }).map(({ id, group }) => [id, group])).toEqual([
      [3, "vip"],
      [4, "leader"],
    ]);
  });

  it("share a sign where they stand close, and it is the gravest one's", () => {
    const marks = marksOf([event(1, 100, "leader"), event(2, 104, "vip", "critical"), event(3, 200, "backup")], {
      from: 0,
      to: 300,
    });
    expect(clusterMarks(marks, 10).map(({ at, marks: all, first }) => [at, all.length, first.group])).toEqual([
      [100, 2, "vip"],
      [200, 1, "backup"],
    ]);
  });
});

describe("write gaps", () => {
  it("have their length, and one that lasts reaches to now", () => {
    const spans = gapSpans([gap(100, 350), gap(800, null), gap(10, 20)], { from: 50, to: 1_000 }, 950);
    expect(spans.map(({ from, to, lengthMs, open }) => [from, to, lengthMs, open])).toEqual([
      [100, 350, 250, false],
      [800, 950, 150, true],
    ]);
  });
});
