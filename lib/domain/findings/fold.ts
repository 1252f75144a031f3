import type { Finding } from "./finding";
import type { FindingPicture, FindingRule } from "./rule";

/**
 * Puts each finding under the one that it follows from: a dead host is one finding, with what follows from it beneath. Among several
 * causes the rule that comes first in the list of rules has it. Never in a circle.
 */
export function foldUnderCauses(
  findings: readonly Finding[],
  rules: readonly FindingRule[],
  picture: FindingPicture,
): Finding[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const causes = rules.flatMap((rule) => {
    const own = findings.filter((finding) => finding.rule === rule.id);
    const explains = (cause: Finding, other: Finding): boolean =>
      rule.explains?.(cause, other, picture) === true ||
      byId.get(other.rule)?.followsFrom?.(other, cause, picture) === true;
    return own.map((cause) => ({ cause, explains: (other: Finding) => explains(cause, other) }));
  });
  const under = new Map<string, string>();
  const leadsTo = (from: string, to: string): boolean => {
    for (let at: string | undefined = from; at !== undefined; at = under.get(at)) if (at === to) return true;
    return false;
  };
  for (const finding of findings) {
    const found = causes.find(
      ({ cause, explains }) => cause.id !== finding.id && explains(finding) && !leadsTo(cause.id, finding.id),
    );
    if (found) under.set(finding.id, found.cause.id);
  }
  return findings.map((finding) => ({ ...finding, under: under.get(finding.id) ?? null }));
}
