import type { Evidence } from "../../../evidence/evidence";
import { hostOf } from "../../../evidence/places";
import type { PoolServer } from "../../../facts";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isAddress, isLoopback } from "./address";
import { isOneOf, samePool, saysTheSame } from "./causes";
import { clientsMeet, HANDOVER_HOLD_MS, listed, nodesOf, ofPool, type SeenPool, seenBy, seenPools } from "./pools";

/** The write pool sends sessions to a server that is no member of the cluster: nobody keeps that one from taking writes. */
export const poolStranger: FindingRule = {
  id: "pool-stranger",
  group: "routing",
  runbook: "split-brain",
  find(input) {
    const { evidence } = input;
    const all = seenPools(input, "write");
    const strangers = (seen: SeenPool) => seen.takers.filter((server) => isStranger(server, seen, evidence));
    const strange = all.filter((seen) => strangers(seen).length > 0);
    if (strange.length === 0) return [];
    const servers = new Set(
      strange.flatMap((seen) =>
        strangers(seen).map(({ name, address }) => (address === null ? name : `${name} (${address})`)),
      ),
    );
    const params = { pool: ofPool(strange).name, nodes: nodesOf(strange), servers: listed([...servers]) };
    return [
      {
        severity: clientsMeet(strange, all, input) ? "critical" : "warn",
        subject: ofPool(strange),
        text: message("finding.pool-stranger.text", params),
        evidence: seenBy(strange, evidence),
        holdMs: HANDOVER_HOLD_MS,
      },
    ];
  },
  explains: (own, other) =>
    saysTheSame(own, other, "haproxy", []) ||
    (isOneOf(other, "write-pool-several", "haproxy-disagree") && samePool(own, other)),
};

/**
 * By its address, whatever the line is called; addresses can be told apart only where the members', too, are addresses. Where the page
 * shows none: the line that is left over when each member has one of its own.
 */
function isStranger({ name, address }: PoolServer, { pool }: SeenPool, { members, places }: Evidence): boolean {
  if (members.length === 0) return false;
  const host = hostOf(address);
  if (host === null) {
    const placed = new Set(pool.servers.map((server) => places.byServer(server)));
    return places.byServer({ name, address }) === null && members.every((member) => placed.has(member.name));
  }
  const homes = members.map((member) => hostOf(member.host));
  if (!isAddress(host) || isLoopback(host)) return false;
  return homes.every((home) => home !== null && isAddress(home) && home !== host);
}
