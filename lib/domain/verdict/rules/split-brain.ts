import type { EpochMs } from "../../ids";
import { message } from "../../message";
import type { Rule, VerdictInput, WritableMember } from "../ruling";

/**
 * Two members accept writes at one time.
 *
 * Two fresh "writable" answers are not yet a split: in a switchover we may have asked the old leader just before it was
 * demoted and the new one just after it was promoted. They are one only when they cannot straddle a handover:
 *
 * 1. *The key stood still.* We saw the leader key unchanged from before both questions were sent until after both were
 *    answered. Patroni demotes the old leader before it lets the key go and promotes the new one after it took the key, so
 *    under one unbroken state of the key only one member may be writable.
 * 2. *The answers interleave*: B, then A, then B again said "writable", each asked after the one before had answered. This
 *    needs no key, and finds a split while the DCS is out of sight.
 * 3. It was proven before, and neither has answered otherwise since.
 */
export const splitBrain: Rule = (input) => {
  const pair = provenPair(input);
  if (!pair) return null;
  const [a, b] = pair;
  return {
    state: "split",
    code: "split-brain",
    writer: null,
    message: message("domain.verdict.split-brain", {
      a: a.name,
      b: b.name,
      timelineA: a.timeline ?? "?",
      timelineB: b.timeline ?? "?",
      more: input.writers.length - 2,
    }),
    rests: [a.at, b.at],
  };
};

function provenPair(input: VerdictInput): readonly [WritableMember, WritableMember] | null {
  const { writers } = input;
  for (const [i, a] of writers.entries()) {
    for (const b of writers.slice(i + 1)) {
      if (keyStoodStill(input, a, b) || interleaved(input, a, b) || provenBefore(input, a, b)) return [a, b];
    }
  }
  return null;
}

function keyStoodStill({ evidence: { leaderKey } }: VerdictInput, a: WritableMember, b: WritableMember): boolean {
  if (leaderKey.state === "unknown") return false;
  const asked = Math.min(a.startedAt, b.startedAt);
  const answered = Math.max(a.at, b.at);
  return leaderKey.since <= asked && leaderKey.at >= answered;
}

function interleaved({ previous }: VerdictInput, a: WritableMember, b: WritableMember): boolean {
  const [earlier, later] = a.at <= b.at ? [a, b] : [b, a];
  const before = writableBefore(previous, later);
  return before !== null && before <= earlier.startedAt && earlier.at <= later.startedAt;
}

/** When the previous picture held the same kind of evidence that this member was writable. */
function writableBefore(previous: VerdictInput["previous"], member: WritableMember): EpochMs | null {
  const witnesses = previous?.members.find((m) => m.name === member.name)?.witnesses ?? [];
  const seen = witnesses.find((w) => w.layer === member.basis);
  return seen?.says === "writer" && seen.trust === "fresh" && seen.at ? Date.parse(seen.at) : null;
}

function provenBefore({ previous }: VerdictInput, a: WritableMember, b: WritableMember): boolean {
  if (previous?.writePath.code !== "split-brain") return false;
  const { params } = previous.writePath.message;
  return params.a === a.name && params.b === b.name;
}
