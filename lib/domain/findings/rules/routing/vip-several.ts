import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { saysTheSame } from "./causes";

/** A holder that hands the address over may answer for a moment longer, in ms. */
const OVERLAP_MS = 5_000;

/** The VIP on two hosts at once: clients end up on either. */
export const vipSeveral: FindingRule = {
  id: "vip-several",
  group: "routing",
  runbook: "routing-failure",
  find({ picture: { vip } }) {
    if (vip?.trust !== "fresh" || vip.holders.length < 2) return [];
    const sourceId = `vip:${vip.address}`;
    const evidence = vip.probes.map(({ text }) => ({ text, sourceId }));
    return [
      {
        severity: "critical",
        subject: subject("vip", vip.address),
        text: vip.text,
        evidence,
        holdMs: OVERLAP_MS,
      },
    ];
  },
  explains: (own, other) => saysTheSame(own, other, "vip", ["vip-elsewhere"]),
};
