import { type Evidence, type MemberEvidence, sourceId } from "../evidence/evidence";
import { message } from "../message";
import type { HaproxyNodeView, MemberWitness, VipView } from "../snapshot";
import { freshHolder, holderMember, holderNode, memberAt } from "../vip/route";
import { absentClaim, blindClaim, type Claim, muteClaim } from "./claim";

/**
 * The VIP. Where it is meant to follow the leader it points to the member on its host; where it follows HAProxy it points
 * to where the HAProxy on its host sends writes, because any healthy HAProxy may hold it.
 */
export function vipClaim(evidence: Evidence, vip: VipView | null, nodes: readonly HaproxyNodeView[]): Claim {
  if (!vip) return absentClaim("vip", message("domain.witness.not-configured"));
  const sourceIds = [sourceId("vip", vip.address)];
  if (vip.trust !== "fresh" || evidence.vip?.state !== "fresh") {
    return blindClaim("vip", message("domain.vip.not-seen", { address: vip.address }), sourceIds);
  }
  const spoken = {
    layer: "vip",
    standing: "speaks",
    blind: false,
    text: vip.text,
    rests: [evidence.vip.at],
    sourceIds,
  } as const;
  if (vip.holders.length > 1) {
    return { ...spoken, points: vip.holders.flatMap((h) => memberAt(h, evidence) ?? []), astray: true };
  }
  const foreign = vip.holders.length === 0 && vip.method !== null;
  if (vip.answers === false || foreign) return { ...spoken, points: [], astray: true };
  if (freshHolder(vip) === null) return muteClaim("vip", vip.text, sourceIds);
  if (vip.follows === "haproxy") {
    const node = holderNode(vip, nodes, evidence);
    const target = node?.trust === "fresh" && node.write && node.writesTo.length === 1 ? node.writesTo[0] : undefined;
    const member = target === undefined ? null : evidence.places.byName(target);
    return member ? { ...spoken, points: [member], astray: false } : muteClaim("vip", vip.text, sourceIds);
  }
  const member = holderMember(vip, evidence);
  return { ...spoken, points: member ? [member] : [], astray: member === null };
}

export function vipWitness(member: MemberEvidence, evidence: Evidence, vip: VipView | null): MemberWitness {
  if (!vip) {
    const text = message("domain.witness.not-configured");
    return { layer: "vip", says: "n/a", trust: "n/a", at: null, text, sourceId: null };
  }
  const base = { layer: "vip", trust: vip.trust, at: vip.at, sourceId: sourceId("vip", vip.address) } as const;
  const holds = vip.holders.some((h) => memberAt(h, evidence) === member.name);
  const key = holds ? "domain.witness.vip.here" : "domain.witness.vip.elsewhere";
  if (vip.trust !== "fresh" || vip.holders.length === 0) return { ...base, says: "unknown", text: vip.text };
  // A VIP that follows HAProxy says nothing of the role of the member beside it.
  const says = vip.follows === "haproxy" ? "n/a" : holds ? "writer" : "other";
  return { ...base, says, text: message(key, { method: vip.method ?? "none" }) };
}
