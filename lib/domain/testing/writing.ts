import type { ClusterState } from "../cluster-state";
import type { FindingDraft, FindingRule } from "../findings/rule";
import { inputOf } from "../findings/testing/staleness";
import { NOTHING_WATCHED, type Watch } from "../findings/watch/types";
import type { EpochMs } from "../ids";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import { healthyState, NOW } from "./builders";
import { bareText } from "./samples";

/** What one rule says of a state that another came before. */

/** The picture of a state a minute earlier, so that what stands in both has stood for a while. */
export const before = (state: ClusterState = healthyState({ now: NOW - 60_000 }), at = NOW - 60_000): Snapshot => ({
  ...buildSnapshot(state, null, at, bareText),
  version: 1,
});

export function says(
  rule: FindingRule,
  state: ClusterState,
  {
    now = NOW,
    previous = before(),
    watch = NOTHING_WATCHED,
  }: { now?: EpochMs; previous?: Snapshot; watch?: Watch } = {},
): readonly FindingDraft[] {
  return rule.find(inputOf(state, previous, now, watch));
}

/** Severity, name and key of what was said, as a line each. */
export const lines = (drafts: readonly FindingDraft[]): string[] =>
  drafts.map(({ severity, subject, key }) => `${severity} ${subject.name}${key === undefined ? "" : `/${key}`}`);
