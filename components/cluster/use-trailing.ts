"use client";
import { useDeferredValue } from "react";
import type { Snapshot } from "@/lib/domain/snapshot";

/** More pictures than this the details may not fall behind, however fast new ones come. */
const MAX_BEHIND = 8;

/**
 * The picture that the details are drawn from: the newest one, but in a pass of its own after the verdict has been painted, and
 * given up for a newer one that comes meanwhile. It is the newest at once where an older one would mislead: when the page turns
 * stale or fresh, for another cluster, and when the details have fallen behind too far.
 */
export function useTrailing(snapshot: Snapshot, stale: boolean): Snapshot {
  const trailing = useDeferredValue(snapshot);
  const wasStale = useDeferredValue(stale);
  const misleads =
    wasStale !== stale ||
    trailing.scope !== snapshot.scope ||
    // Versions of another process compare to nothing; its first picture may well have a lower one.
    Math.abs(snapshot.version - trailing.version) > MAX_BEHIND;
  return misleads ? snapshot : trailing;
}
