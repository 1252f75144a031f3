import { message } from "../../../message";
import { roughTime } from "../../amounts";
import { hopsOf } from "../../hops";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { delaySecondsOf } from "./delay";
import { isLagOf } from "./symptoms";

/** How old what a member shows is, while there is WAL that it has not replayed: an idle leader makes nobody lag. */
export const lagSeconds: FindingRule = {
  id: "lag-seconds",
  group: "replication",
  runbook: "replica-lagging",
  find(input) {
    const { picture, state, now, limits } = input;
    return hopsOf(picture, state, now).flatMap((hop) => {
      const seconds = delaySecondsOf(hop, input);
      if (seconds === null || seconds < limits.lagWarnSeconds) return [];
      const { name } = hop.member;
      const text = message("finding.lag-seconds.text", { member: name, ...roughTime(seconds) });
      return [
        {
          severity: seconds >= limits.lagCriticalSeconds ? "critical" : "warn",
          subject: ofMember(name),
          text,
          evidence: [{ text, sourceId: hop.sourceId }],
          holdMs: limits.lagHoldMs,
        },
      ];
    });
  },
  explains: (own, other) => other.rule === "lag-growing" && isLagOf(own, other),
};
