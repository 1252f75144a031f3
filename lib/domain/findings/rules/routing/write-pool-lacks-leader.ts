import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isOneOf, lacksWriter, samePool, saysTheSame } from "./causes";
import {
  clientsMeet,
  endOf,
  HANDOVER_HOLD_MS,
  leaderOf,
  leaderWord,
  listed,
  nameOf,
  nodesOf,
  ofPool,
  seenBy,
  seenPools,
  wantsWriter,
} from "./pools";

/** The write pool has servers that take sessions, and the leader is not among them. */
export const writePoolLacksLeader: FindingRule = {
  id: "write-pool-lacks-leader",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { evidence } = input;
    const leader = leaderOf(evidence);
    if (leader === null || !wantsWriter(evidence)) return [];
    const all = seenPools(input, "write");
    // A server that cannot be placed may be the leader under another name.
    const lacking = all.filter(
      ({ takers }) =>
        takers.length > 0 &&
        takers.every((server) => {
          const end = endOf(server, input);
          return end !== null && end !== leader && nameOf(server, evidence) !== leader;
        }),
    );
    if (lacking.length === 0) return [];
    const met = clientsMeet(lacking, all, input);
    const servers = new Set(lacking.flatMap(({ takers }) => takers.map((server) => nameOf(server, evidence))));
    const params = {
      pool: ofPool(lacking).name,
      nodes: nodesOf(lacking),
      leader,
      servers: listed([...servers]),
      met: met ? "yes" : "no",
    };
    return [
      {
        severity: met ? "critical" : "warn",
        subject: ofPool(lacking),
        text: message("finding.write-pool-lacks-leader.text", params),
        evidence: [...seenBy(lacking, evidence), leaderWord(input, leader)],
        holdMs: HANDOVER_HOLD_MS,
      },
    ];
  },
  explains: (own, other) =>
    saysTheSame(own, other, "haproxy", ["misrouted"]) || (isOneOf(other, "haproxy-disagree") && samePool(own, other)),
  followsFrom: lacksWriter,
};
