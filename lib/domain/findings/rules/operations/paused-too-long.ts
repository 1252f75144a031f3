import type { PauseNote } from "../../../actions/operation";
import { freshOf, sourceId } from "../../../evidence/evidence";
import type { EpochMs } from "../../../ids";
import { message } from "../../../message";
import type { FindingDraft, FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

/**
 * Automatic failover is switched off: told at once, and called out where its planned end has passed, or where it has lasted for longer
 * than anyone means to. How long a pause without a note lasts is counted from when it was first seen.
 */
export const pausedTooLong: FindingRule = {
  id: "paused-too-long",
  group: "operations",
  runbook: "node-maintenance",
  find({ evidence, picture, state, limits, now }) {
    if (freshOf(evidence.dcs)?.pause !== true) return [];
    const note = picture.actions?.pause ?? null;
    const id = sourceId(state.dcs.source, state.dcs.target);
    const draft = (severity: "info" | "warn", why: "now" | "over" | "forgotten"): FindingDraft => {
      const text = message("finding.paused-too-long.text", { why, ...told(note) });
      return { severity, subject: CLUSTER, text, evidence: [{ text, sourceId: id }] };
    };
    const started = draft("info", "now");
    const overdue = overdueBy(note, limits.forgottenMs, now);
    return overdue === null
      ? [started]
      : [started, { ...draft("warn", overdue.why), key: "forgotten", holdMs: overdue.holdMs }];
  },
  explains: (own, other) => other.rule === own.rule && own.id.endsWith("/forgotten"),
};

/** Null: within what was planned, or not for too long. */
function overdueBy(note: PauseNote | null, forgottenMs: number, now: EpochMs) {
  if (note === null) return { why: "forgotten", holdMs: forgottenMs } as const;
  const end = note.until === null ? Date.parse(note.since) + forgottenMs : Date.parse(note.until);
  return now > end ? ({ why: note.until === null ? "forgotten" : "over", holdMs: 0 } as const) : null;
}

const told = (note: PauseNote | null) => ({
  noted: note ? (note.until ? "until" : "open") : "no",
  owner: note?.owner ?? "",
  reason: note?.reason ?? "",
  until: note?.until ?? "",
});
