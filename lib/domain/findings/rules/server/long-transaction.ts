import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { byVitals, freshVitals } from "./fresh-vitals";
import { roughly, whoOf } from "./session";

/** The oldest transaction of a client on each server. While it lasts, vacuum removes nothing that it might still see. */
export const longTransaction: FindingRule = {
  id: "long-transaction",
  group: "server",
  runbook: "slow-queries",
  find(input) {
    const { transactionWarnMs, transactionCriticalMs } = input.limits;
    return freshVitals(input).flatMap(({ name, vitals: { longestTransaction: session } }) => {
      if (session === null || session.seconds * 1_000 < transactionWarnMs) return [];
      const params = { member: name, ...roughly(session.seconds), ...whoOf(session) };
      const text = message("finding.long-transaction.text", params);
      const severity = session.seconds * 1_000 >= transactionCriticalMs ? "critical" : "warn";
      return [{ severity, subject: ofMember(name), text, evidence: byVitals(name, text) }];
    });
  },
};
