import type { KeyPath } from "@/lib/config/problem";
import { placeholderProblems, placeholdersIn } from "@/lib/domain/runbooks/placeholders";
import type { LocalText } from "@/lib/domain/runbooks/runbook";
import type { RunbookValues } from "./file-schema";

export type TextProblem = { readonly path: KeyPath; readonly expected: string; readonly found: string };

type Placed = { readonly path: KeyPath; readonly text: LocalText };

/** What is wrong with the placeholders of a runbook's texts and commands. Both languages must name the same things. */
export function textProblems(values: RunbookValues): readonly TextProblem[] {
  const texts = values.steps.flatMap((step, index) => textsOf(step, ["steps", index]));
  const before = values.preconditions.map(({ text }, index) => ({ path: ["preconditions", index, "text"], text }));
  const commands = values.steps.flatMap((step, index) =>
    step.kind === "instruction"
      ? step.commands.map(({ line }, at) => ({ path: ["steps", index, "commands", at, "line"], line }))
      : [],
  );
  const wrong = (path: KeyPath, text: string): readonly TextProblem[] =>
    placeholderProblems(text, values.inputs).map(({ expected, found }) => ({ path, expected, found }));
  return [
    ...listed(values).flatMap(({ path, text }) => bare(path, text)),
    ...[...before, ...texts].flatMap(({ path, text }) => [
      ...wrong([...path, "en"], text.en),
      ...wrong([...path, "ru"], text.ru),
      ...unequal(path, text),
    ]),
    ...commands.flatMap(({ path, line }) => wrong(path, line)),
  ];
}

/** What is shown in lists, where there is no cluster yet to fill it from. */
const listed = ({ title, when, inputs }: RunbookValues): readonly Placed[] => [
  { path: ["title"], text: title },
  { path: ["when"], text: when },
  ...inputs.map(({ label }, index) => ({ path: ["inputs", index, "label"], text: label })),
];

function bare(path: KeyPath, { en, ru }: LocalText): readonly TextProblem[] {
  const expected = "a text without placeholders: it is shown before a cluster is chosen";
  return [
    ...placeholdersIn(en).map((name) => ["en", name] as const),
    ...placeholdersIn(ru).map((name) => ["ru", name] as const),
  ].map(([language, name]) => ({ path: [...path, language], expected, found: `{${name}}` }));
}

function textsOf(step: RunbookValues["steps"][number], path: KeyPath): readonly Placed[] {
  const of = (key: KeyPath, text: LocalText | null | undefined): readonly Placed[] =>
    !text ? [] : [{ path: [...path, ...key], text }];
  return [
    ...of(["title"], step.title),
    ...of(["text"], step.text),
    ...(step.kind === "wait" ? of(["past"], step.past) : []),
    ...(step.kind === "decision" ? step.options.flatMap(({ label }, at) => of(["options", at, "label"], label)) : []),
    ...(step.kind === "instruction" ? step.commands.flatMap(({ on }, at) => of(["commands", at, "on"], on)) : []),
  ];
}

function unequal(path: KeyPath, { en, ru }: LocalText): readonly TextProblem[] {
  const [english, russian] = [new Set(placeholdersIn(en)), new Set(placeholdersIn(ru))];
  const missing = [...english].filter((name) => !russian.has(name));
  const more = [...russian].filter((name) => !english.has(name));
  if (missing.length === 0 && more.length === 0) return [];
  const names = (all: Iterable<string>) => [...all].map((name) => `{${name}}`).join(", ") || "none";
  return [{ path: [...path, "ru"], expected: `the placeholders of en (${names(english)})`, found: names(russian) }];
}
