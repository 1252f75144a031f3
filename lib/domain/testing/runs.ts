import type { OperationView } from "../actions/operation";
import type { ActionRequest } from "../actions/request";
import { clusterScope, type EpochMs, instant, memberName } from "../ids";
import { beginRun } from "../runbooks/begin";
import { type Commanding, commandRun } from "../runbooks/command";
import type { Condition, Judged } from "../runbooks/condition";
import { type Folded, foldRun } from "../runbooks/fold";
import type { Run, RunCommand, RunEntry } from "../runbooks/run";
import type { Runbook, RunbookStep } from "../runbooks/runbook";
import type { RunSight } from "../runbooks/sight";
import { operationView } from "./operations";

/** Runs for tests: small runbooks whose conditions are words that a test calls true, false or not known. */

export const RUNS_AT: EpochMs = Date.parse("2026-11-21T03:00:00Z");
export const ANNA = { name: "anna", role: "operator" } as const;
export const BORIS = { name: "boris", role: "operator" } as const;
export const CLARA = { name: "clara", role: "admin" } as const;
export const VERA = { name: "vera", role: "viewer" } as const;

const both = (text: string) => ({ en: text, ru: text });
const base = (id: string, next: string | null) => ({ id, title: both(`Step ${id}`), text: null, next });

/** A condition that is a bare word. */
export const word = (source: string): Condition => ({
  source,
  root: { op: "fact", value: { op: "fact", type: "boolean", name: source, argument: null } },
});

export const instruction = (id: string, next: string | null = null): RunbookStep => ({
  ...base(id, next),
  kind: "instruction",
  commands: [{ on: null, line: "patronictl list" }],
});
export const note = (id: string, next: string | null = null): RunbookStep => ({ ...base(id, next), kind: "note" });
export const check = (id: string, holdsUntil: string | null = null): RunbookStep => ({
  ...base(id, null),
  kind: "check",
  condition: word(id),
  holdsUntil,
});
export const wait = (id: string, withinMs = 60_000, next: string | null = null): RunbookStep => ({
  ...base(id, next),
  kind: "wait",
  condition: word(id),
  withinMs,
  past: both("It takes long"),
});
export const switchover = (id: string): RunbookStep => ({
  ...base(id, null),
  kind: "action",
  request: { action: "switchover", candidate: "$candidate", scheduledAt: null },
});
export const decision = (id: string, options: Readonly<Record<string, string>>): RunbookStep => ({
  ...base(id, null),
  kind: "decision",
  options: Object.entries(options).map(([name, next]) => ({ id: name, label: both(name), next })),
});

export const runbookOf = (steps: readonly RunbookStep[], over: Partial<Runbook> = {}): Runbook => ({
  id: "planned-switchover",
  kind: "procedure",
  title: both("Planned switchover"),
  when: both("Another member shall lead."),
  role: "operator",
  findings: [],
  inputs: [{ name: "candidate", kind: "replica", label: both("Candidate") }],
  preconditions: [],
  steps,
  expectsLeader: true,
  digest: "d1",
  builtIn: true,
  ...over,
});

/** What a run sees: words that are true, words that are not known; every other is false. */
export type Seen = {
  readonly at?: number;
  readonly yes?: readonly string[];
  readonly dark?: readonly string[];
  /** `null`: nobody leads; `undefined` in its place: node1; `"?"`: out of sight. */
  readonly leader?: string | null;
  readonly operations?: readonly OperationView[];
};

export function sightOf({ at = 0, yes = [], dark = [], leader = "node1", operations = [] }: Seen = {}): RunSight {
  const judge = ({ source }: Condition): Judged =>
    dark.includes(source) ? { value: false, known: false } : { value: yes.includes(source), known: true };
  return {
    now: RUNS_AT + at,
    judge,
    leader: leader === "?" ? null : { name: leader === null ? null : memberName(leader) },
    operations,
  };
}

/** An operation of anna's that was asked for `at` ms after the beginning. */
export const operationSeen = (
  id: string,
  state: OperationView["state"],
  at: number,
  over: Partial<OperationView> = {},
): OperationView =>
  operationView({
    id,
    scope: "demo",
    actor: "anna",
    action: "switchover",
    request: { action: "switchover", candidate: memberName("node2"), scheduledAt: null } satisfies ActionRequest,
    state,
    createdAt: instant(RUNS_AT + at),
    ...over,
  });

/** A run that is told what is seen and what people do, and writes down everything. */
export function playRun(runbook: Runbook, seen: Seen = {}) {
  const asked = {
    id: "r1",
    scope: clusterScope("demo"),
    inputs: { candidate: "node2" },
    by: "anna",
    note: null,
    override: null,
  };
  let last = sightOf(seen);
  let { run, entries }: Folded = beginRun(asked, runbook, last);
  const record: RunEntry[] = [...entries];
  return {
    get run(): Run {
      return run;
    },
    record,
    kinds: () => record.map(({ kind, stepId }) => (stepId === null ? kind : `${kind} ${stepId}`)),
    at: () => run.steps.find(({ state }) => state === "current")?.stepId ?? null,
    stateOf: (id: string) => run.steps.find(({ stepId }) => stepId === id),
    sees(next: Seen) {
      last = sightOf(next);
      ({ run, entries } = foldRun(run, runbook, last));
      record.push(...entries);
      return entries.map(({ kind }) => kind);
    },
    does(command: RunCommand, over: Partial<Commanding> = {}) {
      const commanded = commandRun({
        run,
        runbook,
        command,
        version: run.version,
        who: ANNA,
        sight: last,
        operation: null,
        roleOf: (name) => [ANNA, BORIS, CLARA, VERA].find((one) => one.name === name)?.role ?? null,
        ...over,
      });
      if (commanded.kind === "refused") return commanded.code;
      run = commanded.run;
      record.push(...commanded.entries);
      return commanded.kind;
    },
  };
}
