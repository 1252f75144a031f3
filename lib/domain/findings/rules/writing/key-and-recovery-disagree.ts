import { freshOf, type MemberEvidence, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { isStandbyCluster } from "../../../snapshot/member-role";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isOfMember, saysTheSame } from "./verdict";
import { isHandingOver, ofWriter, openSince } from "./writers";

/** A promotion replays what was received first; an orderly one is over well within this. */
const PROMOTION_MS = 10_000;
/** Looks at two servers lie up to a beat apart. */
const HOLD_MS = 5_000;

/**
 * The holder of the leader key is in recovery, or a member without the key accepts writes, and neither is a handover. The second is a split,
 * or about to be one, and has that runbook.
 */
export const keyAndRecoveryDisagree: FindingRule = {
  id: "key-and-recovery-disagree",
  group: "writing",
  runbook: "emergency-failover",
  find(input) {
    const { leaderKey } = input.evidence;
    if (leaderKey.state !== "held" || isHandingOver(input.evidence)) return [];
    const holder = input.evidence.byName.get(leaderKey.name);
    return [...holderInRecovery(input, holder), ...openWithoutKey(input, leaderKey.name)];
  },
  explains: (own, other) =>
    saysTheSame(own, other, ["leader-not-writable", "promoting"]) || isOfMember(own, other, "timeline-differs"),
};

function holderInRecovery({ evidence, state }: FindingInput, holder: MemberEvidence | undefined): FindingDraft[] {
  const { leaderKey } = evidence;
  const view = freshOf(evidence.dcs);
  if (!holder || !view || isStandbyCluster(view) || leaderKey.state === "unknown") return [];
  const { writable } = holder;
  if (writable.says !== "not-writable" || writable.startedAt < leaderKey.since || !runs(holder)) return [];
  const text = message("finding.key-and-recovery-disagree.text", { member: holder.name, holds: "yes" });
  const rests = [
    { text, sourceId: sourceId(state.dcs.source, state.dcs.target) },
    { text, sourceId: sourceId(writable.basis, holder.name) },
  ];
  return [
    {
      severity: "critical",
      subject: ofMember(holder.name),
      key: "holder",
      text,
      evidence: rests,
      holdMs: PROMOTION_MS,
    },
  ];
}

/** A leader that is stopped or starts is not in recovery against its key: it is just not there. */
function runs({ postgres, patroni }: MemberEvidence): boolean {
  return postgres.state === "fresh" || freshOf(patroni)?.state === "running";
}

function openWithoutKey({ evidence, state }: FindingInput, holder: string): FindingDraft[] {
  return openSince(evidence)
    .filter(({ member }) => member.name !== holder)
    .map((open) => {
      const text = message("finding.key-and-recovery-disagree.text", { member: open.member.name, holds: "no" });
      const rests = [{ text, sourceId: sourceId(state.dcs.source, state.dcs.target) }, ofWriter(open, text)];
      const subject = ofMember(open.member.name);
      return {
        severity: "critical",
        subject,
        key: "open",
        text,
        evidence: rests,
        holdMs: HOLD_MS,
        runbook: "split-brain",
      };
    });
}
