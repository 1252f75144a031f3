import { type Evidence, type MemberEvidence, sourceId } from "../evidence/evidence";
import { portOf } from "../evidence/places";
import type { MemberName } from "../ids";
import { message, selector } from "../message";
import type { HaproxyNodeView, MemberWitness, PgbouncerView, VipView } from "../snapshot";
import { receivingServers } from "../snapshot/haproxy";
import { holderMember } from "../vip/route";
import { absentClaim, blindClaim, type Claim, muteClaim } from "./claim";

/**
 * Members whose PgBouncer is on the write path: where the HAProxy write pools send sessions, or, without HAProxy, where
 * the VIP is. A pool whose addresses show another port than PgBouncer's goes past it.
 */
export function pgbouncersOnPath(
  evidence: Evidence,
  nodes: readonly HaproxyNodeView[],
  vip: VipView | null,
): readonly MemberName[] {
  if (nodes.length === 0) {
    const member = holderMember(vip, evidence);
    return member ? [member] : [];
  }
  const port = evidence.spec.pgbouncer?.port ?? null;
  const servers = nodes.flatMap((n) => (n.trust === "fresh" && n.write ? receivingServers(n.write) : []));
  const through = servers.filter((s) => portOf(s.address) === null || portOf(s.address) === port);
  return [...new Set(through.flatMap((s) => evidence.places.byServer(s) ?? []))];
}

/** Where PgBouncer on the routed hosts sends sessions. */
export function pgbouncerClaim(
  evidence: Evidence,
  views: readonly PgbouncerView[],
  nodes: readonly HaproxyNodeView[],
  vip: VipView | null,
): Claim {
  if (!evidence.spec.pgbouncer) return absentClaim("pgbouncer", message("domain.witness.not-configured"));
  const path = pgbouncersOnPath(evidence, nodes, vip);
  const onPath = views.filter((v) => path.includes(v.member));
  const sourceIds = onPath.map((v) => sourceId("pgbouncer", v.member));
  const fresh = onPath.filter((v) => v.trust === "fresh");
  const [first] = fresh;
  if (fresh.length < onPath.length) {
    return blindClaim("pgbouncer", message("domain.witness.pgbouncer.unseen"), sourceIds);
  }
  const untold = fresh.some((v) => targetMember(v) === null && v.target.kind !== "mixed");
  if (!first) return muteClaim("pgbouncer", message("domain.witness.pgbouncer.untold"), sourceIds);
  // Behind a wildcard entry (`* = host=…`) the console lists a database only once a client has used it.
  const unused = fresh.find((v) => v.target.kind === "unknown");
  if (unused) {
    return muteClaim("pgbouncer", message("domain.witness.pgbouncer.unused", { member: unused.member }), sourceIds);
  }
  if (untold) return muteClaim("pgbouncer", message("domain.witness.pgbouncer.untold"), sourceIds);
  const points = [...new Set(fresh.flatMap((v) => targetMember(v) ?? []))];
  const paused = fresh.find((v) => v.paused === true);
  const mixed = fresh.find((v) => v.target.kind === "mixed");
  return {
    layer: "pgbouncer",
    standing: "speaks",
    blind: false,
    points,
    astray: paused !== undefined || mixed !== undefined,
    text: paused
      ? message("domain.witness.pgbouncer.paused", { member: paused.member })
      : mixed
        ? message("domain.witness.pgbouncer.mixed", { member: mixed.member })
        : message("domain.witness.pgbouncer.sends", { member: first.member, target: points[0] ?? "?" }),
    rests: fresh.flatMap((v) => (v.at ? [Date.parse(v.at)] : [])),
    sourceIds,
  };
}

/** The member that a PgBouncer sends sessions to; null for an address that is no member's, or several. */
export function targetMember(view: PgbouncerView): MemberName | null {
  if (view.target.kind === "local") return view.member;
  return view.target.kind === "member" ? (view.target.name as MemberName) : null;
}

export function pgbouncerWitness(
  member: MemberEvidence,
  evidence: Evidence,
  views: readonly PgbouncerView[],
  path: readonly MemberName[],
): MemberWitness {
  const own = views.find((v) => v.member === member.name);
  if (!evidence.spec.pgbouncer || !own) {
    const text = message("domain.witness.not-configured");
    return { layer: "pgbouncer", says: "n/a", trust: "n/a", at: null, text, sourceId: null };
  }
  const base = {
    layer: "pgbouncer",
    trust: own.trust,
    at: own.at,
    sourceId: sourceId("pgbouncer", member.name),
  } as const;
  if (own.trust !== "fresh") {
    return {
      ...base,
      says: "unknown",
      text: message("domain.witness.unseen", { failure: selector(own.failure?.kind ?? "none") }),
    };
  }
  const led = views.filter((v) => path.includes(v.member) && v.trust === "fresh").map(targetMember);
  const says = led.includes(member.name) ? "writer" : led.length > 0 ? "other" : "n/a";
  const { kind, name } = own.target;
  return { ...base, says, text: message("domain.witness.pgbouncer.own", { kind, target: name ?? "?" }) };
}
