import type { Evidence } from "../../../evidence/evidence";
import type { WritePath, WritePathCode, WritePathState } from "../../../snapshot";
import { recentlyChanged } from "../../../verdict/key-age";
import type { RunbookId, Severity } from "../../finding";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";
import { isHandingOver } from "./writers";

const SEVERITY: Readonly<Record<WritePathState, Severity>> = {
  split: "critical",
  broken: "critical",
  unknown: "unknown",
  degraded: "warn",
  ok: "info",
};

const RUNBOOK_OF: Readonly<Partial<Record<WritePathCode, RunbookId>>> = {
  "split-brain": "split-brain",
  "no-leader": "no-leader",
  "paused-no-leader": "no-leader",
  "leader-not-writable": "emergency-failover",
  "leader-unreachable": "emergency-failover",
  handover: "emergency-failover",
  promoting: "emergency-failover",
  "agree-partly": "routing-failure",
  misrouted: "routing-failure",
  "pool-empty": "routing-failure",
  "vip-elsewhere": "routing-failure",
  "vip-nowhere": "routing-failure",
  "client-cut-off": "routing-failure",
};

/** From the demotion of one leader until every balancer has found the next. */
const HANDOVER_MS = 15_000;
/** A look that was missed, or fell between two states, is made good by the next ones. */
const HOLD_MS = 5_000;

/**
 * The verdict itself, where it is not that all is well. Which runbook hangs on what it is; none while we are blind, for nothing is known to
 * be broken then.
 */
export const writePath: FindingRule = {
  id: "write-path",
  group: "writing",
  runbook: null,
  find({ picture: { writePath: path }, evidence: seen }) {
    if (path.state === "ok" || path.code === "starting") return [];
    const evidence = path.witnesses
      .filter(({ verdict }) => verdict === "agree" || verdict === "disagree")
      .map(({ text, sourceIds }) => ({ text, sourceId: sourceIds[0] ?? null }));
    const severity = SEVERITY[path.state];
    const runbook = RUNBOOK_OF[path.code] ?? null;
    const holdMs = holdOf(path, seen);
    return [{ severity, subject: CLUSTER, key: path.code, text: path.message, evidence, holdMs, runbook }];
  },
  explains: (_own, other) => other.rule === "witness-disagrees",
};

/** A split is proven before it is called one. Whatever else passes by itself in a handover is given the time that one takes. */
export function holdOf({ state }: WritePath, evidence: Evidence): number {
  if (state === "split") return 0;
  return recentlyChanged(evidence) || isHandingOver(evidence) ? HANDOVER_MS : HOLD_MS;
}
