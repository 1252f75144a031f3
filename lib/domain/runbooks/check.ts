import { type Around, type InputKinds, type Typed, typeValue } from "./check-value";
import type { Condition, ConditionNode, ValueNode } from "./condition";
import type { FactType } from "./fact";
import { oneOf } from "./nearest";
import { parseCondition, type Sign, type Syntax } from "./parse";
import type { ConditionProblem } from "./parse-tokens";

/**
 * Makes a condition of a text: reads it, and checks every name, type and argument, so that judging it can never fail. `inputs` are those of
 * its runbook. Problems come with their place; there is at least one, or there is a condition.
 */
export function readCondition(source: string, inputs: InputKinds): ReadCondition {
  const parsed = parseCondition(source);
  if (parsed.kind === "error") return { kind: "error", problems: [parsed.problem] };
  const problems: ConditionProblem[] = [];
  const refuse = (problem: ConditionProblem) => {
    problems.push(problem);
    return null;
  };
  const root = nodeOf(parsed.syntax, { inputs, atHand: false, refuse });
  if (root === null || problems.length > 0) return { kind: "error", problems };
  return { kind: "ok", condition: { source: source.trim(), root } };
}

export type ReadCondition =
  | { readonly kind: "ok"; readonly condition: Condition }
  | { readonly kind: "error"; readonly problems: readonly ConditionProblem[] };

function nodeOf(syntax: Syntax, around: Around): ConditionNode | null {
  switch (syntax.op) {
    case "and":
    case "or": {
      const parts = syntax.parts.map((part) => nodeOf(part, around));
      return parts.every((part) => part !== null) ? { op: syntax.op, parts } : null;
    }
    case "not": {
      const part = nodeOf(syntax.part, around);
      return part && { op: "not", part };
    }
    case "every":
    case "some": {
      if (around.atHand) {
        return around.refuse({ at: syntax.at, expected: "no every or some within another", found: syntax.op });
      }
      const part = nodeOf(syntax.part, { ...around, atHand: true });
      return part && { op: syntax.op, of: syntax.of, part };
    }
    case "value":
      return aloneOf(typeValue(syntax.value, around), around);
    case "compare":
      return compared(syntax.sign, typeValue(syntax.left, around), typeValue(syntax.right, around), around);
    case "in": {
      const left = typeValue(syntax.left, around);
      const options = syntax.options.map((option) => typeValue(option, around));
      return listed(left, options, around);
    }
  }
}

function aloneOf(typed: Typed | null, { refuse }: Around): ConditionNode | null {
  if (typed === null) return null;
  if (typed.type?.type === "boolean" && !typed.literal) return { op: "fact", value: typed.node };
  const what = typed.literal
    ? "a fact that is true or false"
    : `a comparison of ${typed.text}, such as ${exampleOf(typed)}`;
  return refuse({ at: typed.at, expected: what, found: `${typed.text} alone` });
}

function exampleOf({ text, type }: Typed): string {
  if (type?.type === "number") return `${text} < ${{ bytes: "16MB", ms: "5m", count: "2" }[type.unit]}`;
  if (type?.type === "text" && type.values) return `${text} == "${type.values[0]}"`;
  return `${text} == "…"`;
}

function compared(sign: Sign, left: Typed | null, right: Typed | null, around: Around): ConditionNode | null {
  if (left === null || right === null) return null;
  if (left.literal && right.literal) {
    return around.refuse({ at: left.at, expected: "a fact or an input on one side", found: "two fixed values" });
  }
  const ordered = sign !== "==" && sign !== "!=";
  if (ordered) {
    const wrong = [left, right].find(({ type }) => type?.type !== "number");
    if (wrong)
      return around.refuse({
        at: wrong.at,
        expected: `a number, a size or a duration beside ${sign}`,
        found: wrong.text,
      });
  }
  const pair = alike(left, right, around);
  return pair && { op: "compare", sign, left: pair.left, right: pair.right };
}

function listed(left: Typed | null, options: readonly (Typed | null)[], around: Around): ConditionNode | null {
  if (left === null) return null;
  if (left.literal) return around.refuse({ at: left.at, expected: "a fact or an input before in", found: left.text });
  const pairs = options.map((option) => option && alike(left, option, around));
  return pairs.every((pair) => pair !== null)
    ? { op: "in", left: left.node, options: pairs.map(({ right }) => right) }
    : null;
}

type Pair = { readonly left: ValueNode; readonly right: ValueNode };

/** Whether two values can be equal at all; a text written in place takes the type of the other side. */
function alike(left: Typed, right: Typed, { refuse }: Around): Pair | null {
  const [fixed, other] = left.literal ? [left, right] : [right, left];
  if (other.type === null) return refuse({ at: other.at, expected: "a fact or an input", found: "none" });
  const why = fixed.type === null ? noneWrong(other.type, other.text) : unlike(fixed, fixed.type, other.type);
  if (why !== null) return refuse({ at: fixed.at, expected: why, found: fixed.text });
  const adapted = fixed.literal && fixed.node.op === "constant" ? { ...fixed.node, type: other.type.type } : fixed.node;
  return left.literal ? { left: adapted, right: right.node } : { left: left.node, right: adapted };
}

const noneWrong = (type: FactType, text: string): string | null =>
  "none" in type && type.none ? null : `a value: ${text} is never none`;

/** What should stand in place of `one`, beside a value of type `beside`; null: it is well. */
function unlike(one: Typed, type: FactType, beside: FactType): string | null {
  if (beside.type === "number") return numberUnlike(one, type, beside.unit);
  if (beside.type === "boolean") return type.type === "boolean" ? null : "true or false";
  if (type.type !== "text" && type.type !== "member") return beside.type === "member" ? "a member" : "a text in quotes";
  if (beside.type === "member") return type.type === "text" && type.values ? "a member" : null;
  if (beside.values === null) return null;
  if (!one.literal) return type.type === "text" ? null : `one of ${beside.values.join(", ")}`;
  const word = one.node.op === "constant" ? String(one.node.value) : "";
  return beside.values.includes(word) ? null : oneOf(`one of ${beside.values.join(", ")}`, word, beside.values);
}

function numberUnlike(one: Typed, type: FactType, unit: "count" | "bytes" | "ms"): string | null {
  const zero = one.literal && one.node.op === "constant" && one.node.value === 0;
  if (type.type === "number" && (type.unit === unit || (zero && type.unit === "count"))) return null;
  return { count: "a number without a unit", bytes: "a size such as 16MB", ms: "a duration such as 5m" }[unit];
}
