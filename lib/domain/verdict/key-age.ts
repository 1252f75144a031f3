import { type Evidence, freshOf } from "../evidence/evidence";

/** Patroni's default `ttl`, used where the dynamic configuration does not tell. */
const DEFAULT_TTL_SECONDS = 30;

/** True when the leader key changed hands, as far as we saw, within the last TTL. */
export function recentlyChanged(evidence: Evidence): boolean {
  const { leaderKey, now } = evidence;
  if (leaderKey.state === "unknown") return false;
  const ttlMs = (freshOf(evidence.dcs)?.ttlSeconds ?? DEFAULT_TTL_SECONDS) * 1000;
  return now - leaderKey.since <= ttlMs;
}
