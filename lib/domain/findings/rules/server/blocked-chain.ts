import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { byVitals, freshVitals } from "./fresh-vitals";
import { roughly } from "./session";

/** Sessions that wait for locks, one of them for too long. Whoever holds what they wait for is on the page of sessions. */
export const blockedChain: FindingRule = {
  id: "blocked-chain",
  group: "server",
  runbook: "slow-queries",
  find(input) {
    return freshVitals(input).flatMap(({ name, vitals: { lockWaits } }) => {
      if (lockWaits === null || lockWaits.longestSeconds * 1_000 < input.limits.blockedMs) return [];
      const params = { member: name, count: lockWaits.sessions, ...roughly(lockWaits.longestSeconds) };
      const text = message("finding.blocked-chain.text", params);
      return [{ severity: "warn", subject: ofMember(name), text, evidence: byVitals(name, text) }];
    });
  },
};
