import type { PlanContext } from "../../actions/facts";
import type { Check, CheckEvidence } from "../../actions/plan";
import type { Message } from "../../message";

/** How checks are made: every one carries what it rests on, and the age of the oldest of it. */

export type Seen = readonly CheckEvidence[];

export const pass = (context: PlanContext, id: string, text: Message, evidence: Seen = []): Check =>
  make(context, { id, status: "pass", text, advice: null, evidence });

export const warn = (context: PlanContext, id: string, text: Message, advice: Message | null, evidence: Seen = []) =>
  make(context, { id, status: "warn", text, advice, evidence });

export const block = (context: PlanContext, id: string, text: Message, advice: Message | null, evidence: Seen = []) =>
  make(context, { id, status: "block", text, advice, evidence });

/** A block that an admin may override by naming it: for a failover, where waiting may cost more than going on. */
export const overridable = (check: Check): Check => ({ ...check, overridable: check.status === "block" });

/** Age in ms of the oldest piece of evidence that has a time; null where none has. */
export function ageOf(context: PlanContext, evidence: Seen): number | null {
  const ages = evidence.flatMap(({ at }) => (at === null ? [] : [Math.max(0, context.now - Date.parse(at))]));
  return ages.length === 0 ? null : Math.max(...ages);
}

function make(context: PlanContext, check: Omit<Check, "ageMs" | "overridable">): Check {
  return { ...check, ageMs: ageOf(context, check.evidence), overridable: false };
}
