import { message, selector } from "../../../message";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

/**
 * An action of ours whose outcome was never seen: what was asked for may have happened, or may happen yet. No runbook: the operation's own
 * page shows what was seen of it, and nothing is to be done before that is clear.
 */
export const operationUnknown: FindingRule = {
  id: "operation-unknown",
  group: "operations",
  runbook: null,
  find({ picture }) {
    return (picture.actions?.operations ?? [])
      .filter(({ state }) => state === "unknown")
      .map(({ id, action, actor }) => {
        const text = message("finding.operation-unknown.text", { action: selector(action), actor });
        return { severity: "warn", subject: CLUSTER, key: id, text, evidence: [{ text, sourceId: null }] };
      });
  },
};
