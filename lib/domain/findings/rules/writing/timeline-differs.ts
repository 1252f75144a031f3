import type { ClusterState } from "../../../cluster-state";
import { type MemberEvidence, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

/** After every change of leader the replicas follow to the new timeline within some seconds. */
const HOLD_MS = 20_000;

/** A member on another timeline than the leader's. */
export const timelineDiffers: FindingRule = {
  id: "timeline-differs",
  group: "writing",
  runbook: "replica-broken",
  find({ picture, evidence, state }) {
    if (evidence.dcs.state !== "fresh") return [];
    return picture.members
      .filter((member) => member.presence === "present" && member.timelineDiffers && member.stateTrust === "fresh")
      .map(({ name, timeline }) => {
        const text = message("finding.timeline-differs.text", { member: name, timeline: timeline ?? "?" });
        const rests = [{ text, sourceId: sourceOf(evidence.byName.get(name), state) }];
        return { severity: "warn", subject: ofMember(name), text, evidence: rests, holdMs: HOLD_MS };
      });
  },
};

/** Whose word the timeline is: PostgreSQL's own, else Patroni's, else that of the member's key. */
function sourceOf(member: MemberEvidence | undefined, { dcs }: ClusterState): string {
  if (member?.postgres.state === "fresh") return sourceId("postgres", member.name);
  return member && member.patroni.state !== "unknown"
    ? sourceId("patroni", member.name)
    : sourceId(dcs.source, dcs.target);
}
