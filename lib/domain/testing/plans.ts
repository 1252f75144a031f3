import type { PlanContext } from "../actions/facts";
import { type Check, type CheckStatus, NO_IMPACT, PLAN_LIVES_MS, type Plan } from "../actions/plan";
import type { ActionKind, ActionRequest, RequestOf } from "../actions/request";
import { instant } from "../ids";
import { message } from "../message";
import type { Preflight } from "../preflight/preflight";

/** Plans for tests and samples: made by the real checks of a kind, or with checks that a test names. */

/** The plan that the real rules make of a request. */
export function planOf<K extends ActionKind>(
  preflight: Preflight<K>,
  request: RequestOf<K>,
  context: PlanContext,
  over: Partial<Plan> = {},
): Plan {
  return barePlan(request as ActionRequest, context, {
    checks: preflight.checks(request, context),
    impact: preflight.impact(request, context),
    fence: preflight.fence(request, context),
    ...over,
  });
}

/** A plan without checks or impact. */
export function barePlan(request: ActionRequest, context: PlanContext, over: Partial<Plan> = {}): Plan {
  const { scope, title, environment } = context.state.spec;
  return {
    id: "0192f3a1-0000-7000-8000-0000000000aa",
    scope,
    title,
    environment,
    action: request.action,
    request,
    checks: [],
    impact: NO_IMPACT,
    fence: {
      systemId: null,
      leader: context.snapshot.leader?.name ?? null,
      leaderRevision: null,
      timeline: null,
      configRevision: null,
      failoverRevision: null,
      paused: null,
      members: [],
      other: {},
    },
    confirm: scope,
    needsApproval: false,
    plannedBy: "ivanova",
    createdAt: instant(context.now),
    expiresAt: instant(context.now + PLAN_LIVES_MS),
    ...over,
  };
}

/** A check with any text. */
export function checkOf(id: string, status: CheckStatus, over: Partial<Check> = {}): Check {
  return {
    id,
    status,
    text: message("planned.restart", { from: id }),
    advice: null,
    evidence: [],
    ageMs: null,
    overridable: false,
    ...over,
  };
}
