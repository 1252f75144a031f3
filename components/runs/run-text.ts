import type { Message } from "@/lib/domain/message";
import type { LocalText, Runbook } from "@/lib/domain/runbooks/runbook";
import { messageText, type Translate } from "@/lib/format/message";

/** What a run says of itself; a step stands in it by its title, not by its id. */
export function runText(t: Translate, text: Message, runbook: Runbook, fill: (text: LocalText) => string): string {
  const { step: id } = text.params;
  const step = runbook.steps.find((one) => one.id === id);
  return step ? t(text.key, { ...text.params, step: `«${fill(step.title)}»` }) : messageText(t, text);
}
