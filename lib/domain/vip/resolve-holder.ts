import { naturally } from "../evidence/natural-order";
import type { Places } from "../evidence/places";
import type { VipEvidence, VipFacts, VipProbe } from "../facts";
import { type Message, message, selector } from "../message";
import type { VipView } from "../snapshot";

/** A member that may hold the VIP. `postmasterStartTime` only when it is fresh: an old one may be a twin's by now. */
export type VipCandidate = {
  readonly name: string;
  readonly host: string | null;
  readonly postmasterStartTime: string | null;
};

export type VipSetting = {
  readonly scope: string;
  readonly candidates: readonly VipCandidate[];
  readonly places: Places;
};

export type ResolvedVip = Pick<VipView, "holders" | "method" | "answers" | "text" | "probes">;

/** What one probe came to. `several`: it fits more than one host, which names none of them. */
type Finding =
  | { readonly kind: "holder"; readonly name: string }
  /** Each of them answers for the address, at the same moment. */
  | { readonly kind: "holders"; readonly names: readonly string[] }
  | { readonly kind: "foreign"; readonly scope: string }
  | { readonly kind: "stranger"; readonly name: string }
  | { readonly kind: "several"; readonly count: number }
  | { readonly kind: "no-match" }
  | { readonly kind: "answered"; readonly failure: string }
  | { readonly kind: "silent"; readonly failure: string }
  | { readonly kind: "not-tried"; readonly failure: string | null };

type Judged = { readonly method: VipEvidence["method"]; readonly finding: Finding };

const TRUST_ORDER = ["patroni", "neighbour", "haproxy"] as const;

/** Failures in which nothing at the address spoke; anything else but `NOT_TRIED` was an answer of somebody there. */
const SILENT: ReadonlySet<string> = new Set(["timeout", "unreachable", "failed"]);
const NOT_TRIED: ReadonlySet<string> = new Set(["unsupported", "aborted", "dns", "insufficient-privilege"]);

/**
 * Who holds the VIP, by the most trusted method that names exactly one host (`DESIGN.md` section 2). Twins that one
 * method cannot tell apart are candidates, not holders; several holders come only of answers that name different hosts.
 * `answers` is false only when something was tried and nothing at the address spoke.
 */
export function resolveVipHolder(facts: VipFacts, setting: VipSetting): ResolvedVip {
  const judged = facts.probes.map((probe) => ({ method: probe.method, finding: judge(probe, setting) }));
  const foreign = judged.map((j) => j.finding).find((f) => f.kind === "foreign");
  const probes = judged.map((j) => ({ method: j.method, text: probeText(j) }));
  const answers = answersOf(judged);
  const named = foreign ? null : bestNamed(judged);
  const holders = named?.holders ?? [];
  const method = foreign ? "patroni" : (named?.method ?? null);
  return { holders, method, answers, probes, text: summary(facts.address, holders, method, answers, judged) };
}

function bestNamed(judged: readonly Judged[]) {
  // That several answer is seen by asking all at once; a method that reaches one of them cannot gainsay it.
  for (const { method, finding } of judged) if (finding.kind === "holders") return { method, holders: finding.names };
  for (const method of TRUST_ORDER) {
    const names = judged.flatMap((j) => (j.method === method && j.finding.kind === "holder" ? [j.finding.name] : []));
    if (names.length > 0) return { method, holders: [...new Set(names)] };
  }
  return null;
}

function judge(probe: VipProbe, setting: VipSetting): Finding {
  if (probe.evidence) return judgeEvidence(probe.evidence, setting);
  const failure = probe.failure?.kind ?? null;
  if (failure === null || NOT_TRIED.has(failure)) return { kind: "not-tried", failure };
  return { kind: SILENT.has(failure) ? "silent" : "answered", failure };
}

function judgeEvidence(evidence: VipEvidence, setting: VipSetting): Finding {
  switch (evidence.method) {
    case "patroni":
      return judgePatroni(evidence, setting);
    case "neighbour":
      return judgeNeighbour(evidence, setting);
    case "haproxy":
      return unique(evidence.sameAs);
  }
}

