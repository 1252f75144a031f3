import { freshOf } from "../../../evidence/evidence";
import { message } from "../../../message";
import { know, type SourceKind } from "../../../observation";
import type { SourceView } from "../../../snapshot";
import type { FindingDraft, FindingRule } from "../../rule";
import { subject } from "../../subject";
import { answering, ofEtcd, sourceOf } from "./views";

/** A dozen looks in a row: slow answers come by chance, and when the host that we run on is short of time. */
const HOLD_MS = 60_000;
/** Answers that take a few ms. Where half of them take this share of etcd's limit, it is our own host or the way to all of them. */
const QUICK: ReadonlySet<SourceKind> = new Set(["patroni", "haproxy", "postgres"]);
const SHARE_OF_LIMIT = 5;

/**
 * Requests of etcd that take too long, as our own looks measure them: Patroni's take as long. No runbook: what is slow has to be found on
 * the hosts, and no two cases go alike.
 */
export const dcsSlow: FindingRule = {
  id: "dcs-slow",
  group: "dcs",
  runbook: null,
  find({ picture, state, now, limits }) {
    const limit = limits.dcsSlowMs;
    if (isAllSlow(picture.sources, limit / SHARE_OF_LIMIT)) return [];
    const members = answering(picture).flatMap((member): FindingDraft[] => {
      if ((state.dcsMembers[member.endpoint]?.good?.tookMs ?? 0) < limit) return [];
      return [draft(ofEtcd(member, picture), member.endpoint, sourceOf(member), limit)];
    });
    const { source, target, good } = state.dcs;
    // Where etcd is not read, this is Patroni's own answer and tells nothing of the DCS.
    const isRead = source === "dcs" && freshOf(know(state.dcs, now)) !== null;
    const isSlow = isRead && (good?.tookMs ?? 0) >= limit;
    return [...(isSlow ? [draft(subject("dcs", "dcs"), "", `dcs:${target}`, limit)] : []), ...members];
  },
};

function isAllSlow(sources: readonly SourceView[], fromMs: number): boolean {
  const took = sources
    .filter(({ kind, stale, error }) => QUICK.has(kind) && !stale && error === null)
    .flatMap(({ latencyMs }) => latencyMs ?? [])
    .sort((a, b) => a - b);
  return (took[Math.floor(took.length / 2)] ?? 0) >= fromMs;
}

function draft(of: FindingDraft["subject"], endpoint: string, sourceId: string, limit: number): FindingDraft {
  const params = { whole: endpoint === "" ? "yes" : "no", endpoint, limit };
  const text = message("finding.dcs-slow.text", params);
  return { severity: "warn", subject: of, text, evidence: [{ text, sourceId }], holdMs: HOLD_MS };
}
