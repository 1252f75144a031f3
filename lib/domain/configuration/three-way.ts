import { compare, type Difference } from "./compare";
import { sameValue } from "./path";

/** What a draft changes, what was changed meanwhile by others, and where the two meet. */
export type ThreeWay = {
  /** From what the draft was begun on to the draft. */
  readonly mine: readonly Difference[];
  /** From what the draft was begun on to what is in force now. */
  readonly theirs: readonly Difference[];
  /** Paths that both changed, and not to the same. */
  readonly conflicts: readonly { readonly path: string; readonly mine: unknown; readonly theirs: unknown }[];
};

export function threeWay(base: unknown, mine: unknown, theirs: unknown): ThreeWay {
  const ours = compare(base, mine);
  const others = compare(base, theirs);
  const conflicts = ours.flatMap((one) =>
    others
      .filter((other) => meet(one.path, other.path) && !(one.path === other.path && sameValue(one.after, other.after)))
      .map((other) => ({
        path: one.path.length >= other.path.length ? one.path : other.path,
        mine: one.after,
        theirs: other.after,
      })),
  );
  return { mine: ours, theirs: others, conflicts };
}

/** One of them is the other, or a section around it. */
const meet = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
