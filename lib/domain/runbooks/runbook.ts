import type { ActionKind } from "../actions/request";
import type { Condition } from "./condition";

/**
 * A runbook is data: what to do, step by step, for people who do it rarely and at night. Read from `runbooks/*.yaml` and from a folder of
 * the user's own, checked whole before it is offered.
 */

/** A text in both languages. `{name}` stands for a fact of the cluster or an input of the run; see `placeholders.ts`. */
export type LocalText = { readonly en: string; readonly ru: string };

export const INPUT_KINDS = ["member", "replica", "leader", "moment", "text"] as const;
/** What a run is asked for when it begins, for example the member that shall lead. */
export type RunbookInput = {
  /** Used as `{name}` in texts and `$name` in conditions. */
  readonly name: string;
  readonly kind: (typeof INPUT_KINDS)[number];
  readonly label: LocalText;
};

/** A command for a shell or psql, with one click to copy. `host`: where it is run, as a person reads it. */
export type RunbookCommand = { readonly on: LocalText | null; readonly line: string };

type StepBase = {
  /** Unique in its runbook; the id in records and addresses. */
  readonly id: string;
  readonly title: LocalText;
  readonly text: LocalText | null;
  /** Step that comes after it, `end`, or null: the next one in the list. */
  readonly next: string | null;
};

/** An action with everything filled in; values may be `$input`. The guarded dialog opens with it, and does all its own checks. */
export type ActionTemplate = { readonly action: ActionKind } & Readonly<Record<string, unknown>>;

export type RunbookStep =
  | (StepBase & { readonly kind: "instruction"; readonly commands: readonly RunbookCommand[] })
  /** Ticks itself while its condition is true, and un-ticks when it stops being so. `holdsUntil`: step up to which it must stay true; after
   *  that it may change. Null: to the end of the run. */
  | (StepBase & { readonly kind: "check"; readonly condition: Condition; readonly holdsUntil: string | null })
  | (StepBase & { readonly kind: "action"; readonly request: ActionTemplate })
  /** Past `withinMs` it says `past`, and goes on waiting. */
  | (StepBase & {
      readonly kind: "wait";
      readonly condition: Condition;
      readonly withinMs: number;
      readonly past: LocalText;
    })
  | (StepBase & { readonly kind: "decision"; readonly options: readonly DecisionOption[] })
  | (StepBase & { readonly kind: "note" });

export type DecisionOption = { readonly id: string; readonly label: LocalText; readonly next: string };

export const STEP_KINDS = ["instruction", "check", "action", "wait", "decision", "note"] as const;

export type RunbookPrecondition = { readonly text: LocalText; readonly condition: Condition };

export type Runbook = {
  /** The file's name without `.yaml`. */
  readonly id: string;
  /** `drill`: done on purpose to prove something; refused on production unless an admin says so with a reason. */
  readonly kind: "procedure" | "drill";
  readonly title: LocalText;
  /** When to use it. */
  readonly when: LocalText;
  /** The smallest role that may begin and carry it. */
  readonly role: "operator" | "admin";
  /** Rules of findings from which it is offered. */
  readonly findings: readonly string[];
  readonly inputs: readonly RunbookInput[];
  readonly preconditions: readonly RunbookPrecondition[];
  readonly steps: readonly RunbookStep[];
  /** Who leads when it begins is who must lead until an action of the run changes that; false for runbooks about a lost leader. */
  readonly expectsLeader: boolean;
  /** Of the file's text, so that a run knows the very version that it follows. */
  readonly digest: string;
  readonly builtIn: boolean;
};
