import { message } from "../../message";
import { pendingHandover } from "../pending";
import type { Rule } from "../ruling";

/** A handover is under way while the old leader still holds the key: it may be demoted at any moment, so no writer is named. */
export const handover: Rule = ({ evidence }) => {
  const { leaderKey } = evidence;
  const pending = pendingHandover(evidence);
  if (leaderKey.state !== "held" || !pending) return null;
  return {
    state: "degraded",
    code: "handover",
    writer: null,
    message: pending.to
      ? message("domain.verdict.handover", { from: leaderKey.name, to: pending.to })
      : message("domain.verdict.handover-any", { from: leaderKey.name }),
    rests: [leaderKey.at],
  };
};
