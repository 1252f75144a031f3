import type { Operation } from "../../actions/operation";
import type { Fence } from "../../actions/plan";
import { type Evidence, freshOf, gatherEvidence, type MemberEvidence } from "../../evidence/evidence";
import type { DcsView } from "../../facts";
import { type EpochMs, type MemberName, memberName } from "../../ids";
import { timelineOf } from "../../snapshot/member-role";
import type { VerifyWorld } from "../types";
import { stepBefore } from "./steps";

/** What can be seen now, for one judgement. Whatever is stale is not in it. */
export type Sight = {
  readonly now: EpochMs;
  readonly evidence: Evidence;
  /** Fresh, or null. */
  readonly dcs: DcsView | null;
  readonly dcsAt: EpochMs | null;
  member(name: string): MemberEvidence | null;
};

export function look(world: Pick<VerifyWorld, "state" | "now">): Sight {
  const evidence = gatherEvidence(world.state, null, world.now);
  return {
    now: world.now,
    evidence,
    dcs: freshOf(evidence.dcs),
    dcsAt: evidence.dcs.state === "fresh" ? evidence.dcs.at : null,
    member: (name) => evidence.byName.get(memberName(name)) ?? null,
  };
}

/** Who holds the leader key, as against the fence. */
export type Reign =
  /** The DCS cannot be seen. */
  | { readonly kind: "unseen" }
  | { readonly kind: "same"; readonly leader: MemberName | null }
  /** Nobody holds it, and somebody did. */
  | { readonly kind: "vacant" }
  /** The leader of the fence took it a second time: another reign under the same name. */
  | { readonly kind: "again"; readonly leader: MemberName }
  | { readonly kind: "moved"; readonly leader: MemberName };

export function reignOf({ dcs }: Sight, fence: Fence): Reign {
  if (!dcs) return { kind: "unseen" };
  const { leader } = dcs;
  if (!leader) return fence.leader === null ? { kind: "same", leader: null } : { kind: "vacant" };
  if (leader.name !== fence.leader) return { kind: "moved", leader: leader.name };
  const known = leader.modRevision !== null && fence.leaderRevision !== null;
  return known && leader.modRevision !== fence.leaderRevision
    ? { kind: "again", leader: leader.name }
    : { kind: "same", leader: leader.name };
}

/** Starts of one postmaster are spelled alike unless Patroni's session has another time zone. */
export function sameStart(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  if (a === b) return true;
  const [x, y] = [Date.parse(a), Date.parse(b)];
  return !Number.isNaN(x) && x === y && /\.(\d+)/.exec(a)?.[1] === /\.(\d+)/.exec(b)?.[1];
}

/** Start of a member's postmaster by a fresh answer that is no older than `since`; null: not known. */
export function startOf(member: MemberEvidence | null, since: EpochMs): string | null {
  if (!member) return null;
  const { postgres, patroni } = member;
  const sql = postgres.state === "fresh" && postgres.at >= since ? postgres : null;
  const rest = patroni.state === "fresh" && patroni.at >= since ? patroni : null;
  const [newer, older] = (sql?.at ?? 0) >= (rest?.at ?? 0) ? [sql, rest] : [rest, sql];
  return newer?.value.postmasterStartTime ?? older?.value.postmasterStartTime ?? null;
}

/** True once the member's server was started anew, as against the fence; null: cannot be told now. */
export function restartedSince(member: MemberEvidence | null, fence: Fence, since: EpochMs): boolean | null {
  const start = startOf(member, since);
  const planned = fence.members.find(({ name }) => name === member?.name)?.postmasterStartTime ?? null;
  return start === null || planned === null ? null : !sameStart(start, planned);
}

/** A replica that runs and streams from this timeline, by a look of its own that is no older than `since`. */
export function streamsOn(member: MemberEvidence | null, timeline: number | null, since: EpochMs): boolean {
  if (!member || timeline === null) return false;
  const { patroni, postgres } = member;
  if (patroni.state === "fresh" && patroni.at >= since) {
    const { state, role, replicationState, timeline: own } = patroni.value;
    if (state === "running" && role !== "primary" && replicationState === "streaming" && own === timeline) return true;
  }
  if (postgres.state !== "fresh" || postgres.at < since) return false;
  const { inRecovery, receiver, timeline: own } = postgres.value;
  if (!inRecovery || receiver?.status !== "streaming") return false;
  return receiver.receivedTimeline === timeline || (receiver.receivedTimeline === null && own === timeline);
}

export const timelineSeen = (member: MemberEvidence | null, { evidence }: Sight): number | null =>
  member ? timelineOf(member, evidence) : null;

/** It took writes or followed when the plan was made: only such a member is waited for. */
export const ranBefore = (fence: Fence, name: string): boolean =>
  fence.members.find((member) => member.name === name)?.state === "running";

/** Since when the leader key is in its present hands, in the words of an earlier judgement or by our own view. */
export function reignSince(operation: Operation, world: VerifyWorld, leader: MemberName, sight: Sight): EpochMs {
  const before = stepBefore(operation, "key");
  const told = before?.state === "done" && before.detail?.params.leader === leader ? before.endedAt : null;
  const { dcs } = world.snapshot;
  const seen = dcs.leaderKey?.name === leader ? dcs.leaderKeySince : null;
  const known = [told, seen].flatMap((at) => (at === null ? [] : [Date.parse(at)]));
  return known.length > 0 ? Math.min(...known) : (sight.dcsAt ?? sight.now);
}
