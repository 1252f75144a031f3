import { sourceId } from "../../../evidence/evidence";
import type { PoolServer } from "../../../facts";
import { message } from "../../../message";
import type { FindingEvidence } from "../../finding";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { covers, isOneOf, samePool } from "./causes";
import { bothPools, clientsMeet, HANDOVER_HOLD_MS, listed, nodesOf, ofPool, type SeenPool, wantsWriter } from "./pools";

/** A pool whose servers count as up because a port answers, or unchecked: nobody asks Patroni who leads. */
export const checkNotRole: FindingRule = {
  id: "check-not-role",
  group: "routing",
  runbook: "routing-failure",
  find: (input) => bothPools(input).flatMap((pools) => draftsOf(pools, input)),
  explains: (own, other) =>
    isOneOf(other, "write-pool-several", "write-pool-replica", "write-pool-lacks-leader", "haproxy-disagree") &&
    samePool(own, other) &&
    covers(own, other),
};

/** `going-up` and `down` tell how the check fails, not what it asks for. */
const COUNTS: ReadonlySet<PoolServer["status"]> = new Set(["up", "going-down", "no-check"]);

/** Layer 4 is a port that opens, layer 6 a TLS handshake; what asks Patroni is layer 7. */
function looksAway({ status, checkStatus, lastCheck }: PoolServer): boolean {
  if (!COUNTS.has(status)) return false;
  if (status === "no-check") return true;
  return checkStatus === "L4OK" || checkStatus === "L6OK" || PGSQL_CHECK.test(lastCheck ?? "");
}

/** `option pgsql-check` is of layer 7, and content with any server that answers. */
const PGSQL_CHECK = /^PostgreSQL server is ok/;

function draftsOf(pools: readonly SeenPool[], input: FindingInput): FindingDraft[] {
  const blind = pools.filter(({ pool }) => pool.servers.some(looksAway));
  if (blind.length === 0) return [];
  const writes = ofPool(pools).name === input.evidence.spec.haproxy?.writePool;
  const astray = blind.filter(({ takers }) => takers.length > 1);
  const bad = writes && wantsWriter(input.evidence) && clientsMeet(astray, pools, input);
  const servers = new Set(blind.flatMap(({ pool }) => pool.servers.filter(looksAway).map(({ name }) => name)));
  const params = {
    pool: ofPool(blind).name,
    nodes: nodesOf(blind),
    servers: listed([...servers]),
    writes: writes ? "yes" : "no",
  };
  return [
    {
      severity: bad ? "critical" : "warn",
      subject: ofPool(blind),
      text: message("finding.check-not-role.text", params),
      evidence: blind.flatMap(wordsOf),
      holdMs: HANDOVER_HOLD_MS,
    },
  ];
}

const wordsOf = ({ node, pool }: SeenPool): FindingEvidence[] =>
  pool.servers.filter(looksAway).map((server) => ({
    text: message("finding.routing.check", {
      node: node.name,
      pool: pool.name,
      server: server.name,
      status: server.rawStatus,
      check: server.checkStatus ?? "–",
    }),
    sourceId: sourceId("haproxy", node.name),
  }));
