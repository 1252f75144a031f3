import type { Finding } from "@/lib/domain/findings/finding";
import type { Runbook } from "@/lib/domain/runbooks/runbook";

const RANK: Readonly<Record<Finding["severity"], number>> = { critical: 3, unknown: 2, warn: 1, info: 0 };

/** Findings of the live picture from which a runbook is offered, the gravest first. */
export const offeredBy = (
  { id, findings }: Pick<Runbook, "id" | "findings">,
  found: readonly Finding[],
): readonly Finding[] =>
  found
    .filter(({ rule, runbook }) => runbook === id || findings.includes(rule))
    .sort((a, b) => RANK[b.severity] - RANK[a.severity]);

/** Orders what is offered: by the gravest finding of each. */
export const byGravity = (a: readonly Finding[], b: readonly Finding[]): number =>
  Math.max(...b.map((one) => RANK[one.severity])) - Math.max(...a.map((one) => RANK[one.severity]));
