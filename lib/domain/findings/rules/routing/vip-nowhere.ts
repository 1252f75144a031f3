import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** Nobody holds the VIP. */
export const vipNowhere: FindingRule = {
  id: "vip-nowhere",
  group: "routing",
  runbook: "routing-failure",
  find({ picture: { vip } }) {
    if (vip?.trust !== "fresh" || vip.holders.length > 0 || vip.answers !== false) return [];
    const evidence = [{ text: vip.text, sourceId: `vip:${vip.address}` }];
    return [{ severity: "critical", subject: subject("vip", vip.address), text: vip.text, evidence }];
  },
};
