import { type Evidence, freshOf } from "../evidence/evidence";
import type { MemberName } from "../ids";

export type Handover = { readonly from: MemberName | null; readonly to: MemberName | null };

/**
 * A failover or switchover that was asked for and is not over: the failover key is there, its time has come, and the
 * candidate does not hold the leader key yet. A key that names another leader than the present one is left over from
 * before; Patroni drops it.
 */
export function pendingHandover(evidence: Evidence): Handover | null {
  const key = freshOf(evidence.dcs)?.failover ?? null;
  if (!key) return null;
  if (key.scheduledAt !== null && Date.parse(key.scheduledAt) > evidence.now) return null;
  const holder = evidence.leaderKey.state === "held" ? evidence.leaderKey.name : null;
  if (holder !== null && key.candidate === holder) return null;
  if (holder !== null && key.leader !== null && key.leader !== holder) return null;
  return { from: key.leader ?? holder, to: key.candidate };
}
