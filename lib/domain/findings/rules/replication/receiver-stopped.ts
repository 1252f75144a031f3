import { freshOf, sourceId } from "../../../evidence/evidence";
import type { PostgresFacts } from "../../../facts";
import { message } from "../../../message";
import { know } from "../../../observation";
import type { MemberView } from "../../../snapshot";
import { senderRow } from "../../hops";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isLagOf } from "./symptoms";

/** A handover and a restart take every receiver down for some seconds. */
const HOLD_MS = 30_000;
/** A receiver that hears nothing asks after half of `wal_receiver_timeout`, 30 s as it comes. */
const SILENT_SECONDS = 45;

type How = "gone" | "waiting" | "silent" | "archive";

/** A running replica to which no WAL streams, while there is a leader to stream from. */
export const receiverStopped: FindingRule = {
  id: "receiver-stopped",
  group: "replication",
  runbook: "replica-broken",
  find(input) {
    return input.picture.members.flatMap((member) => ofReplica(member, input));
  },
  explains: (own, other) =>
    isLagOf(own, other) || (other.rule === "slot-inactive" && other.subject.member === own.subject.member),
};

function ofReplica(member: MemberView, input: FindingInput): FindingDraft[] {
  const { picture, state, now } = input;
  const { name } = member;
  // A member with this tag (Patroni 3.3) is fed from the archive on purpose.
  if (member.tags.all.nostream === "true") return [];
  if (member.presence === "missing" || member.stateTrust !== "fresh" || member.state !== "running") return [];
  if (member.name === picture.leader?.name ? !followsOutside(member, input) : !isLed(input)) return [];
  const sql = freshOf(know(state.postgres[name], now));
  const how = sql ? howBySql(member, sql, input) : howByPatroni(member, input);
  if (how === null) return [];
  const text = message("finding.receiver-stopped.text", { member: name, how });
  const evidence = [{ text, sourceId: sourceId(sql ? "postgres" : "patroni", name) }];
  return [{ severity: "warn", subject: ofMember(name), text, evidence, holdMs: HOLD_MS }];
}

/** Where nobody leads, or the leader itself is not seen to run, there is nothing to stream from, and that is told elsewhere. */
function isLed({ picture, state, now }: FindingInput): boolean {
  const leader = picture.leader?.name;
  if (leader === undefined) return false;
  const status = freshOf(know(state.patroni[leader], now));
  return know(state.postgres[leader], now).state === "fresh" || status?.state === "running";
}

/** The leader of a standby cluster streams from elsewhere, unless it is given an archive and no host on purpose. */
function followsOutside(member: MemberView, { evidence }: FindingInput): boolean {
  const section = freshOf(evidence.dcs)?.config?.standby_cluster;
  return member.role === "standby-leader" && typeof section === "object" && section !== null && "host" in section;
}

function howBySql(member: MemberView, sql: PostgresFacts, { state, now }: FindingInput): How | null {
  if (!sql.inRecovery || !sql.canReadReplication) return null;
  if (sql.receiver === null) return member.replicationState === "in-archive-recovery" ? "archive" : "gone";
  if (sql.receiver.status !== "streaming") return "waiting";
  const sender = member.upstream === null ? null : freshOf(know(state.postgres[member.upstream], now));
  // A frozen receiver still says that it streams; its sender has given it up.
  const givenUp = sender?.canReadReplication === true && senderRow(sender, member.name) === null;
  return givenUp && (sql.receiver.lastMessageAgeSeconds ?? 0) >= SILENT_SECONDS ? "silent" : null;
}

/** Patroni tells how a replica is fed since 3.0.4; before, no word of it means nothing. */
function howByPatroni(member: MemberView, { state, now }: FindingInput): How | null {
  const status = freshOf(know(state.patroni[member.name], now));
  if (!status || status.role === "primary" || !tellsReplicationState(status.patroniVersion)) return null;
  if (status.replicationState === "streaming") return null;
  return status.replicationState === "in-archive-recovery" ? "archive" : "gone";
}

function tellsReplicationState(version: string | null): boolean {
  const [major = 0, minor = 0, patch = 0] = (version ?? "").split(".").map(Number);
  return major > 3 || (major === 3 && (minor > 0 || patch >= 4));
}
