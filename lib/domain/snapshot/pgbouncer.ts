import { atOf, type Evidence, failureOf, lastOf, type MemberEvidence, trustOf } from "../evidence/evidence";
import { hostOf, type Places } from "../evidence/places";
import type { PgbouncerDatabase, PgbouncerPool } from "../facts";
import { instant } from "../ids";
import type { PgbouncerView } from "../snapshot";

type Target = PgbouncerView["target"];

const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);

/** One row a member that has a PgBouncer, by the last answers of its admin console. */
export function viewPgbouncer(evidence: Evidence): PgbouncerView[] {
  if (!evidence.spec.pgbouncer) return [];
  return evidence.members.map((member) => viewOne(member, evidence.places));
}

function viewOne(member: MemberEvidence, places: Places): PgbouncerView {
  const known = member.pgbouncer;
  const facts = lastOf(known);
  const databases = (facts?.databases ?? []).filter((d) => d.name !== "pgbouncer");
  const at = atOf(known);
  const sum = (pick: (pool: PgbouncerPool) => number) =>
    facts ? facts.pools.reduce((n, pool) => n + pick(pool), 0) : null;
  return {
    member: member.name,
    trust: trustOf(known),
    at: at === null ? null : instant(at),
    failure: failureOf(known),
    version: facts?.version ?? null,
    pools: facts?.pools ?? [],
    clientsActive: sum((pool) => pool.clientsActive),
    clientsWaiting: sum((pool) => pool.clientsWaiting),
    maxWaitMs: facts ? Math.max(0, ...facts.pools.map((pool) => pool.maxWaitMs)) : null,
    paused: facts && (facts.allPaused === true || databases.some((d) => d.paused)),
    target: targetOf(databases, member, places),
  };
}

/** Where the databases lead to, taken together; `mixed` when they do not all lead to one place. */
export function targetOf(
  databases: readonly PgbouncerDatabase[],
  member: Pick<MemberEvidence, "name" | "host">,
  places: Places,
): Target {
  const targets = new Map(databases.map((d) => targetOfOne(d, member, places)).map((t) => [`${t.kind}:${t.name}`, t]));
  const [only, ...others] = targets.values();
  if (!only) return { kind: "unknown", name: null };
  return others.length > 0 ? { kind: "mixed", name: null } : only;
}

function targetOfOne(
  database: PgbouncerDatabase,
  member: Pick<MemberEvidence, "name" | "host">,
  places: Places,
): Target {
  const host = hostOf(database.host);
  if (host === null || host.startsWith("/") || LOCAL.has(host)) return { kind: "local", name: member.name };
  const target = places.byHost(host, database.port) ?? places.byName(host);
  if (target === member.name) return { kind: "local", name: member.name };
  return target ? { kind: "member", name: target } : { kind: "elsewhere", name: database.host };
}
