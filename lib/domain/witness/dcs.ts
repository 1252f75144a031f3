import { type Evidence, type MemberEvidence, sourceId } from "../evidence/evidence";
import { instant } from "../ids";
import { message } from "../message";
import type { MemberWitness } from "../snapshot";
import { blindClaim, type Claim } from "./claim";

const idOf = (evidence: Evidence) =>
  sourceId(evidence.spec.dcs.readAs === "etcd3" ? "dcs" : "patroni-cluster", evidence.spec.scope);

/** The leader key. */
export function dcsClaim(evidence: Evidence): Claim {
  const { leaderKey } = evidence;
  const sourceIds = [idOf(evidence)];
  if (leaderKey.state === "unknown") return blindClaim("dcs", message("domain.witness.dcs.unseen"), sourceIds);
  const held = leaderKey.state === "held";
  return {
    layer: "dcs",
    standing: "speaks",
    blind: false,
    points: held ? [leaderKey.name] : [],
    astray: false,
    text: held ? message("domain.witness.dcs.held", { member: leaderKey.name }) : message("domain.witness.dcs.absent"),
    rests: [leaderKey.at],
    sourceIds,
  };
}

export function dcsWitness(member: MemberEvidence, evidence: Evidence): MemberWitness {
  const { leaderKey, dcs } = evidence;
  const base = { layer: "dcs", sourceId: idOf(evidence) } as const;
  if (leaderKey.state === "unknown") {
    const at = dcs.state === "unknown" ? null : instant(dcs.at);
    return { ...base, says: "unknown", trust: dcs.state, at, text: message("domain.witness.dcs.unseen") };
  }
  const holds = leaderKey.state === "held" && leaderKey.name === member.name;
  return {
    ...base,
    says: holds ? "writer" : "other",
    trust: "fresh",
    at: instant(leaderKey.at),
    text: message(holds ? "domain.witness.dcs.holds" : "domain.witness.dcs.holds-not"),
  };
}
