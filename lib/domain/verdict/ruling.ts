import type { ClientEyeView } from "../client-eye/types";
import type { Evidence } from "../evidence/evidence";
import type { EpochMs, MemberName } from "../ids";
import type { Message } from "../message";
import type { HaproxyNodeView, PgbouncerView, Snapshot, VipView, WritePathCode, WritePathState } from "../snapshot";
import type { Claim } from "../witness/claim";

/** Everything that a rule may look at. */
export type VerdictInput = {
  readonly evidence: Evidence;
  readonly haproxy: readonly HaproxyNodeView[];
  readonly pgbouncer: readonly PgbouncerView[];
  readonly vip: VipView | null;
  readonly clientEye: ClientEyeView | null;
  readonly claims: readonly Claim[];
  /** Members that fresh evidence calls writable. */
  readonly writers: readonly WritableMember[];
  readonly previous: Snapshot | null;
};

export type WritableMember = {
  readonly name: MemberName;
  readonly basis: "postgres" | "patroni";
  readonly at: EpochMs;
  readonly startedAt: EpochMs;
  readonly timeline: number | null;
};

/** What a rule concludes; `rests` are the observation times of the evidence that the sentence stands on. */
export type Ruling = {
  readonly state: WritePathState;
  readonly code: WritePathCode;
  readonly writer: MemberName | null;
  readonly message: Message;
  readonly rests: readonly EpochMs[];
};

/** A rule that does not apply answers null and leaves the word to the next one. */
export type Rule = (input: VerdictInput) => Ruling | null;

/** A rule about how clients reach a writer that is already established. */
export type RoutingRule = (input: VerdictInput, writer: WritableMember) => Ruling | null;

export function writableMembers(evidence: Evidence): WritableMember[] {
  return evidence.members.flatMap(({ name, writable }) => {
    if (writable.says !== "writable") return [];
    const { basis, at, startedAt, timeline } = writable;
    return [{ name, basis, at, startedAt, timeline }];
  });
}

/** Times at which each member was seen, for sentences about all of them. */
export function seenAt(evidence: Evidence): EpochMs[] {
  return evidence.members.flatMap((m) => (m.writable.says === "unknown" ? [] : [m.writable.at]));
}
