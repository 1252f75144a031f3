/**
 * A small typed expression over the picture of a cluster and the inputs of a run, for example
 * `leader == $candidate and every replica (state == "streaming" and lagBytes < 16MB)`. Parsed and checked when a runbook is loaded: names,
 * types and arguments are known then, so that judging one never fails.
 */
export type Condition = {
  /** As it was written. */
  readonly source: string;
  readonly root: ConditionNode;
};

export type ValueType = "boolean" | "number" | "text" | "member";

export type ConditionNode =
  | { readonly op: "and" | "or"; readonly parts: readonly ConditionNode[] }
  | { readonly op: "not"; readonly part: ConditionNode }
  | {
      readonly op: "compare";
      readonly sign: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly left: ValueNode;
      readonly right: ValueNode;
    }
  | { readonly op: "in"; readonly left: ValueNode; readonly options: readonly ValueNode[] }
  /** Of all members or replicas; within it, facts of a member may be named without an argument. */
  | { readonly op: "every" | "some"; readonly of: "member" | "replica"; readonly part: ConditionNode }
  | { readonly op: "fact"; readonly value: ValueNode };

export type ValueNode =
  /** `null` is `none`: the name that nobody has. Sizes are in bytes, durations in ms. */
  | { readonly op: "constant"; readonly type: ValueType; readonly value: string | number | boolean | null }
  | { readonly op: "input"; readonly type: ValueType; readonly name: string }
  /** A fact of the cluster, or of the member given by `argument` (null: the cluster, or the member at hand in `every` and `some`). */
  | { readonly op: "fact"; readonly type: ValueType; readonly name: string; readonly argument: ValueNode | null };

/**
 * What a condition comes to. `known` false: facts that it needs are stale or missing; it counts as not true, and is shown as not known.
 */
export type Judged = { readonly value: boolean; readonly known: boolean };
