import { type Evidence, freshOf } from "../evidence/evidence";
import { type Instant, instant, type MemberName } from "../ids";
import type { Snapshot } from "../snapshot";
import { timelineOf } from "./member-role";

/**
 * The holder of the leader key by a fresh view; null when the key is absent *or* out of sight (the DCS section tells which).
 * `since` is Patroni's own time of the promotion where its history ends with this leader, else when we first saw it lead.
 */
export function viewLeader(evidence: Evidence): Snapshot["leader"] {
  const { leaderKey, byName } = evidence;
  if (leaderKey.state !== "held") return null;
  const member = byName.get(leaderKey.name);
  const since = promotedAt(evidence, leaderKey.name) ?? instant(leaderKey.since);
  return { name: leaderKey.name, since, timeline: member ? timelineOf(member, evidence) : null };
}

function promotedAt(evidence: Evidence, leader: MemberName): Instant | null {
  const newest = freshOf(evidence.dcs)?.history.reduce<{
    timeline: number;
    at: Instant | null;
    who: MemberName | null;
  }>(
    (last, entry) =>
      entry.timeline >= last.timeline ? { timeline: entry.timeline, at: entry.at, who: entry.newLeader } : last,
    { timeline: -1, at: null, who: null },
  );
  return newest?.who === leader ? newest.at : null;
}
