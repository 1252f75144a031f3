import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isOneOf, lacksWriter, samePool, saysTheSame } from "./causes";
import { clientsMeet, HANDOVER_HOLD_MS, nodesOf, ofPool, seenBy, seenPools, wantsWriter } from "./pools";

/** No server of the write pool takes sessions. */
export const writePoolEmpty: FindingRule = {
  id: "write-pool-empty",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    if (!wantsWriter(input.evidence)) return [];
    const all = seenPools(input, "write");
    const empty = all.filter(({ takers }) => takers.length === 0);
    if (empty.length === 0) return [];
    const met = clientsMeet(empty, all, input);
    return [
      {
        severity: met ? "critical" : "warn",
        subject: ofPool(empty),
        text: message("finding.write-pool-empty.text", {
          pool: ofPool(empty).name,
          nodes: nodesOf(empty),
          met: met ? "yes" : "no",
        }),
        evidence: seenBy(empty, input.evidence),
        holdMs: HANDOVER_HOLD_MS,
      },
    ];
  },
  explains: (own, other) =>
    saysTheSame(own, other, "haproxy", ["pool-empty"]) || (isOneOf(other, "haproxy-disagree") && samePool(own, other)),
  followsFrom: lacksWriter,
};
