import type { DetailedPeerCertificate } from "node:tls";
import type { Certificate } from "@/lib/domain/certificates/facts";
import { type Instant, instant } from "@/lib/domain/ids";

/** More than any sane server sends along. */
const CHAIN_MAX = 10;
const NAME_LENGTH_MAX = 120;

/** The server's own certificate and those that it sent along. Whether they fit together is nobody's question here. */
export function chainOf(own: DetailedPeerCertificate): Certificate[] {
  const chain: Certificate[] = [];
  const met = new Set<string>();
  let at: DetailedPeerCertificate | undefined = own;
  while (at?.fingerprint256 && !met.has(at.fingerprint256) && chain.length < CHAIN_MAX) {
    met.add(at.fingerprint256);
    const certificate = toCertificate(at);
    if (certificate) chain.push(certificate);
    at = at.issuerCertificate;
  }
  return chain;
}

function toCertificate(seen: DetailedPeerCertificate): Certificate | null {
  const [from, until] = [timeOf(seen.valid_from), timeOf(seen.valid_to)];
  if (from === null || until === null) return null;
  const alternative = /^(?:DNS|IP Address):([^,]+)/.exec(seen.subjectaltname ?? "")?.[1];
  return {
    name: short(first(seen.subject?.CN) ?? alternative ?? named(seen.subject)),
    issuer: short(first(seen.issuer?.CN) ?? named(seen.issuer)),
    from,
    until,
    fingerprint: seen.fingerprint256.replaceAll(":", "").toLowerCase(),
  };
}

/** OpenSSL's `Nov 21 03:00:00 2026 GMT`. */
function timeOf(text: string): Instant | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : instant(ms);
}

/** A subject may name a part twice; Node then gives a list. */
const first = (part: string | string[] | undefined): string | undefined =>
  (Array.isArray(part) ? part[0] : part) || undefined;

const named = (parts: object | undefined): string =>
  Object.entries(parts ?? {})
    .map(([part, value]) => `${part}=${String(value)}`)
    .join(", ");

const short = (text: string): string => (text.length > NAME_LENGTH_MAX ? `${text.slice(0, NAME_LENGTH_MAX)}…` : text);
