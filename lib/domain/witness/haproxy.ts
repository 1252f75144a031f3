import { atOf, type Evidence, freshOf, type MemberEvidence, sourceId } from "../evidence/evidence";
import { instant, type MemberName } from "../ids";
import { message } from "../message";
import type { HaproxyNodeView, MemberWitness, Trust, VipView } from "../snapshot";
import { holderNode } from "../vip/route";
import { absentClaim, blindClaim, type Claim, muteClaim } from "./claim";

const NO_POOL = message("domain.witness.haproxy.no-pool");

/**
 * The write pools. Every fresh node has a say, and the node behind the VIP must be among those that we see: a path whose
 * first step is out of sight is not called right because another node is.
 */
export function haproxyClaim(evidence: Evidence, nodes: readonly HaproxyNodeView[], vip: VipView | null): Claim {
  const { spec, places } = evidence;
  if (!spec.haproxy || nodes.length === 0) return absentClaim("haproxy", message("domain.witness.not-configured"));
  if (spec.haproxy.writePool === null) return absentClaim("haproxy", NO_POOL);
  const fresh = nodes.filter((n) => n.trust === "fresh" && n.write !== null);
  const behindVip = holderNode(vip, nodes, evidence);
  const blind = behindVip !== null && !fresh.includes(behindVip);
  const targets = new Set(fresh.flatMap((n) => n.writesTo));
  const points = [...targets].flatMap((t) => places.byName(t) ?? []);
  const empty = fresh.filter((n) => n.writesTo.length === 0).length;
  const sourceIds = nodes.map((n) => sourceId("haproxy", n.name));
  const torn = empty > 0 || targets.size > 1;
  const onlyStrangers = points.length === 0 && targets.size > 0;
  if (onlyStrangers && !blind) {
    return muteClaim(
      "haproxy",
      message("domain.witness.haproxy.strangers", { server: [...targets][0] ?? "?" }),
      sourceIds,
    );
  }
  if (fresh.length === 0 || (blind && !torn)) {
    return blindClaim("haproxy", message("domain.witness.haproxy.unseen", { seen: fresh.length }), sourceIds);
  }
  const [first, second] = [...targets];
  return {
    layer: "haproxy",
    standing: "speaks",
    blind: false,
    points,
    astray: empty > 0 || targets.size > points.length,
    text:
      first === undefined
        ? message("domain.witness.haproxy.empty", { seen: fresh.length })
        : second !== undefined
          ? message("domain.witness.haproxy.several", { a: first, b: second, more: targets.size - 2 })
          : message("domain.witness.haproxy.one", { member: first, seen: fresh.length, empty }),
    rests: evidence.haproxy.flatMap((n) => (n.known.state === "fresh" ? [n.known.at] : [])),
    sourceIds: fresh.map((n) => sourceId("haproxy", n.name)),
  };
}

export function haproxyWitness(
  member: MemberEvidence,
  evidence: Evidence,
  nodes: readonly HaproxyNodeView[],
): MemberWitness {
  const base = { layer: "haproxy", sourceId: null } as const;
  if (!evidence.spec.haproxy || nodes.length === 0) {
    return { ...base, says: "n/a", trust: "n/a", at: null, text: message("domain.witness.not-configured") };
  }
  const seen = evidence.haproxy.filter((n) => freshOf(n.known) !== null);
  const fresh = nodes.filter((n) => n.trust === "fresh" && n.write !== null);
  if (fresh.length === 0) {
    const trust: Trust = nodes.some((n) => n.trust === "stale") ? "stale" : "unknown";
    return { ...base, says: "unknown", trust, at: null, text: message("domain.witness.haproxy.unseen", { seen: 0 }) };
  }
  const here = fresh.filter((n) => sendsTo(n, member.name));
  const oldest = Math.min(...seen.map((n) => atOf(n.known) ?? Number.POSITIVE_INFINITY));
  const first = here[0] ?? fresh[0];
  return {
    layer: "haproxy",
    says: here.length > 0 ? "writer" : "other",
    trust: "fresh",
    at: Number.isFinite(oldest) ? instant(oldest) : null,
    text: message("domain.witness.haproxy.member", { sending: here.length, seen: fresh.length }),
    sourceId: first ? sourceId("haproxy", first.name) : null,
  };
}

const sendsTo = (node: HaproxyNodeView, name: MemberName): boolean => node.writesTo.includes(name);
