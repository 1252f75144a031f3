import { type Evidence, failureOf, type MemberEvidence, sourceId } from "../evidence/evidence";
import { instant } from "../ids";
import { message, selector } from "../message";
import type { MemberWitness } from "../snapshot";
import { blindClaim, type Claim } from "./claim";

/** The role that each member's own REST API states. */
export function patroniClaim(evidence: Evidence): Claim {
  const fresh = evidence.members.flatMap((m) =>
    m.patroni.state === "fresh" ? [{ name: m.name, at: m.patroni.at, status: m.patroni.value }] : [],
  );
  const primaries = fresh.filter((m) => m.status.role === "primary" && m.status.state === "running");
  const [first, second] = primaries;
  const unseen = evidence.members.length - fresh.length;
  if (!first && (unseen > 0 || fresh.length === 0)) {
    return blindClaim("patroni", message("domain.witness.patroni.unseen", { seen: fresh.length, unseen }));
  }
  return {
    layer: "patroni",
    standing: "speaks",
    blind: false,
    points: primaries.map((m) => m.name),
    astray: false,
    text: !first
      ? message("domain.witness.patroni.none", { seen: fresh.length })
      : second
        ? message("domain.witness.patroni.several", { a: first.name, b: second.name, more: primaries.length - 2 })
        : message("domain.witness.patroni.one", { member: first.name, others: fresh.length - 1, unseen }),
    rests: primaries.length > 0 ? primaries.map((m) => m.at) : fresh.map((m) => m.at),
    sourceIds: fresh.map((m) => sourceId("patroni", m.name)),
  };
}

export function patroniWitness(member: MemberEvidence): MemberWitness {
  const known = member.patroni;
  const base = { layer: "patroni", sourceId: sourceId("patroni", member.name) } as const;
  if (known.state !== "fresh") {
    const at = known.state === "stale" ? instant(known.at) : null;
    const text = message("domain.witness.unseen", { failure: selector(failureOf(known)?.kind ?? "none") });
    return { ...base, says: "unknown", trust: known.state, at, text };
  }
  const { role, state } = known.value;
  const says = role === "primary" && state === "running" ? "writer" : role === "unknown" ? "unknown" : "other";
  return {
    ...base,
    says,
    trust: "fresh",
    at: instant(known.at),
    text: message("domain.witness.patroni.says", { role: selector(role), state: selector(state) }),
  };
}
