import type { Message } from "../message";
import { type FillGround, fill, filledText } from "./placeholders";
import type { LocalText, Runbook, RunbookStep } from "./runbook";

/** Puts what could not be filled into words, in both languages. */
export type Say = { readonly [L in keyof LocalText]: (text: Message) => string };

export type FilledRunbook = {
  /** As it reads for this cluster now; conditions and requests stay as they are. */
  readonly runbook: Runbook;
  /** Placeholders that could not be filled, each once; in the texts they are shown as unknown. */
  readonly unfilled: readonly string[];
};

/** Fills every text and command of a runbook. Pure; never throws. */
export function fillRunbook(runbook: Runbook, ground: FillGround, say: Say): FilledRunbook {
  const unfilled = new Set<string>();
  const one = (text: string, as: "text" | "command", language: keyof LocalText) => {
    const filled = fill(text, ground, as);
    for (const name of filled.unknown) unfilled.add(name);
    return filledText(filled, say[language]);
  };
  const both = ({ en, ru }: LocalText): LocalText => ({ en: one(en, "text", "en"), ru: one(ru, "text", "ru") });
  const whole: Runbook = {
    ...runbook,
    preconditions: runbook.preconditions.map((precondition) => ({ ...precondition, text: both(precondition.text) })),
    steps: runbook.steps.map((step) => fillStep(step, both, (line) => one(line, "command", "en"))),
  };
  return { runbook: whole, unfilled: [...unfilled] };
}

function fillStep(
  step: RunbookStep,
  both: (text: LocalText) => LocalText,
  command: (line: string) => string,
): RunbookStep {
  const base = { title: both(step.title), text: step.text && both(step.text) };
  switch (step.kind) {
    case "instruction": {
      const commands = step.commands.map(({ on, line }) => ({ on: on && both(on), line: command(line) }));
      return { ...step, ...base, commands };
    }
    case "wait":
      return { ...step, ...base, past: both(step.past) };
    case "decision":
      return { ...step, ...base, options: step.options.map((option) => ({ ...option, label: both(option.label) })) };
    default:
      return { ...step, ...base };
  }
}
