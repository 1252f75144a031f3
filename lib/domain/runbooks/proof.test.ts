import { describe, expect, test } from "vitest";
import type { IncidentKind } from "../incident/incident";
import {
  check,
  instruction,
  operationSeen,
  playRun,
  RUNS_AT,
  runbookOf,
  type Seen,
  switchover,
  wait,
} from "../testing/runs";
import { measuredWindow, proofOf } from "./proof";
import type { Measured, RunCommand } from "./run";
import type { Runbook } from "./runbook";

const measured = (kind: IncidentKind): Measured => ({
  kind,
  gapMs: 12_400,
  outage: null,
  phases: [],
  before: "node1",
  after: "node2",
});

const drill = (id: string, over: Partial<Runbook> = {}) =>
  runbookOf([instruction("kill"), wait("elected"), switchover("back"), check("well")], {
    id,
    kind: "drill",
    expectsLeader: false,
    ...over,
  });
const KILL: RunCommand = { kind: "tick", stepId: "kill", note: null };
const SKIP_BACK: RunCommand = { kind: "skip", stepId: "back", reason: "may stay" };
const WELL: Seen = { at: 60_000, yes: ["elected", "well"] };

function finished(runbook: Runbook) {
  const run = playRun(runbook);
  run.does(KILL);
  run.sees(WELL);
  run.sees({ ...WELL, at: 70_000, operations: [operationSeen("o1", "running", 65_000)] });
  run.sees({ ...WELL, at: 90_000, leader: "node2", operations: [operationSeen("o1", "done", 65_000)] });
  return run;
}

describe("a drill proves", () => {
  test.each<[string, string, IncidentKind, ReturnType<typeof proofOf>]>([
    ["a failover, where the cluster chose another leader", "drill-failover", "failover", "failover"],
    ["none, where a person moved the lead", "drill-failover", "switchover", null],
    ["none, where nothing was seen to move", "drill-failover", "outage", null],
    ["a restore, whatever the cluster did meanwhile", "drill-restore", "none", "restore"],
    ["nothing beyond itself, where it is another one", "drill-haproxy-loss", "failover", null],
  ])("%s", (_name, id, kind, proof) => {
    const runbook = drill(id);
    const { run } = finished(runbook);
    expect(run.state).toBe("done");
    expect(proofOf(run, runbook, measured(kind))).toBe(proof);
  });

  test("nothing as a procedure, or where part of it was skipped, or before it has ended", () => {
    const procedure = drill("drill-failover", { kind: "procedure" });
    expect(proofOf(finished(procedure).run, procedure, measured("failover"))).toBeNull();
    const runbook = drill("drill-failover");
    const run = playRun(runbook);
    expect(proofOf(run.run, runbook, measured("failover"))).toBeNull();
    expect(measuredWindow(run.run, runbook)).toBeNull();
    run.does(KILL);
    run.sees(WELL);
    run.does(SKIP_BACK);
    expect(run.run.state).toBe("done");
    expect(proofOf(run.run, runbook, measured("failover"))).toBeNull();
  });
});

test("bringing the lead back is no part of a failover that is measured", () => {
  const runbook = drill("drill-failover");
  expect(measuredWindow(finished(runbook).run, runbook)).toEqual({ from: RUNS_AT, to: RUNS_AT + 60_000 });
  const other = drill("drill-haproxy-loss");
  expect(measuredWindow(finished(other).run, other)).toEqual({ from: RUNS_AT, to: RUNS_AT + 90_000 });
});
