import type { MemberEvidence } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingInput, FindingRule } from "../../rule";
import { isOneOf, samePool } from "./causes";
import {
  endOf,
  leaderOf,
  leaderWord,
  listed,
  nodesOf,
  ofPool,
  READ_HOLD_MS,
  replicaWord,
  seenBy,
  seenPools,
} from "./pools";

/** The read pool sends everybody to the leader although replicas run: as a rule its health check asks `/`, which means the primary. */
export const readPoolLeaderOnly: FindingRule = {
  id: "read-pool-leader-only",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { evidence } = input;
    const leader = leaderOf(evidence);
    const replicas = evidence.members.filter((member) => member.name !== leader && couldBeRead(member, input));
    if (leader === null || replicas.length === 0) return [];
    const bare = seenPools(input, "read").filter(
      ({ takers }) => takers.length > 0 && takers.every((server) => endOf(server, input) === leader),
    );
    if (bare.length === 0) return [];
    const params = {
      pool: ofPool(bare).name,
      nodes: nodesOf(bare),
      leader,
      replicas: listed(replicas.map(({ name }) => name)),
    };
    return [
      {
        severity: "warn",
        subject: ofPool(bare),
        text: message("finding.read-pool-leader-only.text", params),
        evidence: [
          ...seenBy(bare, evidence),
          leaderWord(input, leader),
          ...replicas.flatMap((member) => replicaWord(member) ?? []),
        ],
        holdMs: READ_HOLD_MS,
      },
    ];
  },
  explains: (own, other) => isOneOf(other, "haproxy-disagree") && samePool(own, other),
};

/** It runs, is not kept from readers, and does not trail so far that a check may rightly leave it out. */
function couldBeRead(member: MemberEvidence, { picture, limits }: FindingInput): boolean {
  const view = picture.members.find(({ name }) => name === member.name);
  if (view?.presence !== "present" || view.tags.noloadbalance || replicaWord(member) === null) return false;
  const { trust, replayBytes, replaySeconds } = view.lag;
  return (
    trust === "fresh" &&
    replayBytes !== null &&
    replayBytes < limits.lagWarnBytes &&
    (replaySeconds ?? 0) < limits.lagWarnSeconds
  );
}
