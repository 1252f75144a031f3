import type { Finding } from "@/lib/domain/findings/finding";
import { messageText, type Translate } from "@/lib/format/message";

type Worded = Pick<Finding, "rule" | "text">;

/** Words of a rule, filled as its sentence is; null where it has none, or where they cannot be filled. */
function told(t: Translate, { rule, text }: Worded, part: "title" | "means" | "do"): string | null {
  const key = `finding.${rule}.${part}`;
  if (!t.has(key)) return null;
  const words = t(key, text.params);
  return words === key ? null : words;
}

export const titleOf = (t: Translate, finding: Worded): string | null => told(t, finding, "title");
export const meansOf = (t: Translate, finding: Worded): string | null => told(t, finding, "means");
export const todoOf = (t: Translate, finding: Worded): string | null => told(t, finding, "do");

/** The sentence of a finding; its rule's name stands where there is none. */
export const textOf = (t: Translate, finding: Worded): string =>
  t.has(finding.text.key) ? messageText(t, finding.text) : (titleOf(t, finding) ?? finding.rule);

/** The short name of a rule, for where no sentence is at hand. */
export function ruleName(t: Translate, rule: string): string {
  const key = `finding.${rule}.title`;
  return t.has(key) ? t(key) : rule;
}
