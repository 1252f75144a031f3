import { message } from "../../../message";
import { roughBytes } from "../../amounts";
import type { FindingDraft, FindingRule } from "../../rule";
import { answering, ofEtcd, sourceOf } from "./views";

/** From here on a single busy hour may fill it, and full means that nothing is written any more. */
const CRITICAL_PERCENT = 95;

/**
 * The database of a member of etcd nears its quota. Its file counts, not what of it is in use: only defragmenting makes it smaller. No
 * runbook before it is full: nothing is broken yet, and its text gives the few commands.
 */
export const dcsQuota: FindingRule = {
  id: "dcs-quota",
  group: "dcs",
  runbook: null,
  find({ picture, limits }) {
    return answering(picture).flatMap((member): FindingDraft[] => {
      const { endpoint, dbSizeBytes: size, dbQuotaBytes } = member;
      const quota = dbQuotaBytes || limits.dcsQuotaBytes;
      const percent = size === null ? 0 : Math.floor((100 * size) / quota);
      if (size === null || percent < limits.dcsSizePercent) return [];
      const all = roughBytes(quota);
      const params = { endpoint, percent, quota: all.bytes, quotaUnit: all.unit, told: dbQuotaBytes ? "yes" : "no" };
      const text = message("finding.dcs-quota.text", { ...params, ...roughBytes(size) });
      return [
        {
          severity: percent >= CRITICAL_PERCENT ? "critical" : "warn",
          subject: ofEtcd(member, picture),
          text,
          evidence: [{ text, sourceId: sourceOf(member) }],
        },
      ];
    });
  },
};
