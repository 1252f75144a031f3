import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";
import { saysTheSame } from "./verdict";

/** In an orderly switchover the key changes hands within a second or two. */
const HOLD_MS = 5_000;

/** Nobody holds the leader key. A lost view of the DCS is not this. */
export const noLeader: FindingRule = {
  id: "no-leader",
  group: "writing",
  runbook: "no-leader",
  find({ evidence: { leaderKey, dcs }, state }) {
    if (leaderKey.state !== "absent") return [];
    const paused = freshOf(dcs)?.pause === true ? "yes" : "no";
    const text = message("finding.no-leader.text", { paused });
    const evidence = [{ text, sourceId: sourceId(state.dcs.source, state.dcs.target) }];
    return [{ severity: "critical", subject: CLUSTER, text, evidence, holdMs: HOLD_MS }];
  },
  explains: (own, other) => saysTheSame(own, other, ["no-leader", "paused-no-leader"]),
};
