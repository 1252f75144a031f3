/** A small runbook that is well formed, with parts put in other words by a test. */
export function runbookText(parts: { role?: string; head?: string; inputs?: string; steps?: string } = {}): string {
  const { role = "operator", head = "expectsLeader: true", inputs = "[]" } = parts;
  return `title: { en: A thing, ru: Дело }
when: { en: Now and then, ru: Иногда }
role: ${role}
${head}
inputs: ${inputs}
steps:
${parts.steps ?? "  - { id: look, kind: note, title: { en: Look, ru: Посмотрите } }"}
`;
}
