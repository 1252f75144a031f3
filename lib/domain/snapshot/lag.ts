import { type Evidence, freshOf, type MemberEvidence } from "../evidence/evidence";
import { instant } from "../ids";
import { lagBytes } from "../lsn";
import type { LagView } from "../snapshot";
import type { SenderRow } from "./upstream";

const NONE: LagView = {
  receiveBytes: null,
  replayBytes: null,
  replaySeconds: null,
  basis: "none",
  at: null,
  trust: "unknown",
};

/** The leader has no lag: not zero, but no such thing. */
export const NO_LAG: LagView = { ...NONE, trust: "n/a" };

/**
 * How far a member trails the leader, in bytes and seconds: by the leader's own row for it, else by the standby's own
 * positions, else as Patroni computed it. On another timeline (`apart`) a difference of positions means nothing, and none is given.
 */
export function lagOf(
  member: MemberEvidence,
  leader: MemberEvidence | null,
  rows: readonly SenderRow[],
  apart: boolean,
  evidence: Evidence,
): LagView {
  if (apart) return NONE;
  const bySender = leader && rows.find((r) => r.from === leader.name);
  return (bySender && lagBySender(bySender)) ?? lagByStandby(member, leader) ?? lagByPatroni(member, evidence) ?? NONE;
}

function lagBySender({ row, at }: SenderRow): LagView | null {
  if (row.replayLagBytes === null && row.flushLagBytes === null) return null;
  // PostgreSQL forgets its round-trip samples on an idle server: nothing left to replay is then a delay of zero, while
  // the lack of a sample with bytes outstanding is unknown.
  const seconds = row.replayLagSeconds ?? (row.replayLagBytes === 0 ? 0 : null);
  return {
    receiveBytes: row.flushLagBytes,
    replayBytes: row.replayLagBytes,
    replaySeconds: seconds,
    basis: "sender",
    at: instant(at),
    trust: "fresh",
  };
}

function lagByStandby(member: MemberEvidence, leader: MemberEvidence | null): LagView | null {
  if (member.postgres.state !== "fresh") return null;
  const own = member.postgres.value;
  const ahead = (leader && freshOf(leader.postgres)?.lsn) ?? own.receiver?.latestEndLsn ?? null;
  const receiveBytes = lagBytes(ahead, own.receivedLsn);
  const replayBytes = lagBytes(ahead, own.replayedLsn ?? own.lsn);
  if (receiveBytes === null && replayBytes === null && own.replayDelaySeconds === null) return null;
  return {
    receiveBytes,
    replayBytes,
    replaySeconds: own.replayDelaySeconds,
    basis: "standby",
    at: instant(member.postgres.at),
    trust: "fresh",
  };
}

function lagByPatroni(member: MemberEvidence, evidence: Evidence): LagView | null {
  const { dcs } = evidence;
  const bytes = member.dcs?.lagBytes ?? null;
  if (bytes === null || dcs.state === "unknown") return null;
  const at = instant(dcs.at);
  return { receiveBytes: null, replayBytes: bytes, replaySeconds: null, basis: "patroni", at, trust: dcs.state };
}
