import { message } from "../../../message";
import { roughBytes } from "../../amounts";
import { type Hop, hopsOf } from "../../hops";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { delaySecondsOf } from "../replication/delay";
import { nodesOf, ofPool, type SeenPool, seenBy, seenPools } from "./pools";

/** The read pool sends sessions to a replica that trails beyond the limits: readers get old rows. */
export const readPoolLagging: FindingRule = {
  id: "read-pool-lagging",
  group: "routing",
  runbook: "replica-lagging",
  find(input) {
    const { evidence, picture, state, now } = input;
    const all = seenPools(input, "read");
    return hopsOf(picture, state, now).flatMap((hop) => {
      const { name } = hop.member;
      const serving = all.filter(({ takers }) => takers.some((server) => evidence.places.byServer(server) === name));
      return serving.length > 0 && isBehind(hop, input) ? [draftOf(hop, serving, input)] : [];
    });
  },
  followsFrom: (own, cause) => LAG_RULES.has(cause.rule) && own.id.endsWith(`/${cause.subject.member}`),
};

const LAG_RULES: ReadonlySet<string> = new Set(["lag-bytes", "lag-seconds", "replay-paused", "receiver-stopped"]);

const isBehind = (hop: Hop, input: FindingInput): boolean =>
  hop.bytes >= input.limits.lagWarnBytes || (delaySecondsOf(hop, input) ?? 0) >= input.limits.lagWarnSeconds;

function draftOf(hop: Hop, serving: readonly SeenPool[], { evidence, limits }: FindingInput): FindingDraft {
  const { name: member } = hop.member;
  const params = { pool: ofPool(serving).name, nodes: nodesOf(serving), member, ...roughBytes(hop.bytes) };
  const text = message("finding.read-pool-lagging.text", params);
  return {
    severity: "warn",
    subject: ofPool(serving),
    key: member,
    text,
    evidence: [{ text, sourceId: hop.sourceId }, ...seenBy(serving, evidence)],
    holdMs: limits.lagHoldMs,
  };
}
