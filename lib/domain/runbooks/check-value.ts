import type { ValueNode } from "./condition";
import type { FactType } from "./fact";
import { CLUSTER_FACTS, FACTS_OF_MEMBER } from "./facts";
import { RULE_IDS } from "./facts-findings";
import { oneOf } from "./nearest";
import type { Value } from "./parse";
import type { ConditionProblem } from "./parse-tokens";
import type { INPUT_KINDS } from "./runbook";

export type InputKinds = ReadonlyMap<string, (typeof INPUT_KINDS)[number]>;

/** What a value is known to be before anything is judged. `literal`: written in place. `none` has no type of its own. */
export type Typed = {
  readonly node: ValueNode;
  readonly type: FactType | null;
  readonly literal: boolean;
  readonly at: number;
  readonly text: string;
};

export type Around = {
  readonly inputs: InputKinds;
  /** Within `every` or `some`, where a member is at hand. */
  readonly atHand: boolean;
  readonly refuse: (problem: ConditionProblem) => null;
};

const TEXT: FactType = { type: "text", values: null };
const MEMBER: FactType = { type: "member" };

/** Gives a value its type; null when something is wrong with it, which then was told. */
export function typeValue(value: Value, around: Around): Typed | null {
  const { at } = value;
  if (value.op === "number") {
    const node = { op: "constant", type: "number", value: value.value } as const;
    return { node, type: { type: "number", unit: value.unit }, literal: true, at, text: value.text };
  }
  if (value.op === "text") {
    const node = { op: "constant", type: "text", value: value.value } as const;
    return { node, type: TEXT, literal: true, at, text: `"${value.value}"` };
  }
  if (value.op === "word") {
    if (value.value !== null) {
      const node = { op: "constant", type: "boolean", value: value.value } as const;
      return { node, type: { type: "boolean" }, literal: true, at, text: String(value.value) };
    }
    return { node: { op: "constant", type: "member", value: null }, type: null, literal: true, at, text: "none" };
  }
  return value.op === "input" ? typeInput(value, around) : typeFact(value, around);
}

function typeInput({ name, at }: Extract<Value, { op: "input" }>, { inputs, refuse }: Around): Typed | null {
  const kind = inputs.get(name);
  if (!kind) {
    const names = [...inputs.keys()];
    const known =
      names.length === 0
        ? "no input: the runbook asks for none"
        : `an input: ${names.map((one) => `$${one}`).join(", ")}`;
    return refuse({ at, expected: known, found: `$${name}` });
  }
  const type = kind === "text" || kind === "moment" ? TEXT : MEMBER;
  return { node: { op: "input", type: type.type, name }, type, literal: false, at, text: `$${name}` };
}

function typeFact(value: Extract<Value, { op: "fact" }>, around: Around): Typed | null {
  const { name, at } = value;
  const cluster = CLUSTER_FACTS.get(name);
  if (cluster) {
    const argument = clusterArgument(value, cluster.argument, around);
    if (argument === undefined) return null;
    return { node: { op: "fact", type: cluster.type, name, argument }, type: cluster, literal: false, at, text: name };
  }
  const own = FACTS_OF_MEMBER.get(name);
  if (!own) {
    const names = [...CLUSTER_FACTS.keys(), ...FACTS_OF_MEMBER.keys()];
    return around.refuse({ at, expected: oneOf("a known fact", name, names), found: name });
  }
  const argument = memberArgument(value, around);
  if (argument === undefined) return null;
  return { node: { op: "fact", type: own.type, name, argument }, type: own, literal: false, at, text: name };
}

/** Undefined: wrong, and told. */
function clusterArgument(
  { name, at, argument }: Extract<Value, { op: "fact" }>,
  takes: "rule" | "path" | null,
  { refuse }: Around,
): ValueNode | null | undefined {
  if (takes === null) {
    if (argument === null) return null;
    refuse({ at: argument.at, expected: `${name} without an argument: it is a fact of the cluster`, found: "one" });
    return undefined;
  }
  const what = takes === "rule" ? 'a rule of findings, as in finding("no-leader")' : 'a path, as in configured("ttl")';
  if (argument?.op !== "text" || argument.value === "") {
    refuse({ at: argument?.at ?? at, expected: what, found: argument === null ? `${name} alone` : "another value" });
    return undefined;
  }
  if (takes === "rule" && !RULE_IDS.has(argument.value)) {
    refuse({ at: argument.at, expected: oneOf("a rule of findings", argument.value, RULE_IDS), found: argument.value });
    return undefined;
  }
  return { op: "constant", type: "text", value: argument.value };
}

/** Null: the member at hand. Undefined: wrong, and told. */
function memberArgument(
  { name, at, argument }: Extract<Value, { op: "fact" }>,
  around: Around,
): ValueNode | null | undefined {
  if (argument === null) {
    if (around.atHand) return null;
    const expected = `a member, as in ${name}(leader): outside every and some a fact of a member needs one`;
    around.refuse({ at, expected, found: `${name} alone` });
    return undefined;
  }
  if (argument.op === "text" && argument.value !== "") return { op: "constant", type: "member", value: argument.value };
  const typed = typeValue(argument, around);
  if (typed === null) return undefined;
  if (typed.type?.type === "member") return typed.node;
  around.refuse({ at: argument.at, expected: `a member in ${name}(…)`, found: typed.text });
  return undefined;
}
