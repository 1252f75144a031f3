import { LEADERSHIP_ACTIONS } from "../actions/request";
import type { EpochMs } from "../ids";
import type { Incident } from "../incident/incident";
import { standingOf } from "./draft";
import type { Measured, Proof, Run } from "./run";
import type { Runbook } from "./runbook";

/** Drills that prove something beyond themselves, by their runbook. */
const PROVES: Readonly<Record<string, Proof>> = { "drill-failover": "failover", "drill-restore": "restore" };

const provedBy = ({ id, kind }: Runbook): Proof | null => (kind === "drill" ? (PROVES[id] ?? null) : null);

/**
 * The time in which a drill did what it is measured by; null while it has not ended. After a failover the lead may be brought back by an
 * action: that is a switchover, and no part of what the drill is about.
 */
export function measuredWindow(run: Run, runbook: Runbook): { readonly from: EpochMs; readonly to: EpochMs } | null {
  if (run.endedAt === null) return null;
  const back = runbook.steps.flatMap((step) => {
    const standing = step.kind === "action" && LEADERSHIP_ACTIONS.has(step.request.action) && standingOf(run, step.id);
    return standing && standing.operationId !== null && standing.startedAt ? [Date.parse(standing.startedAt)] : [];
  });
  const to = provedBy(runbook) === "failover" ? Math.min(Date.parse(run.endedAt), ...back) : Date.parse(run.endedAt);
  return { from: Date.parse(run.startedAt), to };
}

/** What is kept of an incident report about the time of a drill. */
export function measuredOf({ kind, outage, phases, before, after }: Incident): Measured {
  const seen = outage?.basis === "client-eye" && outage.endedAt !== null;
  return { kind, gapMs: seen ? outage.lengthMs : null, outage, phases, before: before.leader, after: after.leader };
}

/**
 * What a run has proven: only a drill that came to its end, all of whose checks, waits and actions came true. A failover is proven once
 * the cluster was seen to have chosen another leader by itself.
 */
export function proofOf(run: Run, runbook: Runbook, { kind }: Measured): Proof | null {
  const proof = provedBy(runbook);
  if (proof === null || run.state !== "done") return null;
  const skipped = new Set(run.steps.flatMap(({ stepId, state }) => (state === "skipped" ? [stepId] : [])));
  const counts = (step: Runbook["steps"][number]) =>
    skipped.has(step.id) && (step.kind === "check" || step.kind === "wait" || step.kind === "action");
  if (runbook.steps.some(counts)) return null;
  return proof === "restore" || kind === "failover" ? proof : null;
}
