import { type Evidence, freshOf } from "../evidence/evidence";
import type { Snapshot } from "../snapshot";

type Scheduled = Snapshot["scheduled"];

/** What Patroni will do by itself at a set time, soonest first. */
export function viewScheduled(evidence: Evidence): Scheduled {
  const view = freshOf(evidence.dcs);
  if (!view) return [];
  const key = view.failover;
  const switchover: Scheduled =
    key?.scheduledAt && Date.parse(key.scheduledAt) > evidence.now
      ? [{ kind: "switchover", at: key.scheduledAt, from: key.leader, to: key.candidate }]
      : [];
  const restarts: Scheduled = view.members.flatMap((m) =>
    m.scheduledRestart ? [{ kind: "restart" as const, at: m.scheduledRestart, from: m.name, to: null }] : [],
  );
  return [...switchover, ...restarts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
