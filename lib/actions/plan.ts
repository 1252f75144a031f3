import type { ClusterConfig } from "@/lib/config/types";
import { PLAN_LIVES_MS, type Plan } from "@/lib/domain/actions/plan";
import type { ActionRequest, ConfigurationPatch } from "@/lib/domain/actions/request";
import { redact } from "@/lib/domain/configuration/redact";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { ActionsDeps } from "./deps";
import { gather } from "./gather";
import { planEntry } from "./log";
import { notRecorded, refused } from "./refusal";
import type { Refusal } from "./types";
import { mayAct, type Who } from "./who";

/** Makes a plan, stores and records it. Changes nothing else; a plan with blocks is a plan too, and says why it cannot be used. */
export async function makePlan(
  deps: ActionsDeps,
  who: Who,
  scope: ClusterScope,
  request: ActionRequest,
): Promise<{ readonly kind: "ok"; readonly plan: Plan } | Refusal> {
  if (!mayAct(who)) return refused("forbidden");
  const cluster = clusterOf(deps, scope);
  if (!cluster) return refused("not-found");
  if (cluster.actions.disabled.includes(request.action)) return disabled(request);
  const context = await gather(deps, cluster, request);
  if (!context) return refused("not-started");
  const computed = deps.preflight(request, context);
  const now = deps.now();
  const plan: Plan = {
    id: deps.newId(),
    scope,
    title: cluster.title,
    environment: cluster.environment,
    action: request.action,
    request: keepable(request),
    ...computed,
    confirm: scope,
    needsApproval: !who.itself && cluster.actions.approval.includes(request.action),
    plannedBy: who.name,
    createdAt: instant(now),
    expiresAt: instant(now + PLAN_LIVES_MS),
  };
  const saved = await deps.store.savePlan(plan);
  if (!saved.ok) return notRecorded(saved.failure);
  const logged = await deps.audit.append(planEntry(who, plan));
  return logged.ok ? { kind: "ok", plan } : notRecorded(logged.failure);
}

/** Plans are stored, recorded and shown: a new secret, which the checks block, is in none of them. */
function keepable(request: ActionRequest): ActionRequest {
  if (request.action !== "configuration") return request;
  return { ...request, patch: redact(request.patch) as ConfigurationPatch };
}

export const clusterOf = ({ clusters }: Pick<ActionsDeps, "clusters">, scope: string): ClusterConfig | undefined =>
  clusters.find((cluster) => cluster.scope === scope);

export const disabled = (request: ActionRequest): Refusal =>
  refused("action-disabled", { reasons: [message("actions.reason.disabled", { action: request.action })] });
