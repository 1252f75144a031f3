import { blocksOf, type Check, type Plan, warningsOf } from "@/lib/domain/actions/plan";
import type { EpochMs } from "@/lib/domain/ids";
import type { Computed } from "./deps";
import { refused } from "./refusal";
import type { Confirmation, Refusal } from "./types";
import type { Who } from "./who";

/** A reason must have so many characters that are no spaces. */
const REASON_MIN = 3;

/** A refusal, and whether the plan can still be used after it: what was typed can be typed again, a cluster that moved needs a new plan. */
export type Verdict = { readonly refusal: Refusal; readonly planSpent: boolean };
const typed = (refusal: Refusal): Verdict => ({ refusal, planSpent: false });
const spent = (refusal: Refusal): Verdict => ({ refusal, planSpent: true });

/** What is wrong with a confirmation by itself, before the cluster is looked at; null: nothing. */
export function checkConfirmation(
  who: Who,
  { plan, usedBy }: { readonly plan: Plan; readonly usedBy: string | null },
  given: Confirmation,
  now: EpochMs,
): Verdict | null {
  if (plan.plannedBy !== who.name) return typed(refused("not-yours"));
  if (usedBy !== null) return typed(refused("plan-used", { operationId: usedBy }));
  if (now >= Date.parse(plan.expiresAt)) return spent(refused("plan-expired"));
  if (given.confirmation !== plan.confirm) return typed(refused("wrong-confirmation"));
  if (given.reason.replace(/\s/g, "").length < REASON_MIN) return typed(refused("reason-missing"));
  const open = notTicked(plan.checks, given.acknowledged);
  return open.length > 0 ? typed(refused("unacknowledged", { reasons: open.map(({ text }) => text) })) : null;
}

const notTicked = (checks: readonly Check[], acknowledged: readonly string[]): readonly Check[] =>
  warningsOf(checks).filter(({ id }) => !acknowledged.includes(id));

type Consent = {
  readonly role: string;
  readonly action: string;
  readonly acknowledged: readonly string[];
  readonly overridden: readonly string[];
};

/** Blocks that stand although they were overridden where that is allowed: by an admin, for a failover, each by its name. */
export function standingBlocks(checks: readonly Check[], { role, action, overridden }: Consent): readonly Check[] {
  const mayOverride = role === "admin" && action === "failover";
  return blocksOf(checks).filter(({ id, overridable }) => !(mayOverride && overridable && overridden.includes(id)));
}

/** What has changed since a plan was made so that it must not be carried out; null: nothing. `now` was computed a moment ago. */
export function checkAgain(
  planned: Pick<Plan, "fence">,
  now: Computed,
  consent: Consent,
  fenceMoved: (a: Plan["fence"], b: Plan["fence"]) => Refusal["reasons"],
): Refusal | null {
  const moved = fenceMoved(planned.fence, now.fence);
  if (moved.length > 0) return refused("fence-moved", { reasons: moved });
  const blocks = standingBlocks(now.checks, consent);
  if (blocks.length > 0) return refused("blocked", { reasons: blocks.map(({ text }) => text) });
  const open = notTicked(now.checks, consent.acknowledged);
  return open.length > 0 ? refused("unacknowledged", { reasons: open.map(({ text }) => text) }) : null;
}
