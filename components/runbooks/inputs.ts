import { instant } from "@/lib/domain/ids";
import type { RunbookInput } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";

/** What a run is to be begun with, by the names of its inputs; one that is missing was not given yet. */
export type Inputs = Readonly<Record<string, string>>;

/** Members that an input can name now; null: it names none. */
export function choicesOf(kind: RunbookInput["kind"], { members, leader }: Snapshot): readonly string[] | null {
  const names = members.map(({ name }) => name as string);
  if (kind === "member") return names;
  if (kind === "replica") return names.filter((name) => name !== leader?.name);
  return kind === "leader" ? names.filter((name) => name === leader?.name) : null;
}

/** What may be filled in for the person: the member that the runbook was opened for, and whatever there is only one of. */
export function presetsOf(asked: readonly RunbookInput[], picture: Snapshot, about: string | null): Inputs {
  const presets = new Map<string, string>();
  for (const { name, kind } of asked) {
    const choices = choicesOf(kind, picture) ?? [];
    const meant = choices.find((one) => one === about && ![...presets.values()].includes(one));
    const only = choices.length === 1 ? choices[0] : undefined;
    const preset = meant ?? only;
    if (preset !== undefined) presets.set(name, preset);
  }
  return Object.fromEntries(presets);
}

/** The first input that is still missing, or names a member that is not one any more; null: none. */
export const missingInput = (asked: readonly RunbookInput[], given: Inputs, picture: Snapshot): RunbookInput | null =>
  asked.find(({ name, kind }) => {
    const value = (given[name] ?? "").trim();
    return value === "" || choicesOf(kind, picture)?.includes(value) === false;
  }) ?? null;

/** A moment as runs keep it. */
export const momentInput = (at: number): string => instant(at);
