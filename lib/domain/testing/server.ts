import { type Certificate, type CertificateFacts, certificateTarget, type TlsService } from "../certificates/facts";
import type { ClusterState } from "../cluster-state";
import { type EpochMs, instant } from "../ids";
import { emptyLook, type FailureKind, fail, ok, remember } from "../observation";
import type { PostgresVitals } from "../vitals/facts";
import { answer, NOW } from "./builders";

/** What is not well with servers themselves, for tests and samples. */

export const patchVitals = (state: ClusterState, name: string, over: Partial<PostgresVitals>, at?: EpochMs) =>
  answer(state, "vitals", name, (was) => ({ ...was, ...over }), at);

const DAY_MS = 86_400_000;
const LIFE_DAYS = 365;

/** A certificate that ends so many days after `now`, after a life of a year. */
export function certificate(days: number, over: Partial<Certificate> = {}, now: EpochMs = NOW): Certificate {
  const until = now + days * DAY_MS;
  return {
    name: "db.example.org",
    issuer: "Example CA",
    from: instant(until - LIFE_DAYS * DAY_MS),
    until: instant(until),
    fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ...over,
  };
}

const INTERVAL_MS = 3_600_000;

/** One service shows this chain, or its look failed in that way. */
export function shows(
  state: ClusterState,
  service: TlsService,
  name: string,
  seen: readonly Certificate[] | FailureKind,
  at: EpochMs = NOW,
  address = "10.0.0.1:5432",
): ClusterState {
  const target = certificateTarget(service, name);
  const look = state.certificates[target] ?? emptyLook<CertificateFacts>("certificate", target, INTERVAL_MS);
  const result = typeof seen === "string" ? fail<CertificateFacts>(seen, seen) : ok({ service, address, chain: seen });
  const next = remember(look, { source: "certificate", target, observedAt: at, tookMs: 9, result });
  return { ...state, certificates: { ...state.certificates, [target]: next } };
}
