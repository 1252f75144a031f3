import type { EpochMs } from "../ids";
import type { FailureKind, SourceFailure } from "../observation";

/** What one session through the VIP's write port found. */
export type ClientAnswer = {
  /** `read-only`: the server is in recovery, or a session may not write by default. */
  readonly finds: "writable" | "read-only";
  /** `pg_postmaster_start_time()` as Patroni prints it: the fingerprint of the server that answered. */
  readonly postmasterStartTime: string;
  /** Until the session was open (TCP, TLS, logging in), in ms. */
  readonly connectMs: number;
};

/**
 * One look of the client's eye. `startedAt` is when it began and `at` when its outcome was known; looks overlap, so they may
 * end in another order than they began. `result` is ok for every answer, writable or not.
 */
export type ClientOutcome = {
  /** Grows with each look that begins; clocks may be set back, this is not. */
  readonly order: number;
  readonly startedAt: EpochMs;
  readonly at: EpochMs;
  /** By a steady clock, to a tenth of a ms. */
  readonly tookMs: number;
  readonly result:
    | { readonly ok: true; readonly value: ClientAnswer }
    | { readonly ok: false; readonly failure: SourceFailure };
};

/** How often the picture is drawn of it at least, in ms: its looks are more frequent than the pictures. */
export const CLIENT_EYE_BEAT_MS = 1_000;

/**
 * Failures that are about our own access: a client with other credentials may well be writing. They say nothing of an outage.
 * (`dns` cannot be: the VIP is an address.)
 */
const CANNOT_LOOK: ReadonlySet<FailureKind> = new Set([
  "unauthorized",
  "forbidden",
  "insufficient-privilege",
  "tls",
  "dns",
  "malformed",
  "unsupported",
  "aborted",
]);

/**
 * What an outcome means: `writable`; `read-only` and `failing`, in which a client could not have written; `unknown`, by which
 * nobody can tell.
 */
export type ClientFinding = "writable" | "read-only" | "failing" | "unknown";

export function findingOf({ result }: Pick<ClientOutcome, "result">): ClientFinding {
  if (result.ok) return result.value.finds;
  return CANNOT_LOOK.has(result.failure.kind) ? "unknown" : "failing";
}
