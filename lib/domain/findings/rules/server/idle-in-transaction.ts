import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { byVitals, freshVitals } from "./fresh-vitals";
import { roughly, whoOf } from "./session";

/** The session that has done nothing within its transaction for longest, on each server. */
export const idleInTransaction: FindingRule = {
  id: "idle-in-transaction",
  group: "server",
  runbook: "slow-queries",
  find(input) {
    return freshVitals(input).flatMap(({ name, vitals: { longestIdleInTransaction: session } }) => {
      if (session === null || session.seconds * 1_000 < input.limits.idleInTransactionMs) return [];
      const params = { member: name, ...roughly(session.seconds), ...whoOf(session) };
      const text = message("finding.idle-in-transaction.text", params);
      return [{ severity: "warn", subject: ofMember(name), text, evidence: byVitals(name, text) }];
    });
  },
  /** The same session is the same thing, said more exactly. */
  explains: (own, other) =>
    other.rule === "long-transaction" &&
    other.subject.name === own.subject.name &&
    other.text.params.pid === own.text.params.pid,
};
