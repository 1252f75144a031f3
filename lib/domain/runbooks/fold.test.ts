import { describe, expect, test } from "vitest";
import type { OperationState } from "../actions/operation";
import {
  check,
  decision,
  instruction,
  note,
  operationSeen,
  playRun,
  runbookOf,
  switchover,
  wait,
} from "../testing/runs";

const SWITCH = runbookOf([check("ready", "switch"), switchover("switch"), wait("moved"), check("well")]);

describe("a run goes on by itself", () => {
  test("as far as checks and waits are true, and waits for people where they must act", () => {
    const run = playRun(runbookOf([check("a"), wait("b"), instruction("c"), check("d")]), { yes: ["a", "b"] });
    expect(run.kinds()).toEqual(["started", "ticked a", "ticked b"]);
    expect(run.at()).toBe("c");
    expect(run.run.version).toBe(1);
  });

  test("to its end, and is done with its last step", () => {
    const run = playRun(runbookOf([check("a"), wait("b")]));
    expect(run.sees({ at: 1_000, yes: ["a"] })).toEqual(["ticked"]);
    expect(run.sees({ at: 2_000, yes: ["a", "b"] })).toEqual(["ticked", "done"]);
    expect(run.run).toMatchObject({ state: "done", endedAt: "2026-11-21T03:00:02.000Z", version: 3, entryCount: 4 });
    expect(run.sees({ at: 3_000, yes: [] })).toEqual([]);
  });

  test("nothing that is not known ticks, and the same sight again changes nothing", () => {
    const run = playRun(runbookOf([check("a")]), { dark: ["a"] });
    expect(run.stateOf("a")).toMatchObject({ state: "current", judged: { value: false, known: false } });
    expect(run.sees({ at: 1_000, dark: ["a"] })).toEqual([]);
    expect(run.run.version).toBe(1);
  });

  test("`next` leads past steps, which are then passed by", () => {
    const jump = { ...instruction("a"), next: "d" };
    const run = playRun(runbookOf([jump, note("b"), note("c"), note("d")]));
    run.does({ kind: "tick", stepId: "a", note: null });
    expect(run.run.steps.map(({ state }) => state)).toEqual(["ticked", "passed-by", "passed-by", "current"]);
  });

  test("a decision takes one branch, and the end may be named", () => {
    const run = playRun(runbookOf([decision("d", { well: "end", ill: "b" }), note("a"), note("b")]));
    expect(run.does({ kind: "choose", stepId: "d", option: "well" })).toBe("done");
    expect(run.run.state).toBe("done");
    expect(run.stateOf("d")).toMatchObject({ state: "ticked", chosen: "well", by: "anna" });
    expect(run.kinds()).toEqual(["started", "chosen d", "done"]);
  });
});

describe("a wait past its deadline", () => {
  test("says so once, and goes on waiting", () => {
    const run = playRun(runbookOf([wait("w", 60_000)]));
    expect(run.sees({ at: 59_000 })).toEqual([]);
    expect(run.sees({ at: 60_000 })).toEqual(["past-deadline"]);
    expect(run.sees({ at: 90_000 })).toEqual([]);
    expect(run.stateOf("w")).toMatchObject({ state: "current", pastDeadline: true });
    expect(run.sees({ at: 95_000, yes: ["w"] })).toEqual(["ticked", "done"]);
  });

  test("does not count the time for which the run was paused", () => {
    const run = playRun(runbookOf([wait("w", 60_000)]));
    run.sees({ at: 30_000 });
    run.does({ kind: "pause", reason: "lunch" });
    expect(run.sees({ at: 630_000, yes: ["w"] })).toEqual([]);
    expect(run.does({ kind: "resume" }, {})).toBe("done");
    expect(run.run).toMatchObject({ state: "done", pausedMs: 600_000, pausedAt: null });
    expect(run.stateOf("w")).toMatchObject({ deadlineAt: "2026-11-21T03:11:00.000Z", pastDeadline: false });
  });
});

describe("an action step", () => {
  const ready = ["ready"];

  test("follows its operation to its word, and from then on expects the leader that it made", () => {
    const run = playRun(SWITCH, { yes: ready });
    run.sees({ at: 1_000, yes: ready, operations: [operationSeen("o1", "running", 500)] });
    expect(run.stateOf("switch")).toMatchObject({ state: "current", operationId: "o1" });
    // In the middle of it the check is untrue and the leader is another one: that is its own doing.
    expect(run.sees({ at: 9_000, leader: "node2", operations: [operationSeen("o1", "running", 500)] })).toEqual([]);
    expect(run.sees({ at: 20_000, leader: "node2", operations: [operationSeen("o1", "done", 500)] })).toEqual([
      "ticked",
    ]);
    expect(run.run).toMatchObject({ state: "running", expectedLeader: "node2" });
    expect(run.at()).toBe("moved");
  });

  test("takes up the operation that its carrier began from it, but no other", () => {
    const run = playRun(SWITCH, { yes: ready, at: 0 });
    const others = [
      operationSeen("early", "running", -1),
      operationSeen("by-another", "running", 500, { actor: "boris" }),
      operationSeen("of-another-kind", "running", 500, { action: "resume", request: { action: "resume" } }),
    ];
    run.sees({ at: 1_000, yes: ready, operations: others });
    expect(run.stateOf("switch")?.operationId).toBeNull();
  });

  test.each<OperationState>(["done-otherwise", "failed", "unknown"])("that ended %s stops the run", (state) => {
    const run = playRun(SWITCH, { yes: ready });
    run.sees({ at: 1_000, yes: ready, operations: [operationSeen("o1", "running", 500)] });
    run.sees({ at: 9_000, yes: ready, operations: [operationSeen("o1", state, 500)] });
    expect(run.run).toMatchObject({ state: "stopped", contradiction: { kind: "operation", stepId: "switch" } });
    expect(run.sees({ at: 10_000, yes: [...ready, "moved"], leader: "node3" })).toEqual([]);
  });

  test("that was refused may be tried again, with another operation", () => {
    const run = playRun(SWITCH, { yes: ready });
    run.sees({ at: 1_000, yes: ready, operations: [operationSeen("o1", "running", 500)] });
    const refused = operationSeen("o1", "refused", 500);
    expect(run.sees({ at: 2_000, yes: ready, operations: [refused] })).toEqual(["operation"]);
    expect(run.run.state).toBe("running");
    expect(run.sees({ at: 3_000, yes: ready, operations: [refused] })).toEqual([]);
    run.sees({ at: 4_000, yes: ready, operations: [refused, operationSeen("o2", "running", 3_500)] });
    expect(run.stateOf("switch")?.operationId).toBe("o2");
  });

  test("whose operation cannot be seen now waits", () => {
    const run = playRun(SWITCH, { yes: ready });
    run.sees({ at: 1_000, yes: ready, operations: [operationSeen("o1", "running", 500)] });
    expect(run.sees({ at: 2_000, yes: ready, operations: [] })).toEqual([]);
    expect(run.run.state).toBe("running");
  });
});

