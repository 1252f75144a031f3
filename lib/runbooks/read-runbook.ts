import { createHash } from "node:crypto";
import { formatProblem, type KeyPath, type Problem } from "@/lib/config/problem";
import { toProblems } from "@/lib/config/schema-problems";
import { readYaml, type YamlSource } from "@/lib/config/yaml-source";
import { readCondition } from "@/lib/domain/runbooks/check";
import { flowProblems } from "@/lib/domain/runbooks/check-flow";
import type { InputKinds } from "@/lib/domain/runbooks/check-value";
import type { Condition } from "@/lib/domain/runbooks/condition";
import { CLUSTER_FACTS, FACTS_OF_MEMBER } from "@/lib/domain/runbooks/facts";
import { RULE_IDS } from "@/lib/domain/runbooks/facts-findings";
import { oneOf } from "@/lib/domain/runbooks/nearest";
import { CLUSTER_PLACES } from "@/lib/domain/runbooks/placeholder-values";
import type { ActionTemplate, Runbook, RunbookStep } from "@/lib/domain/runbooks/runbook";
import { requestProblems } from "./check-request";
import { textProblems } from "./check-texts";
import { type RunbookValues, runbookFile, type StepValues } from "./file-schema";

/** `problems`: one line for every mistake, with file, line, key, what was expected and what was found. */
export type ReadRunbook =
  | { readonly kind: "ok"; readonly runbook: Runbook }
  | { readonly kind: "error"; readonly problems: readonly string[] };

export type RunbookText = {
  readonly id: string;
  /** As people would type it; named in every mistake. */
  readonly file: string;
  readonly text: string;
  readonly builtIn: boolean;
};

/** Reads one runbook of its file's text and checks it whole: form, both languages, conditions, placeholders, actions and the way of its steps. */
export function readRunbook({ id, file, text, builtIn }: RunbookText): ReadRunbook {
  const source = readYaml(text, null);
  if (source.problems.length > 0) return refused(file, source.problems);
  const parsed = runbookFile.safeParse(source.plain);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => toProblems(issue, source));
    return refused(file, problems);
  }
  const problems: Problem[] = [];
  const runbook = build(parsed.data, source, problems);
  if (problems.length > 0) return refused(file, problems);
  const digest = createHash("sha256").update(text).digest("hex");
  return { kind: "ok", runbook: { ...runbook, id, digest, builtIn } };
}

function refused(file: string, problems: readonly Problem[]): ReadRunbook {
  const inOrder = [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { kind: "error", problems: inOrder.map((problem) => formatProblem(file, problem)) };
}

type Told = { readonly expected: string; readonly found: string };

function build(
  values: RunbookValues,
  source: YamlSource,
  problems: Problem[],
): Omit<Runbook, "id" | "digest" | "builtIn"> {
  const tell = (path: KeyPath, { expected, found }: Told) => {
    problems.push({ path, line: source.lineOf(path), expected, found });
  };
  checkInputs(values, tell);
  const kinds: InputKinds = new Map(values.inputs.map(({ name, kind }) => [name, kind]));
  const condition = (text: string, path: KeyPath): Condition => {
    const read = readCondition(text, kinds);
    if (read.kind === "ok") return read.condition;
    for (const { at, expected, found } of read.problems) {
      tell(path, { expected, found: `${found} at character ${at + 1} of ${JSON.stringify(shortened(text))}` });
    }
    // Never used: a runbook with a problem is not given out.
    return { source: text, root: { op: "and", parts: [] } };
  };
  const runbook = {
    kind: values.kind,
    title: values.title,
    when: values.when,
    role: values.role,
    findings: values.findings,
    inputs: values.inputs,
    preconditions: values.preconditions.map((one, index) => ({
      text: one.text,
      condition: condition(one.condition, ["preconditions", index, "condition"]),
    })),
    steps: values.steps.map((step, index) => stepOf(step, ["steps", index], condition)),
    expectsLeader: values.expectsLeader,
  };
  for (const [index, rule] of values.findings.entries()) {
    if (!RULE_IDS.has(rule))
      tell(["findings", index], { expected: oneOf("a rule of findings", rule, RULE_IDS), found: rule });
  }
  for (const { step, key, ...told } of flowProblems(runbook.steps.map(flowOf))) tell(["steps", step, ...key], told);
  for (const [index, step] of values.steps.entries()) {
    if (step.kind !== "action") continue;
    for (const { key, ...told } of requestProblems(step.request, values.inputs)) {
      tell(["steps", index, "request", ...key], told);
    }
  }
  for (const { path, ...told } of textProblems(values)) tell(path, told);
  return runbook;
}

/** Two inputs of one name would be one; one that is called like a fact or a placeholder would hide it. */
function checkInputs({ inputs }: RunbookValues, tell: (path: KeyPath, told: Told) => void): void {
  for (const [index, { name }] of inputs.entries()) {
    const path = ["inputs", index, "name"];
    if (inputs.findIndex((one) => one.name === name) !== index) {
      tell(path, { expected: "a name that no other input has", found: name });
    }
    if (CLUSTER_PLACES.has(name) || CLUSTER_FACTS.has(name) || FACTS_OF_MEMBER.has(name)) {
      tell(path, { expected: "a name that is no fact and no placeholder", found: name });
    }
  }
}

function stepOf(step: StepValues, path: KeyPath, condition: (text: string, path: KeyPath) => Condition): RunbookStep {
  const base = { id: step.id, title: step.title, text: step.text ?? null };
  if (step.kind === "decision") return { ...base, kind: "decision", next: null, options: step.options };
  const whole = { ...base, next: step.next ?? null };
  switch (step.kind) {
    case "instruction":
      return {
        ...whole,
        kind: "instruction",
        commands: step.commands.map(({ on, line }) => ({ on: on ?? null, line })),
      };
    case "check":
      return {
        ...whole,
        kind: "check",
        condition: condition(step.condition, [...path, "condition"]),
        holdsUntil: step.holdsUntil ?? null,
      };
    case "action":
      // Its action was checked to be one, or the runbook is refused.
      return { ...whole, kind: "action", request: step.request as ActionTemplate };
    case "wait":
      return {
        ...whole,
        kind: "wait",
        condition: condition(step.condition, [...path, "condition"]),
        withinMs: step.within,
        past: step.past,
      };
    case "note":
      return { ...whole, kind: "note" };
  }
}

const flowOf = (step: RunbookStep) => ({
  id: step.id,
  next: step.next,
  options: step.kind === "decision" ? step.options : null,
  holdsUntil: step.kind === "check" ? step.holdsUntil : null,
});

const SHOWN_MAX = 80;
const shortened = (text: string) => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);
