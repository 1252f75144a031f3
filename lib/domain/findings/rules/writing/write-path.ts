import type { WritePathState } from "../../../snapshot";
import type { Severity } from "../../finding";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

const SEVERITY: Readonly<Record<WritePathState, Severity>> = {
  split: "critical",
  broken: "critical",
  unknown: "unknown",
  degraded: "warn",
  ok: "info",
};

/** The verdict itself, where it is not that all is well. */
export const writePath: FindingRule = {
  id: "write-path",
  group: "writing",
  runbook: "emergency-failover",
  find({ picture: { writePath: path } }) {
    if (path.state === "ok" || path.code === "starting") return [];
    const evidence = path.witnesses
      .filter(({ verdict }) => verdict === "agree" || verdict === "disagree")
      .map(({ text, sourceIds }) => ({ text, sourceId: sourceIds[0] ?? null }));
    return [{ severity: SEVERITY[path.state], subject: CLUSTER, key: path.code, text: path.message, evidence }];
  },
  explains: (_own, other) => other.rule === "witness-disagrees",
};
