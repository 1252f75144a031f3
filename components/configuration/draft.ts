import { type Plain, readYaml, writeYaml, type YamlProblem } from "@/lib/client/configuration-yaml";
import type { ConfigurationPatch } from "@/lib/domain/actions/request";
import { compare } from "@/lib/domain/configuration/compare";
import type { ConfigurationView } from "@/lib/domain/configuration/configuration";
import { applyPatch, patchBetween } from "@/lib/domain/configuration/merge-patch";
import { keysOf, patchAt, sameValue, valueAt } from "@/lib/domain/configuration/path";
import { problemOf } from "@/lib/domain/configuration/settings";
import { type ThreeWay, threeWay } from "@/lib/domain/configuration/three-way";

/** A configuration that is being edited, in a form and as text, and what it was begun on. Nothing of it is in force. */
export type Draft = {
  readonly base: { readonly revision: string | null; readonly value: Plain };
  /** The last state of it that could be read. */
  readonly value: Plain;
  /** What was typed as text, as typed; null: nothing but what `value` says. */
  readonly text: string | null;
  /** Why the text cannot be read; empty when it can. */
  readonly problems: readonly YamlProblem[];
};

/** Pausing is an action of its own and no setting to edit. */
export function editable(value: Plain): Plain {
  const { pause: _pause, ...rest } = value;
  return rest;
}

export const begin = (view: Pick<ConfigurationView, "revision" | "value">): Draft => ({
  base: { revision: view.revision, value: editable(view.value) },
  value: editable(view.value),
  text: null,
  problems: [],
});

/** Sets one path; null removes it. */
export function setAt(draft: Draft, path: string, value: unknown): Draft {
  // Removing what is not there would leave an empty section behind.
  if (value === null && valueAt(draft.value, path) === null) return draft;
  const cleared = applyPatch(draft.value, patchAt(path, null));
  // Merging would leave what an object had before beside what it has now.
  const next = value === null ? cleared : applyPatch(cleared, patchAt(path, value));
  return { ...draft, value: next as Plain, text: null, problems: [] };
}

/** Takes what was typed; as long as it cannot be read, the last state that could be stays. */
export function typeText(draft: Draft, text: string): Draft {
  const { value, problems } = readYaml(text);
  return { ...draft, value: value ?? draft.value, text, problems };
}

export const textOf = (draft: Draft): string => draft.text ?? writeYaml(draft.value);

export const patchOf = (draft: Draft): ConfigurationPatch =>
  patchBetween(draft.base.value, draft.value) as ConfigurationPatch;

/** Also true where only the text differs, for example by a line that was begun: what is being typed must stay. */
export const isChanged = (draft: Draft): boolean =>
  draft.problems.length > 0 ||
  (draft.text !== null && draft.text !== writeYaml(draft.base.value)) ||
  !sameValue(patchOf(draft), {});

/** What is wrong with the values that the draft changes, by the line of its text. */
export function valueProblems(draft: Draft): readonly YamlProblem[] {
  if (draft.problems.length > 0) return draft.problems;
  const { lineOf } = readYaml(textOf(draft));
  return compare(draft.base.value, draft.value).flatMap(({ path, after }) => {
    const text = problemOf(path, after);
    return text === null ? [] : [{ line: lineOf(keysOf(path)), text }];
  });
}

/** What the draft changes and what became of the configuration under it. */
export const against = (draft: Draft, live: Plain): ThreeWay => threeWay(draft.base.value, draft.value, editable(live));

/** The same changes on top of what is in force now. */
export function rebase(draft: Draft, live: Pick<ConfigurationView, "revision" | "value">): Draft {
  const fresh = begin(live);
  return { ...fresh, value: applyPatch(fresh.value, patchOf(draft)) as Plain };
}
