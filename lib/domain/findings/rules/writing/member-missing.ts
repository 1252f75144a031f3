import { sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

/** A restart of Patroni leaves the key away for a moment. */
const HOLD_MS = 5_000;

/** A member that was there and whose key is gone from the DCS. */
export const memberMissing: FindingRule = {
  id: "member-missing",
  group: "writing",
  runbook: "node-returns",
  find({ picture, state, evidence }) {
    if (evidence.dcs.state !== "fresh") return [];
    return picture.members
      .filter(({ presence }) => presence === "missing")
      .map(({ name }) => {
        const text = message("finding.member-missing.text", { member: name });
        const rests = [{ text, sourceId: sourceId(state.dcs.source, state.dcs.target) }];
        return { severity: "warn", subject: ofMember(name), text, evidence: rests, holdMs: HOLD_MS };
      });
  },
};
