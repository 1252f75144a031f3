import { message } from "../../message";
import type { Rule } from "../ruling";

/** The first looks are still under way: nothing was found out yet, which is another thing than finding nothing. */
export const starting: Rule = ({ evidence }) => {
  const { leaderKey, dcsTried, byName } = evidence;
  const leader = leaderKey.state === "held" ? byName.get(leaderKey.name) : undefined;
  if (dcsTried && (!leader || leader.tried)) return null;
  return {
    state: "unknown",
    code: "starting",
    writer: null,
    message: message("domain.verdict.starting"),
    rests: [],
  };
};
