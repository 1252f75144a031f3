import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { saysTheSame } from "./verdict";
import { ofWriter, openSince } from "./writers";

/** Patroni demotes before it lets the key go; a look may still lag behind by a beat or two. */
const HOLD_MS = 5_000;

/** The leader key is gone, and a server accepts writes all the same: nobody keeps another from being promoted beside it. */
export const expiredKeyWritable: FindingRule = {
  id: "expired-key-writable",
  group: "writing",
  runbook: "split-brain",
  find({ evidence, state }) {
    if (evidence.leaderKey.state !== "absent") return [];
    const isPaused = freshOf(evidence.dcs)?.pause === true;
    return openSince(evidence).map((open) => {
      const params = { member: open.member.name, paused: isPaused ? "yes" : "no" };
      const text = message("finding.expired-key-writable.text", params);
      const rests = [ofWriter(open, text), { text, sourceId: sourceId(state.dcs.source, state.dcs.target) }];
      return { severity: "critical", subject: ofMember(open.member.name), text, evidence: rests, holdMs: HOLD_MS };
    });
  },
  explains: (own, other) => other.rule === "no-leader" || saysTheSame(own, other, ["no-leader", "paused-no-leader"]),
};
