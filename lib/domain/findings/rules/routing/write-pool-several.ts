import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isOneOf, samePool, saysTheSame } from "./causes";
import {
  clientsMeet,
  endOf,
  HANDOVER_HOLD_MS,
  listed,
  nameOf,
  nodesOf,
  ofPool,
  type SeenPool,
  seenBy,
  seenPools,
} from "./pools";

/** The write pool shares sessions out among several servers, of which one at most may take writes. */
export const writePoolSeveral: FindingRule = {
  id: "write-pool-several",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { evidence } = input;
    const all = seenPools(input, "write");
    const ends = ({ takers }: SeenPool) => [
      ...new Set(takers.map((server) => endOf(server, input) ?? nameOf(server, evidence))),
    ];
    const several = all.filter((seen) => ends(seen).length > 1);
    if (several.length === 0) return [];
    const met = clientsMeet(several, all, input);
    const params = {
      pool: ofPool(several).name,
      nodes: nodesOf(several),
      servers: listed([...new Set(several.flatMap(ends))]),
      met: met ? "yes" : "no",
    };
    return [
      {
        severity: met ? "critical" : "warn",
        subject: ofPool(several),
        text: message("finding.write-pool-several.text", params),
        evidence: seenBy(several, evidence),
        holdMs: HANDOVER_HOLD_MS,
      },
    ];
  },
  explains: (own, other) =>
    saysTheSame(own, other, "haproxy", ["misrouted"]) || (isOneOf(other, "haproxy-disagree") && samePool(own, other)),
  followsFrom: (_own, cause) => isOneOf(cause, "two-writable"),
};
