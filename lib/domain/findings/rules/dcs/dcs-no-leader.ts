import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { answering, followsFromLostDcs, knowsLeader, restsOn } from "./views";

/** An election takes a second or two; one that fails is tried again after another. */
const HOLD_MS = 10_000;

/** Members of etcd answer, and not one of them knows a leader. */
export const dcsNoLeader: FindingRule = {
  id: "dcs-no-leader",
  group: "dcs",
  runbook: "no-leader",
  find({ picture }) {
    const alive = answering(picture);
    if (alive.length === 0 || alive.some(knowsLeader)) return [];
    const text = message("finding.dcs-no-leader.text", { alive: alive.length, count: picture.dcs.members.length });
    const evidence = restsOn(alive, () => text);
    return [{ severity: "critical", subject: subject("dcs", "dcs"), text, evidence, holdMs: HOLD_MS }];
  },
  explains: (_own, other) => followsFromLostDcs(other),
};
