import type { FindingRule } from "../../rule";
import { subject } from "../../subject";

/** The VIP on two hosts at once: clients end up on either. */
export const vipSeveral: FindingRule = {
  id: "vip-several",
  group: "routing",
  runbook: "routing-failure",
  find({ picture: { vip } }) {
    if (vip?.trust !== "fresh" || vip.holders.length < 2) return [];
    const evidence = [{ text: vip.text, sourceId: `vip:${vip.address}` }];
    return [{ severity: "critical", subject: subject("vip", vip.address), text: vip.text, evidence }];
  },
};
