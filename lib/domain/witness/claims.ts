import type { ClientEyeView } from "../client-eye/types";
import type { Evidence } from "../evidence/evidence";
import { instant, type MemberName } from "../ids";
import type { HaproxyNodeView, PgbouncerView, VipView, Witness } from "../snapshot";
import { type Claim, pointOf, verdictOf } from "./claim";
import { clientClaim } from "./client";
import { dcsClaim } from "./dcs";
import { haproxyClaim } from "./haproxy";
import { patroniClaim } from "./patroni";
import { pgbouncerClaim } from "./pgbouncer";
import { postgresClaim } from "./postgres";
import { vipClaim } from "./vip";

/** Every layer's claim, in the order of the topology from the client down. */
export function gatherClaims(
  evidence: Evidence,
  haproxy: readonly HaproxyNodeView[],
  pgbouncer: readonly PgbouncerView[],
  vip: VipView | null,
  clientEye: ClientEyeView | null,
): readonly Claim[] {
  return [
    clientClaim(evidence, clientEye),
    vipClaim(evidence, vip, haproxy),
    haproxyClaim(evidence, haproxy, vip),
    pgbouncerClaim(evidence, pgbouncer, haproxy, vip),
    postgresClaim(evidence),
    patroniClaim(evidence),
    dcsClaim(evidence),
  ];
}

/** The claims as witnesses of what the verdict says about `reference`. */
export function toWitnesses(claims: readonly Claim[], reference: MemberName | null): readonly Witness[] {
  return claims.map((claim) => ({
    layer: claim.layer,
    verdict: verdictOf(claim, reference),
    points: pointOf(claim),
    text: claim.text,
    at: claim.rests.length > 0 ? instant(Math.min(...claim.rests)) : null,
    sourceIds: claim.sourceIds,
  }));
}
