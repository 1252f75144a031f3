import { z } from "zod";
import { duration, flag, list, map, oneOf, text } from "@/lib/config/fields";
import { INPUT_KINDS, STEP_KINDS } from "@/lib/domain/runbooks/runbook";

/** The grammar of a runbook's file. What needs more than one key at once is checked in `read-runbook.ts`. */

const WAIT_MAX_MS = 24 * 3_600_000;
const STEPS_MAX = 60;

const idText = "lower case letters, digits and dashes, beginning with a letter";
const id = () => text(idText).regex(/^[a-z][a-z0-9-]{0,59}$/, { error: idText });
const nameText = "letters and digits, beginning with a letter";
const local = () => map({ en: text("a text in English"), ru: text("a text in Russian") });

const base = {
  id: id(),
  title: local(),
  text: local().optional(),
};
const next = id().optional();
const commands = list(map({ on: local().nullish(), line: text("a command") }), "commands");

const step = z.discriminatedUnion(
  "kind",
  [
    map({ kind: z.literal("instruction"), ...base, commands: commands.default([]), next }),
    map({
      kind: z.literal("check"),
      ...base,
      condition: text("a condition"),
      holdsUntil: id().optional(),
      next,
    }),
    map({ kind: z.literal("action"), ...base, request: z.record(z.string(), z.unknown(), { error: "a map" }), next }),
    map({
      kind: z.literal("wait"),
      ...base,
      condition: text("a condition"),
      within: duration(1_000, WAIT_MAX_MS),
      past: local(),
      next,
    }),
    map({
      kind: z.literal("decision"),
      ...base,
      options: list(map({ id: id(), label: local(), next: id() }), "options").min(2, { error: "at least two options" }),
    }),
    map({ kind: z.literal("note"), ...base, next }),
  ],
  { error: `a step with a kind: one of ${STEP_KINDS.join(", ")}` },
);

export const runbookFile = map({
  kind: oneOf(["procedure", "drill"]).default("procedure"),
  title: local(),
  when: local(),
  role: oneOf(["operator", "admin"]).default("operator"),
  findings: list(text("a rule of findings"), "rules").default([]),
  expectsLeader: flag().default(true),
  inputs: list(
    map({
      name: text(nameText).regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, { error: nameText }),
      kind: oneOf(INPUT_KINDS),
      label: local(),
    }),
    "inputs",
  ).default([]),
  preconditions: list(map({ text: local(), condition: text("a condition") }), "preconditions").default([]),
  steps: list(step, "steps")
    .min(1, { error: "at least one step" })
    .max(STEPS_MAX, { error: `at most ${STEPS_MAX} steps` }),
});

export type RunbookValues = z.output<typeof runbookFile>;
export type StepValues = RunbookValues["steps"][number];
