import type { OperationView } from "@/lib/domain/actions/operation";
import { LEADERSHIP_ACTIONS } from "@/lib/domain/actions/request";

/** How an operation stands, in one of ten words; no two of them look or read alike. */
export const OPERATION_WORDS = [
  "awaiting-approval",
  "scheduled",
  "accepted",
  "running",
  "done",
  "other-leader",
  "done-otherwise",
  "refused",
  "failed",
  "unknown",
] as const;
export type OperationWord = (typeof OPERATION_WORDS)[number];

export function wordOf(operation: Pick<OperationView, "state" | "phase" | "action">): OperationWord {
  const { state, phase, action } = operation;
  if (state === "running") return phase === "accepted" ? "accepted" : "running";
  if (state === "done-otherwise") return LEADERSHIP_ACTIONS.has(action) ? "other-leader" : "done-otherwise";
  return state;
}

/** Classes are literal, since Tailwind only sees what is spelled out. */
export const TEXT_OF_WORD: Readonly<Record<OperationWord, string>> = {
  "awaiting-approval": "text-accent",
  scheduled: "text-ink-2",
  accepted: "text-accent",
  running: "text-accent",
  done: "text-ink",
  "other-leader": "text-warn",
  "done-otherwise": "text-warn",
  refused: "text-ink-2",
  failed: "text-crit",
  unknown: "text-blind",
};

export const BOX_OF_WORD: Readonly<Record<OperationWord, string>> = {
  "awaiting-approval": "border-accent/50 bg-surface shadow-[inset_4px_0_0_var(--accent)]",
  scheduled: "border-line-strong bg-surface",
  accepted: "border-accent/50 bg-accent-soft",
  running: "border-accent/50 bg-accent-soft",
  done: "border-line-strong bg-surface",
  "other-leader": "border-warn-line bg-warn-soft",
  "done-otherwise": "border-warn-line bg-warn-soft",
  refused: "border-line-strong bg-raised",
  failed: "border-crit-line bg-crit-soft",
  unknown: "hatched border-dashed border-blind-line bg-blind-soft",
};
