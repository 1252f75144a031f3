import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { know } from "../../../observation";
import type { MemberView } from "../../../snapshot";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isLagOf } from "./symptoms";

/** An upstream that is being restarted is back within this. */
const HOLD_MS = 30_000;

/**
 * A replica that is told to follow another one (`replicatefrom`), which gets no WAL itself. Patroni sends it to the leader only once
 * the other's key is gone from the DCS: one that is there and stuck holds its followers back.
 */
export const cascadeUpstreamDead: FindingRule = {
  id: "cascade-upstream-dead",
  group: "replication",
  runbook: "replica-broken",
  find({ picture, state, now }) {
    return picture.members.flatMap((member) => {
      const upstream = picture.members.find(({ name }) => name === member.tags.replicatefrom);
      const sql = freshOf(know(state.postgres[member.name], now));
      if (!upstream || upstream.name === member.name || upstream.name === picture.leader?.name) return [];
      if (!sql?.inRecovery || !sql.canReadReplication || picture.leader === null) return [];
      const isFed = sql.receiver?.status === "streaming";
      if (isFed && member.upstream !== upstream.name) return [];
      const dead = isDead(upstream, isFed);
      if (dead === null) return [];
      const text = message("finding.cascade-upstream-dead.text", {
        member: member.name,
        upstream: upstream.name,
        dead,
      });
      const rests = [{ text, sourceId: sourceId("postgres", member.name) }];
      if (dead === "stuck")
        rests.push({ text, sourceId: stateSource(upstream, know(state.patroni[upstream.name], now)) });
      return [{ severity: "warn", subject: ofMember(member.name), text, evidence: rests, holdMs: HOLD_MS }];
    });
  },
  explains: (own, other) =>
    isLagOf(own, other) || (other.rule === "receiver-stopped" && other.subject.member === own.subject.member),
};

/** `stuck`: seen to get no WAL; `silent`: not seen, and its follower gets nothing from it; null: neither. */
function isDead(upstream: MemberView, followerIsFed: boolean): "stuck" | "silent" | null {
  if (upstream.stateTrust === "fresh" && upstream.presence === "present")
    return upstream.state !== "running" || upstream.replicationState === null ? "stuck" : null;
  return followerIsFed ? null : "silent";
}

const stateSource = ({ name }: MemberView, patroni: { readonly state: string }): string =>
  sourceId(patroni.state === "fresh" ? "patroni" : "postgres", name);
