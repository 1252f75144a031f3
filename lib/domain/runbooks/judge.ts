import type { MemberView, Snapshot } from "../snapshot";
import type { Condition, ConditionNode, Judged, ValueNode } from "./condition";
import { type FactValue, known, NOT_KNOWN } from "./fact";
import { CLUSTER_FACTS, FACTS_OF_MEMBER } from "./facts";
import { replicasOf, seesDcs } from "./facts-sight";

/** What a condition is judged by: a picture, and the inputs of the run by their names. */
export type Ground = { readonly picture: Snapshot; readonly inputs: Readonly<Record<string, string>> };

/** True, false, or null: not known. */
type Truth = boolean | null;
type Here = Ground & { readonly atHand: MemberView | null };

/**
 * Judges a checked condition; never throws. What is not known makes the whole not known, unless the rest decides it: false and not known is
 * false, true or not known is true.
 */
export function judge(condition: Condition, ground: Ground): Judged {
  const truth = truthOf(condition.root, { ...ground, atHand: null });
  return { value: truth === true, known: truth !== null };
}

function truthOf(node: ConditionNode, here: Here): Truth {
  switch (node.op) {
    case "and":
      return all(node.parts.map((part) => truthOf(part, here)));
    case "or":
      return any(node.parts.map((part) => truthOf(part, here)));
    case "not":
      return opposite(truthOf(node.part, here));
    case "every":
    case "some":
      return quantified(node, here);
    case "fact":
      return flagOf(readValue(node.value, here));
    case "compare":
      return compare(node.sign, readValue(node.left, here), readValue(node.right, here));
    case "in": {
      const left = readValue(node.left, here);
      return any(node.options.map((option) => compare("==", left, readValue(option, here))));
    }
  }
}

const opposite = (truth: Truth): Truth => (truth === null ? null : !truth);
const all = (truths: readonly Truth[]): Truth => (truths.includes(false) ? false : truths.includes(null) ? null : true);
const any = (truths: readonly Truth[]): Truth => (truths.includes(true) ? true : truths.includes(null) ? null : false);
const flagOf = (value: FactValue): Truth => (value.known && typeof value.value === "boolean" ? value.value : null);

/** Out of sight of the DCS there may be members that we do not know of: one that is so, or is not so, still decides. */
function quantified(node: Extract<ConditionNode, { op: "every" | "some" }>, here: Here): Truth {
  const members = node.of === "replica" ? replicasOf(here.picture) : here.picture.members;
  if (members === null) return null;
  const truths: Truth[] = members.map((atHand) => truthOf(node.part, { ...here, atHand }));
  if (!seesDcs(here.picture)) truths.push(null);
  return node.op === "every" ? all(truths) : any(truths);
}

/** The value of a part of a checked condition. */
export function readValue(node: ValueNode, here: Here): FactValue {
  if (node.op === "constant") return known(node.value);
  if (node.op === "input") {
    const given = Object.hasOwn(here.inputs, node.name) ? here.inputs[node.name] : undefined;
    return given === undefined || given === "" ? NOT_KNOWN : known(given);
  }
  const cluster = CLUSTER_FACTS.get(node.name);
  if (cluster) return cluster.read(here.picture, argumentOf(node.argument, here) ?? "");
  const fact = FACTS_OF_MEMBER.get(node.name);
  if (!fact) return NOT_KNOWN;
  if (node.argument === null) return here.atHand ? fact.read(here.atHand, here.picture) : NOT_KNOWN;
  const name = argumentOf(node.argument, here);
  if (name === null) return NOT_KNOWN;
  const member = here.picture.members.find((one) => one.name === name);
  if (member) return fact.read(member, here.picture);
  return fact.ofStranger?.(name, here.picture) ?? NOT_KNOWN;
}

function argumentOf(node: ValueNode | null, here: Here): string | null {
  const value = node && readValue(node, here);
  return value?.known && typeof value.value === "string" ? value.value : null;
}

type Sign = Extract<ConditionNode, { op: "compare" }>["sign"];

function compare(sign: Sign, left: FactValue, right: FactValue): Truth {
  if (sign === "==") return same(left, right);
  if (sign === "!=") return opposite(same(left, right));
  if (sign === ">" || sign === ">=") return compare(sign === ">" ? "<" : "<=", right, left);
  const [a, b] = [boundsOf(left), boundsOf(right)];
  if (a === null || b === null) return null;
  const holds = (x: number, y: number) => (sign === "<" ? x < y : x <= y);
  if (a.most !== null && b.least !== null && holds(a.most, b.least)) return true;
  return a.least !== null && b.most !== null && !holds(a.least, b.most) ? false : null;
}

function same(left: FactValue, right: FactValue): Truth {
  if (left.known && right.known) return left.value === right.value;
  const [a, b] = [boundsOf(left), boundsOf(right)];
  if (a === null || b === null) return null;
  const apart = (x: typeof a, y: typeof a) => x.most !== null && y.least !== null && x.most < y.least;
  return apart(a, b) || apart(b, a) ? false : null;
}

/** Between what a number is; null: it is none. */
function boundsOf(value: FactValue): { readonly least: number | null; readonly most: number | null } | null {
  if (!value.known) return value;
  return typeof value.value === "number" ? { least: value.value, most: value.value } : null;
}
