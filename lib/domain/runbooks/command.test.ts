import { describe, expect, test } from "vitest";
import {
  ANNA,
  BORIS,
  CLARA,
  check,
  decision,
  instruction,
  note,
  operationSeen,
  playRun,
  runbookOf,
  type Seen,
  switchover,
  VERA,
  wait,
} from "../testing/runs";
import type { Commanding } from "./command";
import type { Commanded, RunCommand } from "./run";
import type { RunbookStep } from "./runbook";

type Case = {
  readonly name: string;
  readonly steps: readonly RunbookStep[];
  readonly seen?: Seen;
  readonly first?: readonly RunCommand[];
  readonly command: RunCommand;
  readonly over?: Partial<Commanding>;
  readonly is: "done" | Extract<Commanded, { kind: "refused" }>["code"];
};

const tick = (stepId: string): RunCommand => ({ kind: "tick", stepId, note: null });
const skip = (stepId: string): RunCommand => ({ kind: "skip", stepId, reason: "done by hand" });
const pause: RunCommand = { kind: "pause", reason: null };
const abandon: RunCommand = { kind: "abandon", reason: "not today" };

const CASES: readonly Case[] = [
  { name: "an instruction is ticked by its carrier", steps: [instruction("a")], command: tick("a"), is: "done" },
  { name: "a note is ticked once it is read", steps: [note("a")], command: tick("a"), is: "done" },
  {
    name: "another operator ticks nothing",
    steps: [note("a")],
    command: tick("a"),
    over: { who: BORIS },
    is: "not-yours",
  },
  {
    name: "neither does an admin who does not carry it",
    steps: [note("a")],
    command: tick("a"),
    over: { who: CLARA },
    is: "not-yours",
  },
  {
    name: "a viewer may not even join",
    steps: [note("a")],
    command: { kind: "join" },
    over: { who: VERA },
    is: "not-allowed",
  },
  {
    name: "who saw an older version is told so",
    steps: [note("a")],
    command: tick("a"),
    over: { version: 7 },
    is: "moved",
  },
  { name: "a check cannot be ticked by hand", steps: [check("a")], command: tick("a"), is: "not-true" },
  { name: "nor a wait", steps: [wait("a")], command: tick("a"), is: "not-true" },
  { name: "nor an action", steps: [switchover("a")], command: tick("a"), is: "not-fitting" },
  {
    name: "a step that is not the current one is not ticked",
    steps: [note("a"), note("b")],
    command: tick("b"),
    is: "not-current",
  },
  { name: "nor one that there is not", steps: [note("a")], command: tick("z"), is: "unknown-step" },
  { name: "a check may be skipped with a reason", steps: [check("a")], command: skip("a"), is: "done" },
  { name: "an action may be skipped: it was done by hand", steps: [switchover("a")], command: skip("a"), is: "done" },
  {
    name: "a decision is made and not skipped",
    steps: [decision("a", { x: "end" })],
    command: skip("a"),
    is: "not-fitting",
  },
  {
    name: "a decision takes only its own options",
    steps: [decision("a", { x: "end" })],
    command: { kind: "choose", stepId: "a", option: "y" },
    is: "not-fitting",
  },
  {
    name: "an action that runs is not skipped",
    steps: [switchover("a")],
    seen: { operations: [operationSeen("o", "running", 0)] },
    command: skip("a"),
    is: "not-fitting",
  },
  {
    name: "nothing is ticked while it is paused",
    steps: [note("a")],
    first: [pause],
    command: tick("a"),
    is: "not-running",
  },
  { name: "what is paused is not paused again", steps: [note("a")], first: [pause], command: pause, is: "not-running" },
  { name: "what runs is not resumed", steps: [note("a")], command: { kind: "resume" }, is: "not-running" },
  {
    name: "what is not stopped is not overruled",
    steps: [note("a")],
    command: { kind: "overrule", reason: "x" },
    is: "not-running",
  },
  {
    name: "another operator abandons nothing",
    steps: [note("a")],
    command: abandon,
    over: { who: BORIS },
    is: "not-yours",
  },
  { name: "an admin may abandon it", steps: [note("a")], command: abandon, over: { who: CLARA }, is: "done" },
  { name: "what has ended takes no commands", steps: [note("a")], first: [abandon], command: pause, is: "ended" },
  {
    name: "but a word to its record",
    steps: [note("a")],
    first: [abandon],
    command: { kind: "note", text: "why" },
    is: "done",
  },
  {
    name: "anybody who may carry it notes, whatever version they saw",
    steps: [note("a")],
    command: { kind: "note", text: "x" },
    over: { who: BORIS, version: 0 },
    is: "done",
  },
  {
    name: "it is handed to somebody who may carry it",
    steps: [note("a")],
    command: { kind: "hand-over", to: "boris" },
    is: "done",
  },
  { name: "not to a viewer", steps: [note("a")], command: { kind: "hand-over", to: "vera" }, is: "not-allowed" },
  {
    name: "not to somebody nobody knows",
    steps: [note("a")],
    command: { kind: "hand-over", to: "zoe" },
    is: "not-allowed",
  },
  { name: "not to oneself", steps: [note("a")], command: { kind: "hand-over", to: "anna" }, is: "not-fitting" },
  {
    name: "an operation that was begun before the step is not its own",
    steps: [switchover("a")],
    command: { kind: "operation", stepId: "a", operationId: "o" },
    over: { operation: operationSeen("o", "running", -1) },
    is: "not-fitting",
  },
  {
    name: "an operation of another kind neither",
    steps: [switchover("a")],
    command: { kind: "operation", stepId: "a", operationId: "o" },
    over: { operation: operationSeen("o", "running", 0, { action: "failover" }) },
    is: "not-fitting",
  },
  {
    name: "one of another cluster neither",
    steps: [switchover("a")],
    command: { kind: "operation", stepId: "a", operationId: "o" },
    over: { operation: operationSeen("o", "running", 0, { scope: "other" }) },
    is: "not-fitting",
  },
  {
    name: "one that there is not neither",
    steps: [switchover("a")],
    command: { kind: "operation", stepId: "a", operationId: "o" },
    is: "not-fitting",
  },
  {
    name: "its own operation is bound to the step",
    steps: [switchover("a")],
    command: { kind: "operation", stepId: "a", operationId: "o" },
    over: { operation: operationSeen("o", "running", 0) },
    is: "done",
  },
];

