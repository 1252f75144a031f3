import { type Evidence, failureOf, type MemberEvidence, sourceId } from "../evidence/evidence";
import { instant } from "../ids";
import { message, selector } from "../message";
import type { MemberWitness } from "../snapshot";
import { absentClaim, blindClaim, type Claim } from "./claim";

/** `pg_is_in_recovery()` on every member that we reach. */
export function postgresClaim(evidence: Evidence): Claim {
  if (!evidence.spec.postgres) return absentClaim("postgres", message("domain.witness.not-configured"));
  const fresh = evidence.members.flatMap((m) =>
    m.postgres.state === "fresh" ? [{ name: m.name, at: m.postgres.at, open: !m.postgres.value.inRecovery }] : [],
  );
  const open = fresh.filter((m) => m.open);
  const [first, second] = open;
  const unseen = evidence.members.length - fresh.length;
  // No writable server among those that we see proves nothing while others are out of sight.
  if (!first && (unseen > 0 || fresh.length === 0)) {
    return blindClaim("postgres", message("domain.witness.postgres.unseen", { seen: fresh.length, unseen }));
  }
  return {
    layer: "postgres",
    standing: "speaks",
    blind: false,
    points: open.map((m) => m.name),
    astray: false,
    text: !first
      ? message("domain.witness.postgres.none", { seen: fresh.length })
      : second
        ? message("domain.witness.postgres.several", { a: first.name, b: second.name, more: open.length - 2 })
        : message("domain.witness.postgres.one", { member: first.name, others: fresh.length - 1, unseen }),
    rests: open.length > 0 ? open.map((m) => m.at) : fresh.map((m) => m.at),
    sourceIds: fresh.map((m) => sourceId("postgres", m.name)),
  };
}

export function postgresWitness(member: MemberEvidence, evidence: Evidence): MemberWitness {
  const known = member.postgres;
  const base = { layer: "postgres", sourceId: sourceId("postgres", member.name) } as const;
  if (!evidence.spec.postgres) {
    const text = message("domain.witness.not-configured");
    return { ...base, says: "n/a", trust: "n/a", at: null, text, sourceId: null };
  }
  if (known.state !== "fresh") {
    const at = known.state === "stale" ? instant(known.at) : null;
    const text = message("domain.witness.unseen", { failure: selector(failureOf(known)?.kind ?? "none") });
    return { ...base, says: "unknown", trust: known.state, at, text };
  }
  const { inRecovery, timeline } = known.value;
  const key = inRecovery ? "domain.witness.postgres.in-recovery" : "domain.witness.postgres.not-in-recovery";
  return {
    ...base,
    says: inRecovery ? "other" : "writer",
    trust: "fresh",
    at: instant(known.at),
    text: message(key, { timeline: timeline ?? "?" }),
  };
}
