import { message } from "../../../message";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { saysTheSame } from "./causes";
import { bothPools, listed, nameOf, ofPool, READ_HOLD_MS, type SeenPool, seenBy } from "./pools";

/** HAProxy hosts that send sessions of one pool to different servers: what a client meets depends on where it comes in. */
export const haproxyDisagree: FindingRule = {
  id: "haproxy-disagree",
  group: "routing",
  runbook: "routing-failure",
  find: (input) => bothPools(input).flatMap((pools) => compare(pools, input)),
  explains: (own, other) => saysTheSame(own, other, "haproxy", ["misrouted"]),
};

function compare(pools: readonly SeenPool[], { evidence }: FindingInput): FindingDraft[] {
  const name = (server: SeenPool["takers"][number]) => nameOf(server, evidence);
  // Whoever takes a server out by hand does so on one HAProxy after the other, and means it.
  const byHand = new Set(
    pools.flatMap(({ pool }) => pool.servers.filter(({ status }) => BY_HAND.has(status)).map(name)),
  );
  const seen = pools.map((one) => ({
    node: one.node.name,
    servers: listed([...new Set(one.takers.map(name))].filter((server) => !byHand.has(server)).sort()),
  }));
  const [first] = seen;
  const other = seen.find(({ servers }) => servers !== first?.servers);
  if (!first || !other) return [];
  const params = {
    pool: ofPool(pools).name,
    a: first.node,
    b: other.node,
    aServers: first.servers,
    bServers: other.servers,
    more: seen.length - 2,
  };
  const text = message("finding.haproxy-disagree.text", params);
  return [{ severity: "warn", subject: ofPool(pools), text, evidence: seenBy(pools, evidence), holdMs: READ_HOLD_MS }];
}

const BY_HAND: ReadonlySet<string> = new Set(["maint", "drain"]);
