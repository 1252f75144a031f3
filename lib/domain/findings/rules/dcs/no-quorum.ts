import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** The DCS cannot decide anything: Patroni demotes its leader unless its failsafe mode holds it up. */
export const dcsNoQuorum: FindingRule = {
  id: "dcs-no-quorum",
  group: "dcs",
  runbook: "no-leader",
  find({ picture: { dcs } }) {
    if (dcs.hasQuorum !== false) return [];
    const evidence = dcs.members.map(({ endpoint, failure }) => ({
      text: message("finding.dcs-no-quorum.member", { endpoint, failed: failure ? "yes" : "no" }),
      sourceId: `dcs-member:${endpoint}`,
    }));
    return [
      { severity: "critical", subject: subject("dcs", "dcs"), text: message("finding.dcs-no-quorum.text"), evidence },
    ];
  },
};
