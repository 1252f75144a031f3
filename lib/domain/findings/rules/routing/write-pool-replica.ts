import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isOneOf, lacksWriter, samePool, saysTheSame } from "./causes";
import {
  clientsMeet,
  endOf,
  HANDOVER_HOLD_MS,
  listed,
  nodesOf,
  ofPool,
  replicaWord,
  seenBy,
  seenPools,
  wantsWriter,
} from "./pools";

/** The write pool sends sessions to a server that by its own word is in recovery: whoever writes there gets an error. */
export const writePoolReplica: FindingRule = {
  id: "write-pool-replica",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { evidence } = input;
    if (!wantsWriter(evidence)) return [];
    const all = seenPools(input, "write");
    const ends = all.map((seen) => ({ seen, names: seen.takers.flatMap((server) => endOf(server, input) ?? []) }));
    const inRecovery = new Map(
      [...new Set(ends.flatMap(({ names }) => names))].flatMap((name) => {
        const word = replicaWord(evidence.byName.get(name));
        return word ? [[name, word] as const] : [];
      }),
    );
    const wrong = ends.filter(({ names }) => names.some((name) => inRecovery.has(name))).map(({ seen }) => seen);
    if (wrong.length === 0) return [];
    const met = clientsMeet(wrong, all, input);
    const params = {
      pool: ofPool(wrong).name,
      nodes: nodesOf(wrong),
      members: listed([...inRecovery.keys()]),
      met: met ? "yes" : "no",
    };
    return [
      {
        severity: met ? "critical" : "warn",
        subject: ofPool(wrong),
        text: message("finding.write-pool-replica.text", params),
        evidence: [...seenBy(wrong, evidence), ...inRecovery.values()],
        holdMs: HANDOVER_HOLD_MS,
      },
    ];
  },
  explains: (own, other) =>
    saysTheSame(own, other, "haproxy", ["misrouted"]) ||
    (isOneOf(other, "write-pool-several", "write-pool-lacks-leader", "haproxy-disagree") && samePool(own, other)),
  followsFrom: lacksWriter,
};
