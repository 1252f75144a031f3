import { booleanOf } from "../../../configuration/quantity";
import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { synchronousMode } from "../../../preflight/checks/look";
import { isStandbyCluster } from "../../../snapshot/member-role";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

/** Patroni names another synchronous standby within a loop or two. */
const HOLD_MS = 25_000;

/** Synchronous mode is on and no standby is synchronous: what is committed now is on the leader alone, or waits. */
export const noSyncStandby: FindingRule = {
  id: "no-sync-standby",
  group: "writing",
  runbook: "replica-broken",
  find({ evidence, state }) {
    const view = freshOf(evidence.dcs);
    if (!view?.leader || isStandbyCluster(view)) return [];
    const mode = synchronousMode(view);
    if ((mode !== "on" && mode !== "quorum") || (view.sync?.standbys.length ?? 0) > 0) return [];
    const isStrict = booleanOf(view.config?.synchronous_mode_strict ?? false) === true;
    const text = message("finding.no-sync-standby.text", { strict: isStrict ? "yes" : "no" });
    const rests = [{ text, sourceId: sourceId(state.dcs.source, state.dcs.target) }];
    const severity = isStrict ? "critical" : "warn";
    return [{ severity, subject: CLUSTER, text, evidence: rests, holdMs: HOLD_MS }];
  },
};
