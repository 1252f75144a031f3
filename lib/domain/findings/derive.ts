import { instant } from "../ids";
import type { Snapshot } from "../snapshot";
import type { Finding } from "./finding";
import { foldUnderCauses } from "./fold";
import { RANK } from "./rank";
import type { FindingDraft, FindingInput, FindingRule } from "./rule";
import { RULES } from "./rules";
import { foldChanges } from "./watch/changes";
import { foldTracks } from "./watch/tracks";
import { NOTHING_WATCHED, type Watch } from "./watch/types";

export type Derived = { readonly findings: readonly Finding[]; readonly watch: Watch };

/**
 * Everything that deviates, worst first, and what the next picture must know of this one. A finding keeps its `since` for as long as
 * its id keeps coming up; one that must hold for a while comes up in `watch.pending` first, and its `since` is when that began.
 */
export function deriveFindings(
  input: Omit<FindingInput, "watch">,
  previous: Snapshot | null,
  rules: readonly FindingRule[] = RULES,
): Derived {
  const { now, state, picture, limits } = input;
  const before = previous?.watch ?? NOTHING_WATCHED;
  const watch: Watch = {
    pending: before.pending,
    ...foldChanges(before, picture, now),
    tracks: foldTracks(before.tracks, picture, state, now),
  };
  const began = new Map([
    ...Object.entries(before.pending),
    ...(previous?.findings ?? []).map(({ id, since }) => [id, since] as const),
  ]);
  const shown = new Set(previous?.findings.map(({ id }) => id));
  const pending: Record<string, Finding["since"]> = {};
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (limits.disabled.includes(rule.id)) continue;
    for (const draft of rule.find({ ...input, watch })) {
      const id = idOf(rule, draft);
      const since = began.get(id) ?? instant(now);
      const held = shown.has(id) || now - Date.parse(since) >= (draft.holdMs ?? 0);
      if (held) findings.push(complete(rule, draft, id, since));
      else pending[id] = since;
    }
  }
  const folded = foldUnderCauses(findings, rules, picture);
  return { findings: folded.sort((a, b) => RANK[a.severity] - RANK[b.severity]), watch: { ...watch, pending } };
}

function idOf(rule: FindingRule, { subject, key }: FindingDraft): string {
  const name = subject.kind === "cluster" ? rule.id : `${rule.id}:${subject.name}`;
  return key === undefined ? name : `${name}/${key}`;
}

function complete(rule: FindingRule, draft: FindingDraft, id: string, since: Finding["since"]): Finding {
  const { severity, subject, text, evidence } = draft;
  return {
    id,
    rule: rule.id,
    group: rule.group,
    severity,
    subject,
    since,
    text,
    evidence,
    runbook: draft.runbook === undefined ? rule.runbook : draft.runbook,
    under: null,
  };
}