describe("what a person does to a run", () => {
  test.each(CASES)("$name", ({ steps, seen = {}, first = [], command, over = {}, is }) => {
    const run = playRun(runbookOf(steps), seen);
    run.sees(seen);
    for (const one of first) expect(run.does(one)).toBe("done");
    expect(run.does(command, over)).toBe(is);
  });

  test("carries a runbook for admins only as one, but may always write to its record", () => {
    const run = playRun(runbookOf([note("a")], { role: "admin" }));
    expect(run.does({ kind: "take-over" }, { who: BORIS })).toBe("not-allowed");
    expect(run.does({ kind: "note", text: "I watch" }, { who: BORIS })).toBe("done");
    expect(run.does({ kind: "take-over" }, { who: CLARA })).toBe("done");
    expect(run.run.carrier).toBe("clara");
  });

  test("hands it over: whoever was asked carries it once they take it over, and the first one no more", () => {
    const run = playRun(runbookOf([note("a"), note("b")]));
    run.does({ kind: "hand-over", to: "boris" });
    expect(run.run).toMatchObject({ carrier: "anna", handedTo: "boris" });
    expect(run.does(tick("a"))).toBe("done");
    expect(run.does({ kind: "take-over" }, { who: BORIS })).toBe("done");
    expect(run.run).toMatchObject({ carrier: "boris", handedTo: null, joined: ["anna", "boris"] });
    expect(run.does(tick("b"))).toBe("not-yours");
    expect(run.does(tick("b"), { who: BORIS })).toBe("done");
    expect(run.record.map(({ kind, by, note: said }) => [kind, by, said])).toEqual([
      ["started", "anna", null],
      ["handed-over", "anna", "boris"],
      ["ticked", "anna", null],
      ["taken-over", "boris", "anna"],
      ["ticked", "boris", null],
      ["done", null, null],
    ]);
  });

  test("joins once", () => {
    const run = playRun(runbookOf([note("a")]));
    run.does({ kind: "join" }, { who: BORIS });
    run.does({ kind: "join" }, { who: BORIS });
    run.does({ kind: "note", text: "x" }, { who: CLARA });
    expect(run.run.joined).toEqual(["anna", "boris", "clara"]);
    expect(run.kinds()).toEqual(["started", "joined", "joined", "noted a"]);
  });

  test("every change that is written down makes one version, and entries are numbered without a gap", () => {
    const run = playRun(runbookOf([note("a"), check("b"), note("c")]), { yes: ["b"] });
    run.does(tick("a"));
    expect(run.run.version).toBe(2);
    expect(run.record.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(run.run.entryCount).toBe(3);
  });
});

describe("a contradiction that is overruled", () => {
  const overrule: RunCommand = { kind: "overrule", reason: "planned by us" };

  test("by another leader: who leads now is expected from then on", () => {
    const run = playRun(runbookOf([note("a")]));
    run.sees({ at: 1_000, leader: "node3" });
    expect(run.does(tick("a"))).toBe("not-running");
    expect(run.does(overrule)).toBe("done");
    expect(run.run).toMatchObject({ state: "running", contradiction: null, expectedLeader: "node3" });
    expect(run.sees({ at: 2_000, leader: "node3" })).toEqual([]);
    expect(run.sees({ at: 3_000, leader: "node1" })).toEqual(["contradicted"]);
  });

  test("by a check: the run rests on it no more, and the check does not count as ticked", () => {
    const run = playRun(runbookOf([check("a"), note("b")]), { yes: ["a"] });
    run.sees({ at: 1_000 });
    run.sees({ at: 7_000 });
    expect(run.does(overrule, { who: ANNA })).toBe("done");
    expect(run.stateOf("a")).toMatchObject({ state: "skipped", by: "anna", untrueSince: null });
    expect(run.sees({ at: 60_000 })).toEqual([]);
    expect(run.does(tick("b"))).toBe("done");
  });

  test("by an operation: another one may be begun from the step, or the step be skipped", () => {
    const run = playRun(runbookOf([switchover("s"), note("b")]));
    run.sees({ at: 1_000, operations: [operationSeen("o1", "running", 500)] });
    const failed = operationSeen("o1", "failed", 500);
    run.sees({ at: 2_000, operations: [failed] });
    expect(run.run.state).toBe("stopped");
    expect(run.does(overrule)).toBe("done");
    expect(run.sees({ at: 3_000, operations: [failed] })).toEqual([]);
    expect(run.run.state).toBe("running");
    expect(run.does(skip("s"))).toBe("done");
  });

  test("needs its carrier", () => {
    const run = playRun(runbookOf([note("a")]));
    run.sees({ at: 1_000, leader: "node3" });
    expect(run.does(overrule, { who: BORIS })).toBe("not-yours");
  });
});
