import type { AlertPicture } from "../alerts/sight";
import type { Finding } from "../findings/finding";
import { type ClusterScope, clusterScope, type EpochMs, instant } from "../ids";
import { message } from "../message";

/** What alerts rest on, without a whole cluster around it. */

export const ALERTS_AT = Date.parse("2026-11-21T02:00:00Z");
export const DEMO = clusterScope("demo");

export function alertFinding(id: string, since: EpochMs, over: Partial<Finding> = {}): Finding {
  const [rule = id, subject = "cluster"] = id.split(":");
  return {
    id,
    rule,
    group: "server",
    severity: "warn",
    subject: { kind: "member", name: subject, member: null },
    since: instant(since),
    text: message("finding.test.text", { id }),
    evidence: [{ text: message("evidence.test"), sourceId: `postgres:${subject}` }],
    runbook: null,
    under: null,
    ...over,
  };
}

type Over = {
  readonly scope?: ClusterScope;
  readonly code?: AlertPicture["writePath"]["code"];
  readonly pending?: AlertPicture["watch"]["pending"];
  /** Ids of sources that say nothing. */
  readonly silent?: readonly string[];
};

const SOURCES = ["postgres:node1", "postgres:node2", "postgres:cluster"];

export function alertPicture(findings: readonly Finding[], over: Over = {}): AlertPicture {
  const { scope = DEMO, code = "ok", pending = {}, silent = [] } = over;
  const sources = SOURCES.map((id) => ({ id, stale: silent.includes(id), lastOkAt: instant(ALERTS_AT) }));
  return { scope, findings, watch: { pending }, writePath: { code }, sources };
}
