import { blocksOf, type Plan, warningsOf } from "@/lib/domain/actions/plan";
import { mayAct, type UserRole } from "./role";

/** What a person has typed and ticked on one plan. */
export type Answers = {
  readonly typed: string;
  readonly reason: string;
  readonly ticked: ReadonlySet<string>;
  readonly overridden: ReadonlySet<string>;
};

export type Missing =
  | { readonly kind: "warnings" | "overrides"; readonly count: number }
  | { readonly kind: "scope" | "reason" };

/**
 * How a plan's blocks stand: `none`; `final`: nobody may go on; `overridable`: this reader may, by ticking each;
 * `admin`: an administrator could.
 */
export function blockedness(plan: Plan, role: UserRole): "none" | "final" | "overridable" | "admin" {
  const blocks = blocksOf(plan.checks);
  if (blocks.length === 0) return "none";
  if (plan.action !== "failover" || !blocks.every(({ overridable }) => overridable)) return "final";
  return mayAct(role, "admin") ? "overridable" : "admin";
}

/** What is still to be done before a plan may be confirmed, in the order of the page. Says nothing of blocks that nobody may override. */
export function missingOf(plan: Plan, answers: Answers): readonly Missing[] {
  const open = (checks: Plan["checks"], done: ReadonlySet<string>) => checks.filter(({ id }) => !done.has(id)).length;
  const overrides = open(blocksOf(plan.checks), answers.overridden);
  const warnings = open(warningsOf(plan.checks), answers.ticked);
  return [
    ...(overrides > 0 ? [{ kind: "overrides" as const, count: overrides }] : []),
    ...(warnings > 0 ? [{ kind: "warnings" as const, count: warnings }] : []),
    ...(answers.typed.trim() === plan.confirm ? [] : [{ kind: "scope" as const }]),
    ...(answers.reason.trim() === "" ? [{ kind: "reason" as const }] : []),
  ];
}
