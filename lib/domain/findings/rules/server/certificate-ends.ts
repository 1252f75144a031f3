import type { Certificate, CertificateFacts } from "../../../certificates/facts";
import { sourceId } from "../../../evidence/evidence";
import type { EpochMs, MemberName } from "../../../ids";
import { message } from "../../../message";
import { know } from "../../../observation";
import type { FindingLimits } from "../../limits";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { subject } from "../../subject";

const DAY_MS = 86_400_000;
const FINGERPRINT_SHOWN = 8;
const PLACES_MAX = 4;
/** Certificates that live for days only are renewed in their last third; then a limit in days would always be passed. */
const WARN_SHARE = 1 / 3;
const CRITICAL_SHARE = 1 / 10;

type Place = { readonly target: string; readonly member: MemberName | null };

/** Certificates that end soon, or have ended: each told once, however many services show it. */
export const certificateEnds: FindingRule = {
  id: "certificate-ends",
  group: "server",
  runbook: "certificate-renewal",
  find(input) {
    const shown = new Map<string, { readonly certificate: Certificate; readonly places: Place[] }>();
    for (const look of Object.values(input.state.certificates)) {
      const known = know(look, input.now);
      if (known.state !== "fresh") continue;
      const place = { target: look.target, member: memberOf(known.value, look.target, input) };
      for (const certificate of known.value.chain) {
        const seen = shown.get(certificate.fingerprint) ?? { certificate, places: [] };
        shown.set(certificate.fingerprint, { certificate, places: [...seen.places, place] });
      }
    }
    return [...shown.values()].flatMap(({ certificate, places }) =>
      ofOne(certificate, places, input.now, input.limits),
    );
  },
};

function ofOne(
  certificate: Certificate,
  places: readonly Place[],
  now: EpochMs,
  limits: FindingLimits,
): FindingDraft[] {
  const severity = severityOf(certificate, now, limits);
  if (severity === null) return [];
  const left = Date.parse(certificate.until) - now;
  const targets = places.map(({ target }) => target);
  const text = message("finding.certificate-ends.text", {
    name: certificate.name,
    issuer: certificate.issuer,
    places: targets.slice(0, PLACES_MAX).join(", "),
    more: Math.max(0, targets.length - PLACES_MAX),
    ended: left <= 0 ? "yes" : "no",
    days: Math.floor(Math.abs(left) / DAY_MS),
    until: certificate.until.slice(0, 16).replace("T", " "),
  });
  const name = `${certificate.name} ${certificate.fingerprint.slice(0, FINGERPRINT_SHOWN)}`;
  const members = new Set(places.map(({ member }) => member));
  const member = members.size === 1 ? (places[0]?.member ?? null) : null;
  const evidence = targets.map((target) => ({ text, sourceId: sourceId("certificate", target) }));
  return [{ severity, subject: subject("certificate", name, member), text, evidence }];
}

function severityOf({ from, until }: Certificate, now: EpochMs, limits: FindingLimits): "critical" | "warn" | null {
  const left = Date.parse(until) - now;
  const life = Date.parse(until) - Date.parse(from);
  if (left <= Math.min(limits.certificateCriticalDays * DAY_MS, life * CRITICAL_SHARE)) return "critical";
  return left <= Math.min(limits.certificateWarnDays * DAY_MS, life * WARN_SHARE) ? "warn" : null;
}

/** On whose host the service is. */
function memberOf(
  { service, address }: CertificateFacts,
  target: string,
  { evidence }: FindingInput,
): MemberName | null {
  const name = target.slice(service.length + 1);
  const host = /^\[?(.*?)\]?:\d+$/.exec(address)?.[1];
  return (evidence.byName.get(name) ?? evidence.members.find((one) => one.host === host))?.name ?? null;
}
