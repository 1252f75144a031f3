import { snapshotSchema } from "@/lib/contract/snapshot";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Each round may uncover what a field that was missing hid. */
const ROUNDS_MAX = 12;
/** What stands for "not known then"; the first that fits. */
const NOTHING = [null, [], {}] as const;

/**
 * A stored picture as this release draws it. Fields that came after it was stored are filled with null, or with an empty list or section
 * where null is no value: not known then. Null where it does not become a picture.
 */
export function readBack(stored: unknown): Snapshot | null {
  let parsed = snapshotSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const repaired: unknown = withFindingsOfToday(structuredClone(stored));
  parsed = snapshotSchema.safeParse(repaired);
  if (parsed.success) return parsed.data;
  const tried = new Map<string, number>();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    for (const { path } of parsed.error.issues) {
      const place = path.join("\n");
      const next = tried.get(place) ?? 0;
      if (!fill(repaired, path, next)) return null;
      tried.set(place, next + 1);
    }
    parsed = snapshotSchema.safeParse(repaired);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** Puts the next stand-in where nothing was, or where only one of ours is; false when something stored stands there, or none is left. */
function fill(root: unknown, path: readonly PropertyKey[], next: number): boolean {
  const name = path.at(-1);
  let parent = root as Record<PropertyKey, unknown> | undefined;
  for (const step of path.slice(0, -1)) parent = parent?.[step] as typeof parent;
  if (name === undefined || typeof parent !== "object" || parent === null || next >= NOTHING.length) return false;
  if (next === 0 && parent[name] !== undefined) return false;
  parent[name] = structuredClone(NOTHING[next]);
  return true;
}

/** Findings of the first release had a bare text as their subject, and neither rule nor evidence. */
function withFindingsOfToday(picture: unknown): unknown {
  const { findings } = (picture ?? {}) as { findings?: unknown };
  if (!Array.isArray(findings)) return picture;
  return { ...(picture as object), findings: findings.map(ofToday) };
}

function ofToday(finding: Record<string, unknown>): unknown {
  if (typeof finding?.subject !== "string" || typeof finding.id !== "string") return finding;
  return {
    ...finding,
    rule: finding.id.split(":")[0],
    group: "operations",
    subject: { kind: "cluster", name: finding.subject, member: null },
    evidence: [],
    runbook: null,
    under: null,
  };
}
