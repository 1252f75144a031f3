import type { Finding, Severity } from "./finding";
import { RANK, worseOf } from "./rank";

/** A finding with what follows from it. */
export type FindingTree = {
  readonly finding: Finding;
  /** The worst of it and of all that follows from it. */
  readonly worst: Severity;
  /** What follows from it directly, worst first. */
  readonly follows: readonly FindingTree[];
  /** How many follow from it, at any depth. */
  readonly count: number;
};

const worstFirst = (a: FindingTree, b: FindingTree): number => RANK[a.worst] - RANK[b.worst];

/** The findings that stand by themselves, worst first, with theirs beneath. One whose cause is not in the list stands by itself. */
export function findingTrees(findings: readonly Finding[]): readonly FindingTree[] {
  const ids = new Set(findings.map(({ id }) => id));
  const beneath = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.under !== null) beneath.set(finding.under, [...(beneath.get(finding.under) ?? []), finding]);
  }
  const grow = (finding: Finding): FindingTree => {
    const follows = (beneath.get(finding.id) ?? []).map(grow).toSorted(worstFirst);
    const worst = follows.reduce((so, one) => worseOf(so, one.worst), finding.severity);
    return {
      finding,
      worst,
      follows,
      count: follows.reduce((sum, one) => sum + 1 + one.count, 0),
    };
  };
  return findings
    .filter(({ under }) => under === null || !ids.has(under))
    .map(grow)
    .toSorted(worstFirst);
}

/** It and all that follows from it. */
export const findingsIn = (tree: FindingTree): readonly Finding[] => [
  tree.finding,
  ...tree.follows.flatMap(findingsIn),
];

/** How many stand by themselves, by the worst of each and what follows from it. */
export function countRoots(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count: Record<Severity, number> = { critical: 0, unknown: 0, warn: 0, info: 0 };
  for (const { worst } of findingTrees(findings)) count[worst] += 1;
  return count;
}
