import type { Evidence } from "../../../evidence/evidence";
import type { WritePath, WritePathState } from "../../../snapshot";
import { recentlyChanged } from "../../../verdict/key-age";
import type { Severity } from "../../finding";
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

/** From the demotion of one leader until every balancer has found the next. */
const HANDOVER_MS = 15_000;
/** A look that was missed, or fell between two states, is made good by the next ones. */
const HOLD_MS = 5_000;

/** The verdict itself, where it is not that all is well. */
export const writePath: FindingRule = {
  id: "write-path",
  group: "writing",
  runbook: "emergency-failover",
  find({ picture: { writePath: path }, evidence: seen }) {
    if (path.state === "ok" || path.code === "starting") return [];
    const evidence = path.witnesses
      .filter(({ verdict }) => verdict === "agree" || verdict === "disagree")
      .map(({ text, sourceIds }) => ({ text, sourceId: sourceIds[0] ?? null }));
    const severity = SEVERITY[path.state];
    return [{ severity, subject: CLUSTER, key: path.code, text: path.message, evidence, holdMs: holdOf(path, seen) }];
  },
  explains: (_own, other) => other.rule === "witness-disagrees",
};

/** A split is proven before it is called one. Whatever else passes by itself in a handover is given the time that one takes. */
export function holdOf({ state }: WritePath, evidence: Evidence): number {
  if (state === "split") return 0;
  return recentlyChanged(evidence) || isHandingOver(evidence) ? HANDOVER_MS : HOLD_MS;
}
