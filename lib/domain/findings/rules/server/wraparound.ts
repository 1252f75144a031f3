import { message } from "../../../message";
import type { FindingDraft, FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { byVitals, type FreshVitals, freshVitals } from "./fresh-vitals";

const MILLION = 1_000_000;

/**
 * How far the oldest rows are behind in transaction ids, and in multixacts. Standbys hold the same catalogue, so it is told once: of the
 * server that takes writes, or where none does, of the leader of the standby cluster.
 */
export const wraparound: FindingRule = {
  id: "wraparound",
  group: "server",
  runbook: null,
  find(input) {
    const all = freshVitals(input);
    const told = all.filter(({ vitals }) => !vitals.inRecovery);
    const leader = all.filter(({ name }) => name === input.picture.leader?.name);
    return (told.length > 0 ? told : leader).flatMap((one) => [
      ...ofAge(one, input.limits, "transactions", one.vitals.transactionIdAge),
      ...ofAge(one, input.limits, "multixacts", one.vitals.multixactAge),
    ]);
  },
};

type Limits = { readonly wraparoundWarnAge: number; readonly wraparoundCriticalAge: number };

function ofAge(
  { name, vitals }: FreshVitals,
  limits: Limits,
  of: "transactions" | "multixacts",
  age: number | null,
): FindingDraft[] {
  if (age === null || age < limits.wraparoundWarnAge) return [];
  const params = { member: name, of, millions: Math.floor(age / MILLION), database: vitals.oldestDatabase ?? "?" };
  const text = message("finding.wraparound.text", params);
  const severity = age >= limits.wraparoundCriticalAge ? "critical" : "warn";
  return [{ severity, subject: ofMember(name), key: of, text, evidence: byVitals(name, text) }];
}
