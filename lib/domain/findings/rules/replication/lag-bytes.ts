import { message } from "../../../message";
import { roughBytes } from "../../amounts";
import { hopsOf } from "../../hops";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isLagOf } from "./symptoms";

/** WAL that a member's upstream has written and that the member has not replayed. */
export const lagBytes: FindingRule = {
  id: "lag-bytes",
  group: "replication",
  runbook: "replica-lagging",
  find({ picture, state, now, limits }) {
    return hopsOf(picture, state, now)
      .filter(({ bytes }) => bytes >= limits.lagWarnBytes)
      .map(({ member, from, bytes, sourceId }) => {
        const params = {
          member: member.name,
          known: from === null ? "no" : "yes",
          from: from ?? "",
          ...roughBytes(bytes),
        };
        const text = message("finding.lag-bytes.text", params);
        return {
          severity: bytes >= limits.lagCriticalBytes ? "critical" : "warn",
          subject: ofMember(member.name),
          text,
          evidence: [{ text, sourceId }],
          holdMs: limits.lagHoldMs,
        };
      });
  },
  explains: (own, other) => other.rule !== own.rule && isLagOf(own, other),
};
