import type { Snapshot } from "@/lib/domain/snapshot";
import type { TookMs } from "./claims";

type Known = { readonly lastOkAt: string; tookMs: number; exact: boolean };

/**
 * Follows how long each source's good looks took. A picture tells the duration of the last look, which belongs to the answer
 * only while no later look has failed; where the picture with the answer's own duration was never sent, the longest of the
 * looks since then stands in.
 */
export function followTook(): (snapshot: Snapshot) => TookMs {
  const known = new Map<string, Known>();
  return (snapshot) => {
    for (const { id, lastOkAt, lastTriedAt, latencyMs } of snapshot.sources) {
      if (lastOkAt === null || latencyMs === null) continue;
      const before = known.get(id);
      const same = before?.lastOkAt === lastOkAt ? before : null;
      if (lastTriedAt === lastOkAt) known.set(id, { lastOkAt, tookMs: latencyMs, exact: true });
      else if (!same) known.set(id, { lastOkAt, tookMs: latencyMs, exact: false });
      else if (!same.exact) same.tookMs = Math.max(same.tookMs, latencyMs);
    }
    return (id) => known.get(id)?.tookMs ?? 0;
  };
}
