import { atOf, type Evidence, freshOf, trustOf } from "../evidence/evidence";
import { instant } from "../ids";
import { message } from "../message";
import type { Snapshot, VipView } from "../snapshot";
import { resolveVipHolder, type VipCandidate } from "../vip/resolve-holder";

/** The VIP as shown; `since` is when we first saw this holder, kept while it stays the same. */
export function viewVip(evidence: Evidence, previous: Snapshot | null): VipView | null {
  const { spec, vip } = evidence;
  if (!spec.vip || !vip) return null;
  const { address, follows } = spec.vip;
  const at = atOf(vip);
  if (vip.state === "unknown") {
    const text = message("domain.vip.not-seen", { address });
    const nothing = { holders: [], method: null, answers: null, since: null, probes: [] } as const;
    return { address, follows, trust: "unknown", at: null, text, ...nothing };
  }
  const resolved = resolveVipHolder(vip.value, {
    scope: spec.scope,
    candidates: candidates(evidence),
    places: evidence.places,
  });
  const was = previous?.vip ?? null;
  const same = was !== null && was.since !== null && was.holders.join("\n") === resolved.holders.join("\n");
  const since = resolved.holders.length === 0 || at === null ? null : same ? was.since : instant(at);
  return { address, follows, trust: trustOf(vip), at: at === null ? null : instant(at), since, ...resolved };
}

function candidates(evidence: Evidence): VipCandidate[] {
  return evidence.members.map((m) => ({
    name: m.name,
    host: m.host,
    postmasterStartTime: freshOf(m.patroni)?.postmasterStartTime ?? freshOf(m.postgres)?.postmasterStartTime ?? null,
  }));
}
