import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

/** A DCS that hiccups for one loop puts Patroni into it and out of it again. */
const HOLD_MS = 5_000;

/** Patroni lost its DCS, and its failsafe mode alone holds the leader up. */
export const failsafeActive: FindingRule = {
  id: "failsafe-active",
  group: "writing",
  runbook: "no-leader",
  find({ evidence }) {
    const active = evidence.members.filter(({ patroni }) => freshOf(patroni)?.failsafeActive === true);
    if (active.length === 0) return [];
    const text = message("finding.failsafe-active.text", { count: active.length, of: evidence.members.length });
    const rests = active.map(({ name }) => ({ text, sourceId: sourceId("patroni", name) }));
    return [{ severity: "warn", subject: CLUSTER, text, evidence: rests, holdMs: HOLD_MS }];
  },
  followsFrom: (_own, other) => other.rule === "dcs-no-leader",
};
