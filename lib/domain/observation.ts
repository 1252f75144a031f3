import type { EpochMs } from "./ids";

/** The systems that we look at; each has a room of its own under `lib/sources`. */
export const SOURCE_KINDS = [
  "dcs",
  "dcs-member",
  "patroni",
  "patroni-cluster",
  "postgres",
  "postgres-vitals",
  "postgres-sizes",
  "haproxy",
  "pgbouncer",
  "vip",
  "client-eye",
  "backup",
  "basebackup",
  "certificate",
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/**
 * Why a look gave no value. `unreachable` covers refused and unroutable: *from here*, which is another thing than down.
 * `text` is for a person and never carries a secret.
 */
export type FailureKind =
  | "timeout"
  | "refused"
  | "unreachable"
  | "reset"
  | "dns"
  | "tls"
  | "unauthorized"
  | "forbidden"
  | "insufficient-privilege"
  | "starting-up"
  | "no-quorum"
  | "malformed"
  | "too-large"
  | "wrong-identity"
  | "http-status"
  | "unsupported"
  | "aborted"
  | "failed";

export type SourceFailure = { readonly kind: FailureKind; readonly text: string };

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SourceFailure };

/** One answer, or the lack of one, of one system at one address. `observedAt` is when the answer had arrived. */
export type Observation<T> = {
  readonly source: SourceKind;
  /** What was asked, as a key: a member's name, an etcd endpoint, a HAProxy node's name, the VIP's address. */
  readonly target: string;
  readonly observedAt: EpochMs;
  readonly tookMs: number;
  readonly result: Result<T>;
};

/** What is remembered of one target: its last good answer and its last attempt. */
export type Look<T> = {
  readonly source: SourceKind;
  readonly target: string;
  /** The beat at which this target is looked at now, in ms; three of them without an answer make it stale. */
  readonly intervalMs: number;
  readonly good: { readonly value: T; readonly at: EpochMs; readonly tookMs: number } | null;
  readonly last: { readonly at: EpochMs; readonly tookMs: number; readonly failure: SourceFailure | null } | null;
  /** Attempts that failed since the last good one. */
  readonly failures: number;
};

/** A value together with how much it may be trusted now. A stale value is shown, and nothing is concluded from it. */
export type Known<T> =
  | { readonly state: "fresh"; readonly value: T; readonly at: EpochMs; readonly ageMs: number }
  | {
      readonly state: "stale";
      readonly value: T;
      readonly at: EpochMs;
      readonly ageMs: number;
      readonly failure: SourceFailure | null;
    }
  | { readonly state: "unknown"; readonly failure: SourceFailure | null };

/** An observation is stale after three of its own intervals (`DESIGN.md` section 3). */
export const STALE_AFTER_INTERVALS = 3;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = <T = never>(kind: FailureKind, text: string): Result<T> => ({
  ok: false,
  failure: { kind, text },
});

export function emptyLook<T>(source: SourceKind, target: string, intervalMs: number): Look<T> {
  return { source, target, intervalMs, good: null, last: null, failures: 0 };
}

/** Folds one observation into what is remembered; an answer older than the remembered one changes nothing. */
export function remember<T>(look: Look<T>, seen: Observation<T>): Look<T> {
  if (look.last && seen.observedAt < look.last.at) return look;
  const last = {
    at: seen.observedAt,
    tookMs: seen.tookMs,
    failure: seen.result.ok ? null : seen.result.failure,
  };
  if (!seen.result.ok) return { ...look, last, failures: look.failures + 1 };
  return { ...look, last, failures: 0, good: { value: seen.result.value, at: seen.observedAt, tookMs: seen.tookMs } };
}

/**
 * How much a remembered value may be trusted at `now`.
 *
 * A failed attempt after the last good answer makes the value stale at once when the failure proves that the answer no
 * longer holds (`refused`, `reset`, `starting-up`, …): a server that refuses connections is not "writable, two seconds
 * ago". A time-out proves nothing and leaves the value fresh until its age says otherwise.
 */
export function know<T>(look: Look<T> | undefined, now: EpochMs): Known<T> {
  if (!look?.good) return { state: "unknown", failure: look?.last?.failure ?? null };
  const { value, at } = look.good;
  const ageMs = Math.max(0, now - at);
  const failure = look.last?.failure ?? null;
  const disproved = failure !== null && failure.kind !== "timeout" && failure.kind !== "aborted";
  if (disproved || ageMs > look.intervalMs * STALE_AFTER_INTERVALS)
    return { state: "stale", value, at, ageMs, failure };
  return { state: "fresh", value, at, ageMs };
}
