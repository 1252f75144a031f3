import type { AuditEntry, AuditKind } from "@/lib/audit/types";
import type { Run, RunCommand, RunEntry } from "@/lib/domain/runbooks/run";
import type { RunAsker } from "./types";

/** Rows of the audit log, as runs write them. */

/** What the dashboard does of its own accord is done under this name. */
const DASHBOARD = "dashboard";

export const runEntry = (
  kind: AuditKind,
  run: Run,
  who: RunAsker | null,
  reason: string | null,
  data: AuditEntry["data"] = {},
): AuditEntry => ({
  kind,
  scope: run.scope,
  actor: who?.name ?? DASHBOARD,
  role: who?.role ?? null,
  from: who?.from ?? null,
  action: null,
  operationId: null,
  planId: null,
  reason,
  data: { runId: run.id, runbook: run.runbookId, digest: run.digest, ...data },
});

/** Of what runs do by themselves: that they stop, and that they are done. */
export function entryOfItself(run: Run, { kind, stepId, text }: RunEntry): AuditEntry | null {
  if (kind === "contradicted") return runEntry("run-stopped", run, null, null, { stepId, text });
  return kind === "done" ? runEntry("run-done", run, null, null, { carrier: run.carrier }) : null;
}

/** Of what a person does: what is recorded before it is done; null for what the run's own record is enough for. */
export function entryOfCommand(run: Run, who: RunAsker, command: RunCommand): AuditEntry | null {
  switch (command.kind) {
    case "hand-over":
      return runEntry("run-handed-over", run, who, null, { to: command.to });
    case "take-over":
      return run.carrier === who.name ? null : runEntry("run-taken-over", run, who, null, { carrier: run.carrier });
    case "overrule":
      return runEntry("run-overruled", run, who, command.reason, { contradiction: run.contradiction });
    case "abandon":
      return runEntry("run-abandoned", run, who, command.reason);
    default:
      return null;
  }
}
