import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

/** A member that was there and whose key is gone from the DCS. */
export const memberMissing: FindingRule = {
  id: "member-missing",
  group: "writing",
  runbook: "node-returns",
  find({ picture, state }) {
    return picture.members
      .filter(({ presence }) => presence === "missing")
      .map(({ name }) => {
        const text = message("finding.member-missing.text", { member: name });
        return { severity: "warn", subject: ofMember(name), text, evidence: [{ text, sourceId: sourceOf(state) }] };
      });
  },
};

const sourceOf = ({ dcs }: { readonly dcs: { readonly source: string; readonly target: string } }): string =>
  `${dcs.source}:${dcs.target}`;
