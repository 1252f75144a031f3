import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { answering, restsOn } from "./views";

/**
 * etcd keeps changing its leader: a slow disk, a slow network or a starved host, and Patroni's leases hang on it. No runbook: what is slow
 * has to be found on the hosts, and no two cases go alike.
 */
export const dcsElections: FindingRule = {
  id: "dcs-elections",
  group: "dcs",
  runbook: null,
  find({ picture, watch, limits }) {
    const alive = answering(picture);
    // One election may show in both, and a term that gave the same leader again only in the second.
    const changes = ["dcs-leader", "dcs-term"].map((what) => watch.changes[what]?.length ?? 0);
    const count = Math.max(...changes);
    if (alive.length === 0 || count < limits.dcsElections) return [];
    const text = message("finding.dcs-elections.text", { count });
    return [{ severity: "warn", subject: subject("dcs", "dcs"), text, evidence: restsOn(alive, () => text) }];
  },
};
