import type { PatroniStatus, PostgresFacts } from "../facts";
import type { EpochMs } from "../ids";
import type { FailureKind, Known, Look } from "../observation";

/**
 * Whether one member's PostgreSQL accepts writes, by fresh evidence only. `startedAt` is when the question was sent: a
 * slow answer may be about any moment between `startedAt` and `at`, and races are decided on the earlier one.
 */
export type Writability =
  | {
      readonly says: "writable" | "not-writable";
      readonly basis: "postgres" | "patroni";
      readonly at: EpochMs;
      readonly startedAt: EpochMs;
      readonly timeline: number | null;
    }
  | { readonly says: "unknown" };

/** Failures that speak of our access and not of the server: Patroni's word may stand in for PostgreSQL's. */
const ACCESS_ONLY: ReadonlySet<FailureKind> = new Set([
  "unauthorized",
  "forbidden",
  "insufficient-privilege",
  "tls",
  "dns",
  "unsupported",
  "malformed",
  "too-large",
]);

const isPrimary = (status: PatroniStatus) => status.role === "primary" && status.state === "running";
/** A role that Patroni did not tell (`unknown`, `uninitialized`) proves nothing while PostgreSQL runs. */
const isNotPrimary = (status: PatroniStatus) =>
  status.state === "running"
    ? status.role !== "primary" && status.role !== "unknown" && status.role !== "uninitialized"
    : status.state !== "unknown";

/**
 * PostgreSQL's own `pg_is_in_recovery()` decides. Patroni stands in only where PostgreSQL is not asked, never answered,
 * or refuses *us*; and a newer Patroni answer that denies an older "writable" wins, because a server that was demoted
 * after we looked must not be called writable.
 */
export function writabilityOf(
  postgres: Known<PostgresFacts>,
  look: Look<PostgresFacts> | undefined,
  patroni: Known<PatroniStatus>,
  patroniTookMs: number,
): Writability {
  const byPatroni = patroniSays(patroni, patroniTookMs);
  if (postgres.state === "fresh") {
    const at = postgres.at;
    const startedAt = at - (look?.good?.tookMs ?? 0);
    const denied = byPatroni.says === "not-writable" && byPatroni.startedAt > at;
    if (!postgres.value.inRecovery && denied) return byPatroni;
    const says = postgres.value.inRecovery ? "not-writable" : "writable";
    return { says, basis: "postgres", at, startedAt, timeline: postgres.value.timeline };
  }
  if (byPatroni.says !== "writable") return byPatroni;
  const standsIn =
    postgres.state === "unknown" || (postgres.failure !== null && ACCESS_ONLY.has(postgres.failure.kind));
  return standsIn ? byPatroni : { says: "unknown" };
}

function patroniSays(patroni: Known<PatroniStatus>, tookMs: number): Writability {
  if (patroni.state !== "fresh") return { says: "unknown" };
  const { value, at } = patroni;
  const base = { basis: "patroni", at, startedAt: at - tookMs, timeline: value.timeline } as const;
  if (isPrimary(value)) return { says: "writable", ...base };
  return isNotPrimary(value) ? { says: "not-writable", ...base } : { says: "unknown" };
}
