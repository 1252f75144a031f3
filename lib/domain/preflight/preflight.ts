import type { PlanContext } from "../actions/facts";
import type { Check, Fence, Impact } from "../actions/plan";
import type { ActionKind, RequestOf } from "../actions/request";
import type { Message } from "../message";

/** What is asked before an action: one file a kind. Pure; an observation that is stale or missing blocks where the answer matters. */
export type Preflight<K extends ActionKind = ActionKind> = {
  readonly action: K;
  checks(request: RequestOf<K>, context: PlanContext): readonly Check[];
  impact(request: RequestOf<K>, context: PlanContext): Impact;
  /** Only what this action rests on; the rest is null or empty. */
  fence(request: RequestOf<K>, context: PlanContext): Fence;
};

/** What differs between two fences, one sentence each; empty: nothing moved. */
export type FenceMoved = (planned: Fence, now: Fence) => readonly Message[];
