import type { MemberView } from "../snapshot";
import type { Condition, ConditionNode, ValueNode } from "./condition";
import { type FactType, type FactValue, NOT_KNOWN } from "./fact";
import { CLUSTER_FACTS, FACTS_OF_MEMBER } from "./facts";
import { replicasOf } from "./facts-sight";
import { type Ground, readValue } from "./judge";

/** One fact that a condition rests on, as it is now: what a person reads when they ask why it is not true. */
export type Reading = {
  readonly fact: string;
  /** Of which member; null: of the cluster, or of a member that is not known. */
  readonly member: string | null;
  /** A finding's rule or a path in the configuration; null for facts that take none. */
  readonly argument: string | null;
  readonly type: FactType;
  readonly value: FactValue;
};

/** Every fact of a condition with its present value, in the order in which they are written; each member's apart within `every` and `some`. */
export function readingsOf(condition: Condition, ground: Ground): readonly Reading[] {
  const all = new Map<string, Reading>();
  for (const reading of ofNode(condition.root, { ...ground, atHand: null })) {
    all.set(JSON.stringify([reading.fact, reading.member, reading.argument]), reading);
  }
  return [...all.values()];
}

type Here = Ground & { readonly atHand: MemberView | null };

function ofNode(node: ConditionNode, here: Here): readonly Reading[] {
  switch (node.op) {
    case "and":
    case "or":
      return node.parts.flatMap((part) => ofNode(part, here));
    case "not":
      return ofNode(node.part, here);
    case "every":
    case "some": {
      const members = node.of === "replica" ? (replicasOf(here.picture) ?? []) : here.picture.members;
      return members.flatMap((atHand) => ofNode(node.part, { ...here, atHand }));
    }
    case "fact":
      return ofValue(node.value, here);
    case "compare":
      return [...ofValue(node.left, here), ...ofValue(node.right, here)];
    case "in":
      return [node.left, ...node.options].flatMap((value) => ofValue(value, here));
  }
}

function ofValue(node: ValueNode, here: Here): readonly Reading[] {
  if (node.op !== "fact") return [];
  const value = readValue(node, here);
  const cluster = CLUSTER_FACTS.get(node.name);
  if (cluster) return [{ fact: node.name, member: null, argument: textOf(node.argument, here), type: cluster, value }];
  const own = FACTS_OF_MEMBER.get(node.name);
  // Its name is said with every fact of a member, and need not be said for itself.
  if (!own || node.name === "name") return [];
  const member = node.argument === null ? (here.atHand?.name ?? null) : textOf(node.argument, here);
  return [{ fact: node.name, member, argument: null, type: own, value }];
}

function textOf(node: ValueNode | null, here: Here): string | null {
  const value = node ? readValue(node, here) : NOT_KNOWN;
  return value.known && typeof value.value === "string" ? value.value : null;
}
