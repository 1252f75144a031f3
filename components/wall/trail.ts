import type { EpochMs } from "@/lib/domain/ids";

/** One moment of a lag: the most that it was within its slot, in bytes; null: not known then. */
export type LagPoint = { readonly slot: number; readonly bytes: number | null };
/** Oldest first. */
export type Trail = readonly LagPoint[];

/** Kept in the page alone, and bounded: a wall runs for weeks. */
export const SLOT_MS = 5_000;
export const SLOTS = 120;
export const TRAIL_MS = SLOT_MS * SLOTS;

/** The trail with one more look. A slot keeps its greatest lag; one that was unknown at any time is unknown. */
export function trailAfter(trail: Trail, at: EpochMs, bytes: number | null): Trail {
  const slot = Math.floor(at / SLOT_MS);
  const last = trail.at(-1);
  if (last && slot < last.slot) return trail;
  if (last?.slot === slot) {
    const joined = last.bytes === null || bytes === null ? null : Math.max(last.bytes, bytes);
    return joined === last.bytes ? trail : [...trail.slice(0, -1), { slot, bytes: joined }];
  }
  return [...trail.filter((point) => point.slot > slot - SLOTS), { slot, bytes }];
}

/** Slots that may be missing between two points of one line: pictures do not come by the second. */
const JUMP = 2;

/** The known stretches, each a line of its own: never one across what was not seen. */
export function stretchesOf(trail: Trail): readonly (readonly { readonly slot: number; readonly bytes: number }[])[] {
  const stretches: { slot: number; bytes: number }[][] = [];
  let before: number | null = null;
  for (const { slot, bytes } of trail) {
    if (bytes === null) {
      before = null;
      continue;
    }
    if (before === null || slot - before > JUMP) stretches.push([]);
    stretches.at(-1)?.push({ slot, bytes });
    before = slot;
  }
  return stretches;
}

/** The trails of every cluster on a wall, whichever page stands. */
export type Trails = {
  of(scope: string): Trail;
  add(scope: string, at: EpochMs, bytes: number | null): void;
  subscribe(listener: () => void): () => void;
};

const NOTHING: Trail = [];

export function createTrails(): Trails {
  const trails = new Map<string, Trail>();
  const listeners = new Set<() => void>();
  return {
    of: (scope) => trails.get(scope) ?? NOTHING,
    add(scope, at, bytes) {
      const before = trails.get(scope) ?? NOTHING;
      const after = trailAfter(before, at, bytes);
      if (after === before) return;
      trails.set(scope, after);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
