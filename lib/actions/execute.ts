import type { ClusterConfig } from "@/lib/config/types";
import type { LockHolder, PlanContext } from "@/lib/domain/actions/facts";
import type { Operation } from "@/lib/domain/actions/operation";
import { blocksOf, type Plan } from "@/lib/domain/actions/plan";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import { begin, recordRefused } from "./begin";
import { checkAgain, checkConfirmation } from "./confirm";
import type { Computed } from "./deps";
import { gather, heldNow } from "./gather";
import { operationEntry, summaryOf } from "./log";
import { operationOf, refusedForm } from "./operation-of";
import { clusterOf, disabled } from "./plan";
import { notRecorded, refused } from "./refusal";
import type { Confirmation, Refusal } from "./types";
import { mayAct, type Who } from "./who";
import type { Works } from "./works";

export type Ok = { readonly kind: "ok"; readonly operation: Operation };

/** Carries out a plan: looks at everything once more, and then either begins, lets it wait for a second person, or refuses. */
export async function execute(works: Works, who: Who, scope: ClusterScope, given: Confirmation): Promise<Ok | Refusal> {
  if (!mayAct(who)) return refused("forbidden");
  const cluster = clusterOf(works, scope);
  if (!cluster) return refused("not-found");
  const stored = await works.store.plan(given.planId);
  if (!stored.ok) return notRecorded(stored.failure);
  const found = stored.value;
  if (!found || found.plan.scope !== scope) return refused("not-found");
  const { plan } = found;
  if (cluster.actions.disabled.includes(plan.action)) return disabled(plan.request);
  const wrong = checkConfirmation(who, found, given, works.now());
  if (wrong?.planSpent) return spendPlan(works, who, plan, given, wrong.refusal);
  if (wrong) return turnDown(works, who, plan, given, wrong.refusal);

  const again = await computeAgain(works, cluster, plan.request);
  if (!again) return refused("not-started");
  const other = heldBy(works, again.context);
  if (other) return spendPlan(works, who, plan, given, refused("busy", { holder: other }));
  const consent = { role: who.role, action: plan.action, ...given };
  const changed = checkAgain(plan, again.computed, consent, works.fenceMoved);
  if (changed) {
    const holder = await heldMeanwhile(works, cluster);
    return spendPlan(works, who, plan, given, holder ? refused("busy", { holder }) : changed);
  }
  const overridden = blocksOf(again.computed.checks).map(({ id }) => id);
  if (plan.needsApproval) return waitForApproval(works, who, cluster, plan, given, again.computed, overridden);
  const operation = { ...operationOf(works, who, plan, given), overridden };
  const begun = await begin(works, operation, again, "begin");
  // Where another one runs, nothing was stored of this one yet; nothing of it is left where the record failed.
  const untold = begun.kind === "refused" && begun.code === "busy" && begun.operationId === null;
  return untold ? spendPlan(works, who, plan, given, begun) : begun;
}

/** Who acts on the cluster already, here or elsewhere. */
export function heldBy(
  { hostname }: Works,
  { running, lock }: Pick<PlanContext, "running" | "lock">,
): LockHolder | null {
  if (lock.kind === "held") return lock.by;
  if (!running) return null;
  const { id: operationId, action, actor, at } = running;
  return { operationId, action, actor, dashboard: hostname, at };
}

/**
 * Who began to act while we looked. What changed meanwhile is that one's doing: then it is named, and not what became of the cluster so
 * far.
 */
export const heldMeanwhile = async (works: Works, cluster: ClusterConfig, own: string | null = null) =>
  heldBy(works, await heldNow(works, cluster, own));

/** What checks, impact and fence say of a request now; null while the cluster was never looked at. */
export async function computeAgain(
  works: Works,
  cluster: ClusterConfig,
  request: Plan["request"],
  own: string | null = null,
): Promise<{ readonly context: PlanContext; readonly computed: Computed } | null> {
  const context = await gather(works, cluster, request, own);
  return context && { context, computed: works.preflight(request, context) };
}

/** Refused as things stand: kept as an operation of its own, and the plan serves no more. */
async function spendPlan(works: Works, who: Who, plan: Plan, given: Confirmation, refusal: Refusal): Promise<Refusal> {
  const operation = refusedForm(works, operationOf(works, who, plan, given, "refused"), refusal);
  const put = await works.store.put(operation);
  if (!put.ok) return notRecorded(put.failure);
  if (put.value.kind === "plan-used") return refused("plan-used", { operationId: put.value.operationId });
  works.board.put(operation);
  await recordRefused(works, operation, refusal);
  return { ...refusal, operationId: operation.id };
}

/** Refused for what was typed, or for who typed it: told to the audit log alone, and the plan may still be used. */
async function turnDown(works: Works, who: Who, plan: Plan, given: Confirmation, refusal: Refusal): Promise<Refusal> {
  const at = works.now();
  const entry = {
    ...operationEntry("operation-refused", operationOf(works, who, plan, given), {
      code: refusal.code,
      reasons: refusal.reasons,
    }),
    operationId: null,
  };
  void works.late.write(`refusal:${plan.id}:${works.newId()}`, () => works.audit.append(entry, at));
  return refusal;
}

async function waitForApproval(
  works: Works,
  who: Who,
  cluster: ClusterConfig,
  plan: Plan,
  given: Confirmation,
  computed: Computed,
  overridden: readonly string[],
): Promise<Ok | Refusal> {
  const operation: Operation = {
    ...operationOf(works, who, plan, given, "awaiting-approval"),
    overridden,
    deadlineAt: instant(works.now() + cluster.actions.approvalWithinMs),
  };
  const put = await works.store.put(operation);
  if (!put.ok) return notRecorded(put.failure);
  if (put.value.kind === "plan-used") return refused("plan-used", { operationId: put.value.operationId });
  works.board.put(operation);
  const entry = operationEntry("operation-requested", operation, {
    request: plan.request,
    fence: plan.fence,
    checks: summaryOf(computed.checks),
    acknowledged: operation.acknowledged,
    overridden,
    approvalUntil: operation.deadlineAt,
  });
  const at = works.now();
  await works.late.write(`requested:${operation.id}`, () => works.audit.append(entry, at));
  return { kind: "ok", operation };
}
