import type { Operation, Step } from "../../actions/operation";
import { type EpochMs, type Instant, instant } from "../../ids";
import type { Message } from "../../message";

/** What is found of one step at one look. */
export type Finding = {
  readonly state: Step["state"];
  readonly detail?: Message | null;
  /** When it really began, where that can be told; otherwise when it was first found to be under way. */
  readonly since?: Instant | null;
};

/** States in which a step has found its end. */
export const SETTLED: ReadonlySet<Step["state"]> = new Set(["done", "failed", "unknown", "skipped"]);

/** Makes a step from what is found now and from when the operation's last look found it so. Times are never set back. */
export function stepOf(
  { steps }: Pick<Operation, "steps">,
  now: EpochMs,
  id: string,
  text: Message,
  { state, detail = null, since }: Finding,
): Step {
  const was = steps.find((step) => step.id === id);
  const begun = since ?? was?.startedAt ?? (state === "waiting" || state === "skipped" ? null : instant(now));
  const ended = SETTLED.has(state) ? ((was?.state === state ? was.endedAt : null) ?? instant(now)) : null;
  return { id, state, text, detail, startedAt: begun, endedAt: ended };
}

export const stepBefore = ({ steps }: Pick<Operation, "steps">, id: string): Step | null =>
  steps.find((step) => step.id === id) ?? null;

export const wasDone = (operation: Pick<Operation, "steps">, id: string): boolean =>
  stepBefore(operation, id)?.state === "done";

/** When a step that is done came true; null while it is not. */
export function doneAt(steps: readonly Step[], id: string): EpochMs | null {
  const step = steps.find((one) => one.id === id);
  return step?.state === "done" && step.endedAt !== null ? Date.parse(step.endedAt) : null;
}

/** Steps that nobody will follow any further. */
export const closeOpen = (steps: readonly Step[], now: EpochMs, state: "unknown" | "skipped" | "failed"): Step[] =>
  steps.map((step) => (SETTLED.has(step.state) ? step : { ...step, state, endedAt: instant(now) }));
