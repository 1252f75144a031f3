import type { Evidence } from "../evidence/evidence";
import { hostOf } from "../evidence/places";
import type { MemberName } from "../ids";
import type { HaproxyNodeView, VipView } from "../snapshot";

/** The one fresh holder of the VIP; null when nobody, several or nothing fresh. */
export function freshHolder(vip: VipView | null): string | null {
  return vip?.trust === "fresh" && vip.holders.length === 1 ? (vip.holders[0] ?? null) : null;
}

/** The member on the VIP holder's host; null when the holder is no member's host. */
export function holderMember(vip: VipView | null, evidence: Pick<Evidence, "places">): MemberName | null {
  const holder = freshHolder(vip);
  return holder === null ? null : memberAt(holder, evidence);
}

/** The HAProxy node on the VIP holder's host, by its name or by the member that it shares a host with. */
export function holderNode(
  vip: VipView | null,
  nodes: readonly HaproxyNodeView[],
  evidence: Pick<Evidence, "places">,
): HaproxyNodeView | null {
  const holder = freshHolder(vip);
  if (holder === null) return null;
  const exact = nodes.find((n) => n.name.toLowerCase() === holder.toLowerCase());
  if (exact) return exact;
  const member = memberAt(holder, evidence);
  return member === null ? null : (nodes.find((n) => memberAt(n.name, evidence) === member) ?? null);
}

/** A member by its name or by its host's name or address. */
export function memberAt(nameOrHost: string, evidence: Pick<Evidence, "places">): MemberName | null {
  return evidence.places.byName(nameOrHost) ?? evidence.places.byHost(hostOf(nameOrHost));
}
