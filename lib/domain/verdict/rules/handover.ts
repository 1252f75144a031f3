import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { pendingHandover } from "../pending";
import type { Rule } from "../ruling";

/** A handover is under way while the old leader still holds the key: it may be demoted at any moment, so no writer is named. */
export const handover: Rule = ({ evidence }) => {
  const { leaderKey } = evidence;
  const pending = pendingHandover(evidence);
  if (leaderKey.state !== "held" || !pending) return null;
  // Patroni runs a request that names the leader as a switchover; one without is a manual failover.
  const kind = freshOf(evidence.dcs)?.failover?.leader ? "switchover" : "failover";
  return {
    state: "degraded",
    code: "handover",
    writer: null,
    message: pending.to
      ? message("domain.verdict.handover", { kind, from: leaderKey.name, to: pending.to })
      : message("domain.verdict.handover-any", { kind, from: leaderKey.name }),
    rests: [leaderKey.at],
  };
};
