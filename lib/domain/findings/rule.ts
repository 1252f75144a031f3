import type { ClusterState } from "../cluster-state";
import type { Evidence } from "../evidence/evidence";
import type { EpochMs } from "../ids";
import type { Message } from "../message";
import type { Snapshot } from "../snapshot";
import type { Finding, FindingEvidence, FindingGroup, FindingSubject, RunbookId, Severity } from "./finding";
import type { FindingLimits } from "./limits";
import type { Watch } from "./watch/types";

/** A picture as rules read it: everything but what they themselves make. */
export type FindingPicture = Omit<Snapshot, "version" | "findings" | "watch">;

export type FindingInput = {
  readonly now: EpochMs;
  readonly evidence: Evidence;
  /** For looks that the picture does not show; judge each with `know(look, now)`. */
  readonly state: ClusterState;
  readonly picture: FindingPicture;
  readonly limits: FindingLimits;
  /** Brought up to date with this picture. */
  readonly watch: Watch;
};

/** What a rule says; identity, since and folding are not its business. */
export type FindingDraft = {
  readonly severity: Severity;
  readonly subject: FindingSubject;
  /** Tells apart several findings of one rule about one subject. */
  readonly key?: string;
  readonly text: Message;
  readonly evidence: readonly FindingEvidence[];
  /** Shown only once the condition has held for so long, in ms; without it at once. */
  readonly holdMs?: number;
  /** What is offered where that hangs on what was found; without it the rule's. */
  readonly runbook?: RunbookId | null;
};

/** One rule, one file. Pure; says nothing where its facts are stale or missing, for unknown is never a finding of something else. */
export type FindingRule = {
  /** Kebab-case, stable: it is in addresses, alerts and configurations. */
  readonly id: string;
  readonly group: FindingGroup;
  readonly runbook: RunbookId | null;
  /** The rule is about silence itself: its evidence may be stale. */
  readonly aboutSilence?: true;
  find(input: FindingInput): readonly FindingDraft[];
  /** Whether `other` follows from `own`, a finding of this rule. */
  explains?(own: Finding, other: Finding, picture: FindingPicture): boolean;
  /** Whether `own`, a finding of this rule, follows from `other`: where the consequence knows its causes better than they know it. */
  followsFrom?(own: Finding, other: Finding, picture: FindingPicture): boolean;
};
