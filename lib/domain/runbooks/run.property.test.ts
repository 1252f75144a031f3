import { expect, test } from "vitest";
import type { OperationState } from "../actions/operation";
import { seeded } from "../testing/random";
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
  sightOf,
  switchover,
  VERA,
  wait,
} from "../testing/runs";
import { foldRun } from "./fold";
import { OPEN_RUN_STATES, type RunCommand } from "./run";

const RUNBOOK = runbookOf([
  check("a", "c"),
  instruction("b"),
  switchover("c"),
  wait("d", 5_000),
  decision("e", { on: "f", over: "end", later: "h" }),
  note("f"),
  instruction("g", "i"),
  note("h"),
  check("i"),
]);
const IDS = RUNBOOK.steps.map(({ id }) => id);
const STATES: readonly OperationState[] = [
  "scheduled",
  "running",
  "done",
  "done-otherwise",
  "refused",
  "failed",
  "unknown",
];

test("whatever is seen and whoever does what: a run never throws, and always stands somewhere that can be told", () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = seeded(seed);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    // From a cluster in which all goes well to one that is upset all the time.
    const trouble = random() ** 3;
    const untrue = new Set(IDS);
    const seeing = (at: number): Seen => {
      for (const id of IDS) if (random() < 0.3) random() < trouble ? untrue.add(id) : untrue.delete(id);
      return {
        at,
        yes: IDS.filter((id) => !untrue.has(id)),
        dark: IDS.filter(() => random() < trouble / 3),
        leader: random() < trouble / 2 ? pick(["node2", "node3", null, "?"]) : "node1",
        operations: random() < 0.4 ? [operationSeen(pick(["o1", "o2"]), pick(STATES), at - 2_000)] : [],
      };
    };
    const commands: readonly (() => RunCommand)[] = [
      () => ({ kind: "tick", stepId: pick(IDS), note: null }),
      () => ({ kind: "tick", stepId: run.at() ?? "a", note: "x" }),
      () => ({ kind: "skip", stepId: run.at() ?? "a", reason: "x" }),
      () => ({ kind: "choose", stepId: "e", option: pick(["on", "over", "later", "no"]) }),
      () => ({ kind: "note", text: "x" }),
      () => ({ kind: "take-over" }),
      () => ({ kind: "hand-over", to: pick(["anna", "boris", "vera", "zoe"]) }),
      () => ({ kind: "pause", reason: null }),
      () => ({ kind: "resume" }),
      () => ({ kind: "overrule", reason: "x" }),
      () => (random() < 0.05 ? { kind: "abandon", reason: "x" } : { kind: "join" }),
    ];
    const run = playRun(RUNBOOK, seeing(0));
    for (let at = 1_000; at <= 40_000; at += 1_000) {
      const before = run.run;
      const seen = seeing(at);
      run.sees(seen);
      if (random() < 0.6) run.does(pick(commands)(), { who: pick([ANNA, ANNA, ANNA, BORIS, CLARA, VERA]) });
      const now = run.run;
      reached.add(now.state === "stopped" ? (now.contradiction?.kind ?? "none") : now.state);
      const current = now.steps.filter(({ state }) => state === "current");
      expect(current).toHaveLength(OPEN_RUN_STATES.has(now.state) ? 1 : now.state === "abandoned" ? 1 : 0);
      // Who abandons a run that has stopped leaves on it why it had.
      if (now.state !== "abandoned") expect(now.contradiction !== null).toBe(now.state === "stopped");
      expect(now.pausedAt !== null).toBe(now.state === "paused");
      expect(now.endedAt !== null).toBe(!OPEN_RUN_STATES.has(now.state));
      expect(now.version).toBeGreaterThanOrEqual(before.version);
      expect(now.version > before.version).toBe(now.entryCount > before.entryCount);
      expect(run.record.map(({ seq }) => seq)).toEqual(run.record.map((_entry, i) => i + 1));
      expect(now.entryCount).toBe(run.record.length);
      // The same sight once more says nothing new.
      expect(foldRun(foldRun(now, RUNBOOK, sightOf(seen)).run, RUNBOOK, sightOf(seen)).entries).toEqual([]);
    }
  }
  const all = ["running", "paused", "done", "abandoned", "check-untrue", "other-leader", "operation"];
  expect([...reached].sort()).toEqual([...all].sort());
});

test("a run whose facts are all unknown is where it was", () => {
  const run = playRun(RUNBOOK, { dark: IDS, leader: "?" });
  for (let at = 1_000; at <= 600_000; at += 60_000) run.sees({ at, dark: IDS, leader: "?" });
  expect(run.kinds()).toEqual(["started"]);
  expect(run.at()).toBe("a");
});
