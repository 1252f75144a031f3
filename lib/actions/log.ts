import type { AuditEntry, AuditKind } from "@/lib/audit/types";
import type { Operation } from "@/lib/domain/actions/operation";
import type { Plan } from "@/lib/domain/actions/plan";
import type { Who } from "./who";

/** Rows of the audit log, as the pipeline writes them. No query's text is among them: it may carry what nobody else may read. */

export const planEntry = (who: Who, plan: Plan): AuditEntry => ({
  kind: "plan",
  scope: plan.scope,
  actor: who.name,
  role: who.role,
  from: who.from,
  action: plan.action,
  operationId: null,
  planId: plan.id,
  reason: null,
  data: { request: plan.request, fence: plan.fence, checks: summaryOf(plan.checks), expiresAt: plan.expiresAt },
});

export const summaryOf = (checks: Plan["checks"]) =>
  checks.map(({ id, status, text }) => (status === "pass" ? { id, status } : { id, status, text }));

export function operationEntry(
  kind: AuditKind,
  operation: Operation,
  data: AuditEntry["data"],
  who: Pick<Who, "name" | "role" | "from"> | null = null,
): AuditEntry {
  return {
    kind,
    scope: operation.scope,
    actor: who?.name ?? operation.actor,
    role: who?.role ?? operation.role,
    from: who ? who.from : operation.from,
    action: operation.action,
    operationId: operation.id,
    planId: operation.planId,
    reason: operation.reason,
    data,
  };
}
