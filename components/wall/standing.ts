import { LEVEL_OF_STATE, type Level } from "@/components/status/level";
import type { Severity } from "@/lib/domain/findings/finding";
import { type FindingTree, findingTrees } from "@/lib/domain/findings/tree";
import type { Snapshot } from "@/lib/domain/snapshot";

/** The lesser first. What cannot be seen is worse than what is known to limp along, and better than what is known to be broken. */
const RANK: readonly Level[] = ["ok", "info", "warn", "blind", "crit", "split"];

export const worseOf = (a: Level, b: Level): Level => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b);
export const worstOf = (levels: readonly Level[]): Level => levels.reduce(worseOf, "ok");

// A list of findings keeps its identity until it differs; pictures come far more often.
const gravest = new WeakMap<Snapshot["findings"], readonly FindingTree[]>();

/** What somebody has to look at, the worst first; what is only worth knowing is left to the pages. */
export function gravestOf(findings: Snapshot["findings"]): readonly FindingTree[] {
  const known = gravest.get(findings) ?? findingTrees(findings).filter(({ worst }) => worst !== "info");
  gravest.set(findings, known);
  return known;
}

/** What a finding lends to its whole tile: only a critical one, since a wall that is yellow for weeks is not looked at any more. */
const LENT: Readonly<Record<Severity, Level>> = { critical: "crit", unknown: "ok", warn: "ok", info: "ok" };

/**
 * How a cluster stands on the wall, and the key of its word. `fed` false: nothing that is shown of it may be believed. Null: not looked at
 * yet.
 */
export function standingOf(snapshot: Snapshot | null, fed: boolean): { readonly level: Level; readonly word: string } {
  if (!snapshot) return { level: "blind", word: "state.unknown" };
  if (!fed) return { level: "blind", word: "state.stale" };
  const level = LEVEL_OF_STATE[snapshot.writePath.state];
  const lent = worstOf(gravestOf(snapshot.findings).map(({ worst }) => LENT[worst]));
  const worst = worseOf(level, lent);
  return { level: worst, word: worst === level ? `state.${snapshot.writePath.state}` : "wall.criticalFinding" };
}