function judgePatroni(evidence: Extract<VipEvidence, { method: "patroni" }>, setting: VipSetting): Finding {
  if (evidence.scope !== null && evidence.scope !== setting.scope) return { kind: "foreign", scope: evidence.scope };
  if (evidence.memberName !== null) {
    const name = setting.places.byName(evidence.memberName);
    return name ? { kind: "holder", name } : { kind: "stranger", name: evidence.memberName };
  }
  // Before Patroni 3.2 the answer carries no name; the microseconds of the start time tell members apart.
  const started = evidence.postmasterStartTime;
  if (started === null) return { kind: "no-match" };
  return unique(setting.candidates.filter((c) => c.postmasterStartTime === started).map((c) => c.name));
}

/** VRRP's virtual MAC is the same for every holder, and several hosts behind one MAC are a router: neither names a host. */
function judgeNeighbour(evidence: Extract<VipEvidence, { method: "neighbour" }>, setting: VipSetting): Finding {
  const mac = evidence.mac.toLowerCase();
  if (mac.startsWith("00:00:5e:00:01:") || mac.startsWith("00:00:5e:00:02:")) return { kind: "no-match" };
  const both = [...new Set(evidence.heard.flatMap((one) => hostsOf(one, evidence, setting)))];
  if (evidence.heard.length > 1 && both.length > 1) return { kind: "holders", names: both.sort(naturally) };
  return unique(hostsOf(mac, evidence, setting));
}

/** Hosts with that MAC; nobody where several share it. */
function hostsOf(
  mac: string,
  { hosts }: Extract<VipEvidence, { method: "neighbour" }>,
  { places }: VipSetting,
): readonly string[] {
  const own = new Set(hosts.filter((one) => one.mac.toLowerCase() === mac.toLowerCase()).map((one) => one.host));
  return [...own].map((host) => places.byHost(host) ?? host);
}

function unique(names: readonly string[]): Finding {
  const [only, ...others] = new Set(names);
  if (only === undefined) return { kind: "no-match" };
  return others.length === 0 ? { kind: "holder", name: only } : { kind: "several", count: others.length + 1 };
}

function answersOf(judged: readonly Judged[]): boolean | null {
  const kinds = judged.map((j) => j.finding.kind).filter((kind) => kind !== "not-tried");
  if (kinds.length === 0) return null;
  return kinds.some((kind) => kind !== "silent");
}

function summary(
  address: string,
  holders: readonly string[],
  method: string | null,
  answers: boolean | null,
  judged: readonly Judged[],
): Message {
  const foreign = judged.map((j) => j.finding).find((f) => f.kind === "foreign");
  if (foreign) return message("domain.vip.foreign", { address, scope: foreign.scope });
  const [first, second] = holders;
  if (first !== undefined && second !== undefined)
    return message("domain.vip.several", { address, a: first, b: second, more: holders.length - 2 });
  if (first !== undefined) return message("domain.vip.held", { address, holder: first, method: method ?? "none" });
  if (answers === false) return message("domain.vip.nowhere", { address });
  return message(answers === null ? "domain.vip.not-tried" : "domain.vip.unknown-holder", { address });
}

function probeText({ method, finding }: Judged): Message {
  switch (finding.kind) {
    case "holder":
      return message("domain.vip.probe.holder", { method, holder: finding.name });
    case "holders":
      return message("domain.vip.probe.holder", { method, holder: finding.names.join(", ") });
    case "foreign":
      return message("domain.vip.probe.foreign", { method, scope: finding.scope });
    case "stranger":
      return message("domain.vip.probe.stranger", { method, name: finding.name });
    case "several":
      return message("domain.vip.probe.several", { method, count: finding.count });
    case "no-match":
      return message("domain.vip.probe.no-match", { method });
    case "answered":
      return message("domain.vip.probe.answered", { method, failure: selector(finding.failure) });
    case "silent":
      return message("domain.vip.probe.silent", { method, failure: selector(finding.failure) });
    case "not-tried":
      return message("domain.vip.probe.not-tried", { method, failure: selector(finding.failure ?? "none") });
  }
}
