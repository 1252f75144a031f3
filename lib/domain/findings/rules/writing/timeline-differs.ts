import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

/** A member on another timeline than the leader's. */
export const timelineDiffers: FindingRule = {
  id: "timeline-differs",
  group: "writing",
  runbook: "replica-broken",
  find({ picture }) {
    return picture.members
      .filter((member) => member.presence === "present" && member.timelineDiffers && member.stateTrust === "fresh")
      .map(({ name, timeline }) => {
        const text = message("finding.timeline-differs.text", { member: name, timeline: timeline ?? "?" });
        return {
          severity: "warn",
          subject: ofMember(name),
          text,
          evidence: [{ text, sourceId: `patroni:${name}` }],
        };
      });
  },
};
