import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { isOneOf } from "./causes";

const WITHIN_MS = 600_000;

/** The VIP keeps changing hosts, more often than the leader does that it follows. Each move cuts every session. */
export const vipFlapping: FindingRule = {
  id: "vip-flapping",
  group: "routing",
  runbook: "routing-failure",
  find({ picture: { vip }, watch: { changes }, limits, now }) {
    if (vip?.trust !== "fresh") return [];
    const lately = (what: string) => (changes[what] ?? []).filter((at) => now - Date.parse(at) <= WITHIN_MS).length;
    const wanted = vip.follows === "leader" ? lately("leader") : 0;
    const moves = lately("vip-holder") - wanted;
    if (moves < limits.vipMoves) return [];
    const text = message("finding.vip-flapping.text", { address: vip.address, moves, minutes: WITHIN_MS / 60_000 });
    const evidence = [
      { text, sourceId: null },
      { text: vip.text, sourceId: `vip:${vip.address}` },
    ];
    return [{ severity: "warn", subject: subject("vip", vip.address), text, evidence }];
  },
  explains: (_own, other) => isOneOf(other, "vip-misplaced") && other.severity !== "critical",
};
