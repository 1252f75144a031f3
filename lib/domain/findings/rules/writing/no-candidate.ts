import { freshOf, sourceId } from "../../../evidence/evidence";
import { memberName } from "../../../ids";
import { message } from "../../../message";
import { successionWithout, synchronousMode } from "../../../next-failure/succession";
import { maximumLagBytes } from "../../../preflight/checks/look";
import type { MemberView } from "../../../snapshot";
import { isStandbyCluster } from "../../../snapshot/member-role";
import type { FindingEvidence } from "../../finding";
import type { FindingInput, FindingPicture, FindingRule } from "../../rule";
import { CLUSTER } from "../../subject";

/** After a switchover the replicas take some seconds to find their new leader. */
const HOLD_MS = 30_000;

/** Stands for a leader that there is not, so that every member is judged as a candidate. */
const NOBODY = memberName("(nobody)");

/** Nobody could take over by Patroni's rules. Where a candidate is out of sight, nothing is said. */
export const noCandidate: FindingRule = {
  id: "no-candidate",
  group: "writing",
  runbook: "replica-broken",
  find(input) {
    const { evidence, picture, state } = input;
    const view = freshOf(evidence.dcs);
    if (!view || isStandbyCluster(view)) return [];
    const leader = view.leader?.name ?? NOBODY;
    const before = { ...picture, leader: { name: leader, since: null, timeline: null } };
    const next = successionWithout(before, [leader], maximumLagBytes(view));
    if (next?.kind !== "nobody" || next.why !== "no-candidate") return [];
    const others = picture.members.filter(({ name }) => name !== leader);
    const text = message("finding.no-candidate.text", {
      led: leader === NOBODY ? "no" : "yes",
      ...tally(picture, others),
    });
    const dcs = { text, sourceId: sourceId(state.dcs.source, state.dcs.target) };
    const severity = others.length === 0 ? "info" : "warn";
    return [{ severity, subject: CLUSTER, text, evidence: [dcs, ...wordsOf(input, others)], holdMs: HOLD_MS }];
  },
};

/** Why each of them is none: the first reason that there is. */
type Reason = "barred" | "gone" | "apart" | "not_sync" | "behind";

function reasonOf(picture: FindingPicture, { presence, state, tags, timelineDiffers, role }: MemberView): Reason {
  // First: the tags of a member that has no key any more are those that it had.
  if (presence === "missing") return "gone";
  if (tags.nofailover || (tags.failoverPriority !== null && tags.failoverPriority <= 0)) return "barred";
  if (timelineDiffers) return "apart";
  if (synchronousMode(picture) === true && role !== "sync-standby" && role !== "quorum-standby") return "not_sync";
  return state === "running" ? "behind" : "gone";
}

function tally(picture: FindingPicture, others: readonly MemberView[]) {
  const why = others.map((one) => reasonOf(picture, one));
  const count = (one: Reason) => why.filter((reason) => reason === one).length;
  return {
    others: others.length,
    gone: count("gone"),
    barred: count("barred"),
    apart: count("apart"),
    notSync: count("not_sync"),
    behind: count("behind"),
  };
}

function wordsOf({ picture, evidence }: FindingInput, others: readonly MemberView[]): FindingEvidence[] {
  return others
    .filter(({ name }) => evidence.byName.get(name)?.patroni.state === "fresh")
    .map((one) => ({
      text: message("finding.no-candidate.member", { member: one.name, why: reasonOf(picture, one) }),
      sourceId: sourceId("patroni", one.name),
    }));
}
