import type { VipEvidence, VipFacts, VipProbe } from "@/lib/domain/facts";
import { ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import { askHaproxy } from "./haproxy";
import { askNeighbours, NOBODY_TEXT } from "./neighbour";
import { askPatroni } from "./patroni";
import type { VipMethod, VipTarget } from "./types";

export type { VipHaproxyNode, VipHost, VipTarget } from "./types";

/** In order of trust (`DESIGN.md`, section 2). */
const METHODS: readonly { readonly method: VipEvidence["method"]; readonly ask: VipMethod }[] = [
  { method: "patroni", ask: askPatroni },
  { method: "neighbour", ask: askNeighbours },
  { method: "haproxy", ask: askHaproxy },
];

/**
 * Once a method has given evidence, the others get this long to join it. A cut host would otherwise hold each look up for
 * its whole time-out, just while the VIP is moving.
 */
const JOIN_MS = 250;

/**
 * Looks for the VIP's holder by every method that applies, all at once; each one's evidence or failure is kept. Who holds
 * it is concluded in `lib/domain/vip` only.
 *
 * Ok when a method gave evidence, or when the network itself said that no machine has the address: that the VIP is
 * nowhere is an answer. Otherwise a failure: a look in which nothing was heard proves nothing.
 */
export async function probeVip(target: VipTarget): Promise<Result<VipFacts>> {
  const applicable = METHODS.filter(({ method }) => method !== "haproxy" || target.haproxy !== null);
  const probes = await together(applicable, target);
  const facts: VipFacts = { address: target.address, probes: probes.map(({ seen }) => seen) };
  const failures = probes.flatMap(({ failure }) => (failure ? [failure] : []));
  const nowhere = failures.some(({ text }) => text.endsWith(NOBODY_TEXT));
  if (failures.length < probes.length || nowhere) return ok(facts);
  return { ok: false, failure: telling(failures) };
}

type Method = (typeof METHODS)[number];

/** Asks by all methods at once and waits for all, or for {@link JOIN_MS} after the first that gave evidence. */
async function together(methods: readonly Method[], target: VipTarget): Promise<Probed[]> {
  const late = new AbortController();
  const signal = target.signal ? AbortSignal.any([target.signal, late.signal]) : late.signal;
  let timer: NodeJS.Timeout | undefined;
  const joined = new Promise<null>((resolve) => {
    late.signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  const asked = methods.map(async ({ method, ask }): Promise<Probed> => {
    const probed = await Promise.race([probe(method, ask, { ...target, signal }), joined]);
    if (probed?.seen.evidence) timer ??= setTimeout(() => late.abort(), JOIN_MS);
    return probed ?? missed(method);
  });
  const probes = await Promise.all(asked);
  clearTimeout(timer);
  return probes;
}

function missed(method: VipEvidence["method"]): Probed {
  const failure = failureText("timeout", `not within ${JOIN_MS} ms of the others`);
  return { seen: { method, evidence: null, failure }, failure };
}

type Probed = { readonly seen: VipProbe; readonly failure: SourceFailure | null };

async function probe(method: VipEvidence["method"], ask: VipMethod, target: VipTarget): Promise<Probed> {
  const result = await ask(target).catch((error: unknown) => ({ ok: false as const, failure: failureOf(error) }));
  if (result.ok) return { seen: { method, evidence: result.value, failure: null }, failure: null };
  return { seen: { method, evidence: null, failure: result.failure }, failure: result.failure };
}

/** The most trusted method's failure, unless it did not apply. */
function telling(failures: readonly SourceFailure[]): SourceFailure {
  return failures.find(({ kind }) => kind !== "unsupported") ?? failures[0] ?? failureText("failed");
}
