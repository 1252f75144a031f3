import { message } from "../../../message";
import type { FindingDraft, FindingRule } from "../../rule";
import { answering, type EtcdMemberView, knowsLeader, ofEtcd, sourceOf } from "./views";

/** etcd itself refuses writes at 5000 entries that are committed and not applied. */
const BACKLOG_MIN = 1_000;
const HOLD_MS = 20_000;

/** A member of etcd that answers and is not up to date: it applies too slowly, or knows no leader while others follow one. */
export const dcsBehind: FindingRule = {
  id: "dcs-behind",
  group: "dcs",
  runbook: "node-returns",
  find({ picture }) {
    const alive = answering(picture);
    const isLed = alive.some(knowsLeader);
    return alive.flatMap((member): FindingDraft[] => {
      const why = whyBehind(member, isLed);
      if (why === null) return [];
      const text = message("finding.dcs-behind.text", { endpoint: member.endpoint, why });
      const evidence = [{ text, sourceId: sourceOf(member) }];
      return [{ severity: "warn", subject: ofEtcd(member, picture), text, evidence, holdMs: HOLD_MS }];
    });
  },
};

function whyBehind(member: EtcdMemberView, isLed: boolean): "alone" | "backlog" | null {
  if (isLed && !knowsLeader(member)) return "alone";
  return (member.raftBacklog ?? 0) >= BACKLOG_MIN ? "backlog" : null;
}
