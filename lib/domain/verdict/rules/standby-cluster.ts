import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { isStandbyCluster } from "../../snapshot/member-role";
import type { Rule } from "../ruling";

/** A standby cluster follows another one: its leader is in recovery by design, and no writer is the right answer. */
export const standbyCluster: Rule = ({ evidence, writers }) => {
  const { leaderKey } = evidence;
  const view = freshOf(evidence.dcs);
  if (!view || leaderKey.state !== "held" || writers.length > 0 || !isStandbyCluster(view)) return null;
  const leader = evidence.byName.get(leaderKey.name);
  if (leader?.writable.says !== "not-writable") return null;
  return {
    state: "ok",
    code: "ok",
    writer: null,
    message: message("domain.verdict.standby-cluster", { leader: leaderKey.name }),
    rests: [leaderKey.at, leader.writable.at],
  };
};
