import { describe, expect, it } from "vitest";
import { clusterScope, type Instant } from "@/lib/domain/ids";
import { EMPTY } from "./filter";
import { byDay, countNew, gapMatches, gapMs, inOrder } from "./items";
import { plainRows } from "./plain-rows";
import { storedEvent } from "./testing/stored-event";

const gap = (startedAt: string, endedAt: string | null) => ({
  scope: clusterScope("demo"),
  startedAt: startedAt as Instant,
  endedAt: endedAt as Instant | null,
  attempts: 5,
  failures: { refused: 5 },
  from: "node1",
  to: "node2",
});
const A = storedEvent(1, "2026-11-21T01:00:00.000Z");
const B = storedEvent(2, "2026-11-21T02:00:00.000Z");
const LATE = storedEvent(3, "2026-11-19T00:00:00.000Z", { source: "patroni-history" });
const GAP = gap("2026-11-21T01:30:00.000Z", "2026-11-21T01:30:02.340Z");

describe("what the timeline lists", () => {
  it("is newest first by the time of the happening, not by when it was told", () => {
    expect(inOrder([A, LATE, B], [GAP], true).map(({ key }) => key)).toEqual(["2", `gap ${GAP.startedAt}`, "1", "3"]);
  });
  it("tells a gap once where it is an event too", () => {
    const told = storedEvent(4, GAP.startedAt, { kind: "write-gap", source: "client-eye" });
    expect(inOrder([told], [GAP], true)).toHaveLength(1);
  });
  it("keeps gaps older than the pages read so far for later", () => {
    expect(inOrder([B], [GAP], false)).toHaveLength(1);
    expect(inOrder([B], [GAP], true)).toHaveLength(2);
    expect(inOrder([], [GAP], false)).toHaveLength(1);
  });
  it("stands under the days of the reader's zone", () => {
    const late = storedEvent(5, "2026-11-20T22:30:00.000Z");
    const items = inOrder([A, late], [], true);
    expect(byDay(items, "UTC")).toHaveLength(2);
    expect(byDay(items, "Europe/Moscow")).toHaveLength(1);
    expect(byDay([], "UTC")).toEqual([]);
  });
  it("counts as new what the list does not have, late entries about old times too", () => {
    expect(countNew([LATE, B, A], [B, A])).toBe(1);
    expect(countNew(null, [A])).toBe(0);
    expect(countNew([A], [A])).toBe(0);
  });
});

describe("a write gap", () => {
  it("has its length, and none while it lasts", () => {
    expect(gapMs(GAP)).toBe(2_340);
    expect(gapMs(gap(GAP.startedAt, null))).toBeNull();
  });
  it.each([
    [EMPTY, true],
    [{ ...EMPTY, groups: ["writes" as const] }, true],
    [{ ...EMPTY, groups: ["backups" as const] }, false],
    [{ ...EMPTY, severities: ["info" as const] }, false],
    [{ ...EMPTY, subject: "node2" }, true],
    [{ ...EMPTY, subject: "node3" }, false],
    [{ ...EMPTY, search: "refused" }, false],
  ])("is narrowed like events: %j", (filter, shown) => {
    expect(gapMatches(GAP, filter)).toBe(shown);
  });
});

it("shows any plain data as rows, null and empty lists too", () => {
  expect(plainRows({ from: null, to: "node2", was: { state: "ok" }, nodes: ["a", "b"], none: [], n: 0 })).toEqual([
    ["from", "null"],
    ["to", "node2"],
    ["was.state", "ok"],
    ["nodes", "a, b"],
    ["none", "[]"],
    ["n", "0"],
  ]);
  expect(plainRows({})).toEqual([]);
});
