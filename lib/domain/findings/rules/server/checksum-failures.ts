import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { byVitals, freshVitals } from "./fresh-vitals";

/** Pages that were read with a wrong checksum since the server's statistics were reset. */
export const checksumFailures: FindingRule = {
  id: "checksum-failures",
  group: "server",
  runbook: "replica-broken",
  find(input) {
    return freshVitals(input).flatMap(({ name, vitals: { databases } }) => {
      const { checksumFailures: count, checksumLastFailureAt: last } = databases;
      if (count === null || count === 0) return [];
      const params = { member: name, count, known: last === null ? "no" : "yes", last: last?.slice(0, 16) ?? "" };
      const text = message("finding.checksum-failures.text", { ...params, last: params.last.replace("T", " ") });
      return [{ severity: "critical", subject: ofMember(name), text, evidence: byVitals(name, text) }];
    });
  },
};
