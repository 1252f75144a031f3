import { sourceId } from "../../../evidence/evidence";
import { type Message, message } from "../../../message";
import { know, type Look, STALE_AFTER_INTERVALS } from "../../../observation";
import { leadsToWriter } from "../../../verdict/rules/vip-elsewhere";
import { holderMember, holderNode } from "../../../vip/route";
import type { FindingEvidence, Severity } from "../../finding";
import type { FindingInput, FindingRule } from "../../rule";
import { subject } from "../../subject";
import { lacksWriter, saysTheSame } from "./causes";
import { HANDOVER_HOLD_MS, leaderOf, leaderWord } from "./pools";

type Place = { readonly severity: Severity; readonly text: Message; readonly evidence: readonly FindingEvidence[] };

/**
 * The VIP is held, and not where it should be: not beside the leader that it follows, beside a HAProxy that refuses connections, or in
 * another cluster.
 */
export const vipMisplaced: FindingRule = {
  id: "vip-misplaced",
  group: "routing",
  runbook: "routing-failure",
  // A HAProxy that refuses connections leaves its last page behind, which is stale by that.
  aboutSilence: true,
  find(input) {
    const { vip } = input.picture;
    if (vip?.trust !== "fresh") return [];
    const place = inForeignHands(input) ?? (vip.follows === "leader" ? notWithLeader(input) : withDeadHaproxy(input));
    if (!place) return [];
    const { severity, text } = place;
    const evidence = [{ text: vip.text, sourceId: sourceId("vip", vip.address) }, ...place.evidence];
    return [{ severity, subject: subject("vip", vip.address), text, evidence, holdMs: HANDOVER_HOLD_MS }];
  },
  explains: (own, other) => saysTheSame(own, other, "vip", ["vip-elsewhere"]),
  followsFrom: (own, cause, { vip }) => vip?.follows === "leader" && lacksWriter(own, cause),
};

function inForeignHands({ picture: { vip } }: FindingInput): Place | null {
  if (!vip || vip.holders.length > 0 || vip.text.key !== "domain.vip.foreign") return null;
  const { address } = vip;
  const holder = String(vip.text.params.scope ?? "?");
  const text = message("finding.vip-misplaced.text", { address, holder, leader: "–", how: "foreign" });
  return { severity: "critical", text, evidence: [] };
}

function notWithLeader(input: FindingInput): Place | null {
  const { evidence, picture } = input;
  const leader = leaderOf(evidence);
  const holder = holderMember(picture.vip, evidence);
  if (!picture.vip || leader === null || holder === null || holder === leader) return null;
  const { vip, haproxy, pgbouncer } = picture;
  const deadEnd = leadsToWriter({ evidence, haproxy, pgbouncer, vip }, leader) === false;
  const how = deadEnd ? "dead_end" : "aside";
  const text = message("finding.vip-misplaced.text", { address: vip.address, holder, leader, how });
  return { severity: deadEnd ? "critical" : "warn", text, evidence: [leaderWord(input, leader)] };
}

function withDeadHaproxy({ evidence, picture: { vip, haproxy }, state, now }: FindingInput): Place | null {
  const node = holderNode(vip, haproxy, evidence);
  if (!vip || !node || !refuses(state.haproxy[node.name], now)) return null;
  const params = { address: vip.address, holder: node.name, leader: "–", how: "haproxy" };
  const text = message("finding.vip-misplaced.text", params);
  const id = sourceId("haproxy", node.name);
  return {
    severity: "critical",
    text,
    evidence: [{ text: message("finding.routing.refuses", { node: node.name }), sourceId: id }],
  };
}

/** A refusal says that nobody listens there. It is as good as an answer, and grows old like one. */
function refuses<T>(look: Look<T> | undefined, now: number): boolean {
  if (!look?.last || know(look, now).state === "fresh") return false;
  const recent = now - look.last.at <= look.intervalMs * STALE_AFTER_INTERVALS;
  return recent && look.last.failure?.kind === "refused";
}
