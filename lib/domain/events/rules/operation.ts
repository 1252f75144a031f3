import type { OperationState, OperationView } from "../../actions/operation";
import { targetName } from "../../actions/target-name";
import type { Instant } from "../../ids";
import { message, selector } from "../../message";
import type { Draft, EventRule } from "../draft";
import type { EventSeverity } from "../event";

const NOTE = "operation/";

/**
 * What people asked for from here, and how it ended. One that is seen for the first time is told too: it is kept once by its `dedupe`,
 * whoever told it before.
 */
export const operation: EventRule = (book, { actions, scope }) => {
  if (actions === null) return [];
  const shown = new Set(actions.operations.map(({ id }) => id));
  for (const id of book.all(NOTE).keys()) if (!shown.has(id)) book.forget(`${NOTE}${id}`);
  return actions.operations.flatMap((one) => {
    const was = book.known<OperationState>(`${NOTE}${one.id}`)?.value ?? null;
    book.see(`${NOTE}${one.id}`, one.state);
    return was === one.state ? [] : tell(one, was, scope);
  });
};

const SEVERITY: Readonly<Record<OperationState, EventSeverity>> = {
  "awaiting-approval": "info",
  scheduled: "notice",
  running: "notice",
  done: "notice",
  "done-otherwise": "warn",
  refused: "info",
  failed: "warn",
  unknown: "critical",
};

function tell(one: OperationView, before: OperationState | null, scope: string): Draft[] {
  const begun = one.startedAt !== null && (before === null || before === "awaiting-approval");
  const drafts: Draft[] = [];
  if (begun && one.startedAt) drafts.push(draft(one, "begun", one.startedAt, scope));
  if (one.state === "scheduled" && one.startedAt) drafts.push(draft(one, "scheduled", one.startedAt, scope));
  if (one.endedAt && one.outcome) drafts.push(draft(one, "ended", one.endedAt, scope));
  return drafts;
}

function draft(one: OperationView, what: "begun" | "scheduled" | "ended", at: Instant, scope: string): Draft {
  const { id, action, actor, reason, state, outcome, writeGapMs, writeGapBasis, receipt } = one;
  const target = targetName(one.request);
  const params = {
    action: selector(action),
    way: target === null ? "none" : "to",
    target: target ?? "",
    actor,
    reason,
    state: selector(state),
  };
  const ended = what === "ended" ? { outcome: outcome?.code ?? null, writeGapMs, writeGapBasis, receipt } : {};
  return {
    kind: "operation",
    severity: what === "ended" ? SEVERITY[state] : "notice",
    subject: target ?? scope,
    text: message(`event.operation.${what}`, params),
    data: { id, action, actor, reason, what, state, ...ended },
    at,
    notBefore: null,
    source: "dashboard",
    dedupe: `operation:${id}:${what}`,
  };
}
