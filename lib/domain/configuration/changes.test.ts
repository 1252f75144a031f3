import { describe, expect, it } from "vitest";
import type { Operation } from "../actions/operation";
import type { StoredEvent } from "../events/event";
import { clusterScope, instant } from "../ids";
import { message } from "../message";
import { mergeChanges } from "./changes";

const T = Date.UTC(2026, 10, 21, 3, 0, 0);

const seen = (id: number, at: number, differences: unknown, count?: number): StoredEvent => ({
  id,
  scope: clusterScope("demo"),
  at: instant(T + at),
  notBefore: null,
  kind: "configuration",
  severity: "notice",
  subject: "demo",
  text: message("event.configuration"),
  data: { differences, ...(count === undefined ? {} : { count }) },
  source: "observed",
  dedupe: null,
});

const asked = (id: string, at: number, patch: Record<string, unknown>, more: Partial<Operation> = {}): Operation =>
  ({
    id,
    action: "configuration",
    request: { action: "configuration", revision: "7", patch },
    actor: "dba1",
    reason: "more room",
    state: "done",
    approvedBy: null,
    outcome: null,
    createdAt: instant(T + at),
    startedAt: instant(T + at),
    endedAt: instant(T + at + 2_000),
    deadlineAt: instant(T + at + 60_000),
    ...more,
  }) as Operation;

const ttl = [{ path: "ttl", before: 30, after: 20 }];

describe("what was seen stands with who asked for it", () => {
  it("as one change, with what it was before", () => {
    const [change, ...rest] = mergeChanges([asked("op1", 0, { ttl: 20 })], [seen(1, 1_000, ttl)]);
    expect(rest).toEqual([]);
    expect(change).toMatchObject({
      id: "event:1",
      differences: ttl,
      patch: { ttl: 20 },
      operation: { id: "op1", reason: "more room" },
    });
  });

  it.each([
    ["another value", asked("op1", 0, { ttl: 25 }), seen(1, 1_000, ttl)],
    [
      "more than was asked for",
      asked("op1", 0, { ttl: 20 }),
      seen(1, 1_000, [...ttl, { path: "loop_wait", before: 10, after: 5 }]),
    ],
    ["long before", asked("op1", 60_000, { ttl: 20 }), seen(1, 0, ttl)],
    ["long after", asked("op1", 0, { ttl: 20 }), seen(1, 300_000, ttl)],
    ["what was refused", asked("op1", 0, { ttl: 20 }, { state: "refused" }), seen(1, 1_000, ttl)],
  ])("but not %s", (_name, operation, event) => {
    const changes = mergeChanges([operation], [event]);
    expect(changes).toHaveLength(2);
    expect(changes.find(({ id }) => id === "event:1")?.operation).toBeNull();
    expect(changes.find(({ id }) => id === "operation:op1")?.differences).toBeNull();
  });

  it("the removal of a section explains each key that went with it", () => {
    const gone = [
      { path: "slots.a.type", before: "physical", after: null },
      { path: "slots.b.type", before: "physical", after: null },
    ];
    expect(mergeChanges([asked("op1", 0, { slots: null })], [seen(1, 500, gone)])).toHaveLength(1);
  });

  it("one operation explains one change", () => {
    const changes = mergeChanges([asked("op1", 0, { ttl: 20 })], [seen(2, 2_000, ttl), seen(1, 1_000, ttl)]);
    expect(changes.filter(({ operation }) => operation?.id === "op1")).toHaveLength(1);
  });

  it("newest first, whoever made it", () => {
    const changes = mergeChanges([asked("op1", 10_000, { loop_wait: 5 })], [seen(1, 0, ttl), seen(2, 500_000, ttl)]);
    expect(changes.map(({ id }) => id)).toEqual(["event:2", "operation:op1", "event:1"]);
  });

  it("a secret that was asked for is not told", () => {
    const [change] = mergeChanges([asked("op1", 0, { postgresql: { parameters: { password_key: "hunter2" } } })], []);
    expect(JSON.stringify(change)).not.toContain("hunter2");
  });

  it("an event of another shape is left out, and an operation of another kind", () => {
    const other = asked("op2", 0, {}, { request: { action: "resume" } });
    expect(mergeChanges([other], [seen(1, 0, "nonsense"), seen(2, 0, [{ nothing: 1 }])])).toEqual([]);
  });

  it("how many there were is told where not all are listed", () => {
    expect(mergeChanges([], [seen(1, 0, ttl, 140)])[0]?.count).toBe(140);
  });
});
