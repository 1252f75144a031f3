import { failureOf, freshOf, lastOf } from "../../evidence/evidence";
import { message, selector } from "../../message";
import { isStandbyCluster } from "../../snapshot/member-role";
import { type Rule, seenAt, type VerdictInput } from "../ruling";

/**
 * The leader key cannot be read, so nobody is named as the writer. What the members themselves say still counts: one that
 * is open, or none at all, is told with what is missing.
 */
export const dcsUnseen: Rule = (input) => {
  const { evidence, writers } = input;
  if (evidence.leaderKey.state !== "unknown" || writers.length > 1) return null;
  const why = failureOf(evidence.dcs)?.kind === "no-quorum" ? selector("no-quorum") : "unseen";
  const [only] = writers;
  const unseen = evidence.members.filter((m) => m.writable.says === "unknown").length;
  if (only) {
    return {
      state: unseen === 0 ? "degraded" : "unknown",
      code: "agree-partly",
      writer: null,
      message: message("domain.verdict.one-open-dcs-unseen", { member: only.name, why, unseen }),
      rests: seenAt(evidence),
    };
  }
  if (allClosed(input)) {
    return {
      state: "broken",
      code: "no-leader",
      writer: null,
      message: message("domain.verdict.none-open-dcs-unseen", { why }),
      rests: seenAt(evidence),
    };
  }
  return {
    state: "unknown",
    code: "blind",
    writer: null,
    message: message("domain.verdict.blind", { why, seen: evidence.members.length - unseen, unseen }),
    rests: [],
  };
};

/** Every member was seen and none is open. In a standby cluster that is as it should be, and says nothing is broken. */
function allClosed({ evidence }: VerdictInput): boolean {
  const view = lastOf(evidence.dcs);
  const standby = view !== null && isStandbyCluster(view);
  const leads = evidence.members.some((m) => freshOf(m.patroni)?.role === "standby-leader");
  const closed = evidence.members.every((m) => m.writable.says === "not-writable");
  return !standby && !leads && closed && evidence.members.length > 0;
}
