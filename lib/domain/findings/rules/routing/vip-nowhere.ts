import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { lacksWriter, saysTheSame } from "./causes";
import { HANDOVER_HOLD_MS } from "./pools";

/** Nobody holds the VIP. Where it follows the leader it is nowhere for some seconds of each handover. */
export const vipNowhere: FindingRule = {
  id: "vip-nowhere",
  group: "routing",
  runbook: "routing-failure",
  find({ picture: { vip } }) {
    if (vip?.trust !== "fresh" || vip.holders.length > 0 || vip.answers !== false) return [];
    const sourceId = `vip:${vip.address}`;
    const evidence = vip.probes.map(({ text }) => ({ text, sourceId }));
    return [
      {
        severity: "critical",
        subject: subject("vip", vip.address),
        text: vip.text,
        evidence,
        holdMs: HANDOVER_HOLD_MS,
      },
    ];
  },
  explains: (own, other) => saysTheSame(own, other, "vip", ["vip-nowhere"]),
  followsFrom: (own, cause, { vip }) => vip?.follows === "leader" && lacksWriter(own, cause),
};
