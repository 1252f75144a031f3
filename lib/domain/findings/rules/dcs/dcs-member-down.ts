import { message, selector } from "../../../message";
import type { FindingRule } from "../../rule";
import { answering, isBarred, ofEtcd, sourceOf } from "./views";

/** A restart of etcd takes some seconds. */
const HOLD_MS = 10_000;

/** A member of etcd that does not answer while others do. From here it cannot be told from one that is cut off from us alone. */
export const dcsMemberDown: FindingRule = {
  id: "dcs-member-down",
  group: "dcs",
  runbook: "node-returns",
  aboutSilence: true,
  find({ picture }) {
    const alive = answering(picture).length;
    if (alive === 0) return [];
    return picture.dcs.members
      .filter((member) => member.trust !== "fresh" && member.failure !== null && !isBarred(member))
      .map((member) => {
        const params = { endpoint: member.endpoint, failure: selector(member.failure?.kind ?? "none"), alive };
        const text = message("finding.dcs-member-down.text", { ...params, count: picture.dcs.members.length });
        return {
          severity: "warn",
          subject: ofEtcd(member, picture),
          text,
          evidence: [{ text, sourceId: sourceOf(member) }],
          holdMs: HOLD_MS,
        };
      });
  },
  explains: (own, other) => other.rule === "source-silent" && other.subject.name === `dcs-member:${own.subject.name}`,
};