describe("a run stops by itself", () => {
  test("when another member leads than it expects", () => {
    const run = playRun(runbookOf([instruction("a")]));
    expect(run.sees({ at: 1_000, leader: "node3" })).toEqual(["contradicted"]);
    expect(run.run.contradiction).toMatchObject({
      kind: "other-leader",
      stepId: "a",
      text: { params: { expected: "node1", leader: "node3" } },
    });
  });

  test.each([
    ["nobody leads", null],
    ["who leads is out of sight", "?"],
    ["the same member leads", "node1"],
  ])("but not while %s", (_name, leader) => {
    const run = playRun(runbookOf([instruction("a")]));
    expect(run.sees({ at: 60_000, leader })).toEqual([]);
    expect(run.run.state).toBe("running");
  });

  test("at a second failover after its own switchover was done", () => {
    const run = playRun(SWITCH, { yes: ["ready"] });
    run.sees({ at: 1_000, yes: ["ready"], operations: [operationSeen("o1", "running", 500)] });
    run.sees({ at: 9_000, leader: "node2", operations: [operationSeen("o1", "done", 500)] });
    expect(run.sees({ at: 12_000, leader: "node3", yes: ["moved", "well"] })).toEqual(["contradicted"]);
    expect(run.run).toMatchObject({ state: "stopped", contradiction: { kind: "other-leader" } });
  });

  test("not where the runbook is about a lost leader", () => {
    const run = playRun(runbookOf([instruction("a")], { expectsLeader: false }));
    expect(run.sees({ at: 1_000, leader: "node3" })).toEqual([]);
  });

  test("when a check on which it rests has not been true for a while; a blink only un-ticks it", () => {
    const run = playRun(runbookOf([check("a"), instruction("b")]), { yes: ["a"] });
    expect(run.sees({ at: 1_000 })).toEqual([]);
    expect(run.stateOf("a")).toMatchObject({ state: "open", untrueSince: "2026-11-21T03:00:01.000Z" });
    expect(run.does({ kind: "tick", stepId: "b", note: null })).toBe("not-true");
    expect(run.sees({ at: 5_000, yes: ["a"] })).toEqual([]);
    expect(run.stateOf("a")).toMatchObject({ state: "ticked", untrueSince: null });
    run.sees({ at: 6_000 });
    expect(run.sees({ at: 10_000 })).toEqual([]);
    expect(run.sees({ at: 11_000 })).toEqual(["unticked", "contradicted"]);
    expect(run.run.contradiction).toMatchObject({ kind: "check-untrue", stepId: "a" });
  });

  test("not at a check that is not known any more", () => {
    const run = playRun(runbookOf([check("a"), instruction("b")]), { yes: ["a"] });
    expect(run.sees({ at: 60_000, dark: ["a"] })).toEqual([]);
    expect(run.stateOf("a")).toMatchObject({ state: "ticked", judged: { known: false } });
    expect(run.does({ kind: "tick", stepId: "b", note: null })).toBe("done");
  });

  test("not at a check that had to hold only up to a step that was reached", () => {
    const run = playRun(runbookOf([check("a", "c"), instruction("b"), instruction("c")]), { yes: ["a"] });
    run.does({ kind: "tick", stepId: "b", note: null });
    expect(run.sees({ at: 1_000 })).toEqual([]);
    expect(run.sees({ at: 60_000 })).toEqual([]);
    expect(run.stateOf("a")).toMatchObject({ state: "ticked", judged: { value: false } });
  });

  test("at a check that holds until an action, as long as that has not begun", () => {
    const run = playRun(SWITCH, { yes: ["ready"] });
    run.sees({ at: 1_000 });
    run.sees({ at: 6_000 });
    expect(run.run.contradiction).toMatchObject({ kind: "check-untrue", stepId: "ready" });
  });

  test("but not while it is paused", () => {
    const run = playRun(runbookOf([check("a"), instruction("b")]), { yes: ["a"] });
    run.does({ kind: "pause", reason: null });
    expect(run.sees({ at: 60_000, leader: "node3" })).toEqual([]);
    expect(run.does({ kind: "resume" })).toBe("done");
    expect(run.run).toMatchObject({ state: "stopped", contradiction: { kind: "other-leader" } });
  });
});
