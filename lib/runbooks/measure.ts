import type { ClusterScope } from "@/lib/domain/ids";
import { measuredOf, measuredWindow, proofOf } from "@/lib/domain/runbooks/proof";
import type { RunParts } from "./types";

/** The record is written a little late: a drill is measured only once it has been over for so long, in ms. */
const AFTER_MS = 5_000;
/** A longer run is measured by its last hours, in ms: no report can be made of days. */
const WINDOW_MAX_MS = 6 * 3_600_000;

/** Measures drills that have ended, and says of which clusters something was measured. What cannot be read now is tried again. */
export async function measureDrills(
  { scopes, store, incident, now }: RunParts,
  measuredOn: (scope: ClusterScope) => void,
): Promise<void> {
  const stored = await store.unmeasured();
  if (!stored.ok) return;
  for (const { run, runbook } of stored.value) {
    const window = measuredWindow(run, runbook);
    if (!window || !scopes.includes(run.scope) || now() - window.to < AFTER_MS) continue;
    const from = Math.max(window.from, window.to - WINDOW_MAX_MS);
    const report = await incident(run.scope, { from, to: window.to });
    if (!report) continue;
    const measured = measuredOf(report);
    const written = await store.measure(run.id, measured, proofOf(run, runbook, measured));
    if (written.ok) measuredOn(run.scope);
  }
}
