import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isOneOf, samePool } from "./causes";
import { leaderOf, listed, nodesOf, ofPool, READ_HOLD_MS, seenBy, seenPools } from "./pools";

/** No server of the read pool takes sessions, although the cluster has members that could be read from. */
export const readPoolEmpty: FindingRule = {
  id: "read-pool-empty",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { evidence, picture } = input;
    const leader = leaderOf(evidence);
    const readers = picture.members.filter(({ name, tags }) => name !== leader && !tags.noloadbalance);
    const empty = seenPools(input, "read").filter(({ takers }) => takers.length === 0);
    if (leader === null || readers.length === 0 || empty.length === 0) return [];
    const params = {
      pool: ofPool(empty).name,
      nodes: nodesOf(empty),
      members: listed(readers.map(({ name }) => name)),
    };
    return [
      {
        severity: "warn",
        subject: ofPool(empty),
        text: message("finding.read-pool-empty.text", params),
        evidence: seenBy(empty, evidence),
        holdMs: READ_HOLD_MS,
      },
    ];
  },
  explains: (own, other) => isOneOf(other, "haproxy-disagree") && samePool(own, other),
  /** Whoever could be read from is gone. */
  followsFrom: (_own, cause, { leader }) =>
    isOneOf(cause, "host-silent", "member-missing", "receiver-stopped") &&
    cause.subject.member !== null &&
    cause.subject.member !== leader?.name,
};
