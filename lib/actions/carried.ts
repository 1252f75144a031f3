import type { AnsweredCall, Operation, OperationPhase, Step } from "@/lib/domain/actions/operation";
import type { CandidateImpact } from "@/lib/domain/actions/plan";
import { toWriteGap } from "@/lib/domain/client-eye/gap";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { WriteGap } from "@/lib/domain/events/event";
import type { EpochMs } from "@/lib/domain/ids";
import type { Verification, VerifyWorld } from "@/lib/domain/verify/types";
import type { Picture } from "./pictures";
import type { Held } from "./works";

/** One operation under way, as its carrier keeps it. */
export type Carried = {
  /** Its answers are those that came; what is under way is in `inFlight`. */
  operation: Operation;
  readonly inFlight: Map<string, AnsweredCall>;
  held: Held | null;
  /** Gaps of the client's eye since it began, by their start: the eye itself remembers only the last one. */
  readonly gaps: Map<string, WriteGap>;
};

/** As it is written down: a call under way is one of which nothing is known. */
export const storedForm = ({ operation, inFlight }: Carried): Operation => ({
  ...operation,
  answers: [...operation.answers, ...inFlight.values()],
});

export function worldOf(carried: Carried, { state, snapshot }: Picture, now: EpochMs): VerifyWorld {
  noteGaps(carried, state);
  const gaps = state.clientEye === null && carried.gaps.size === 0 ? null : [...carried.gaps.values()];
  return { now, state, snapshot, inFlight: new Set(carried.inFlight.keys()), gaps };
}

/** Those that were not over when the operation began: an outage that an action ends began before it. */
function noteGaps({ gaps, operation }: Carried, state: ClusterState): void {
  const memory = state.clientEye?.memory;
  const since = Date.parse(operation.startedAt ?? operation.createdAt);
  const last = memory?.lastGap ?? null;
  for (const gap of [last && last.endedAt >= since ? last : null, memory?.gap ?? null]) {
    if (!gap) continue;
    const told = toWriteGap(state, gap);
    // The server before the gap is told by its start, which another server may have by now.
    gaps.set(told.startedAt, { ...told, from: gaps.get(told.startedAt)?.from ?? told.from });
  }
}

/** The operation as judged now, without its end. */
export function judged(
  operation: Operation,
  verification: Verification,
  phase: OperationPhase,
  expected: CandidateImpact | null,
): Operation {
  const { steps, writeGapMs, writeGapBasis, progress } = verification;
  const receipt = verification.receipt && { ...verification.receipt, before: verification.receipt.before ?? expected };
  return { ...operation, phase, steps, writeGapMs, writeGapBasis, receipt, progress };
}

/** What was expected of whoever leads now, if somebody else led before. */
export function expectedOf(
  candidates: readonly CandidateImpact[],
  { fence }: Operation,
  { state }: Picture,
): CandidateImpact | null {
  const leader = state.dcs.good?.value.leader?.name ?? null;
  return leader === fence.leader ? null : (candidates.find(({ member }) => member === leader) ?? null);
}

/** How far it is, by what was called and answered. */
export function phaseOf({ operation, inFlight }: Carried): OperationPhase {
  const last = operation.answers.at(-1);
  if (!last) return inFlight.size > 0 ? "calling" : operation.phase;
  if (inFlight.size > 0) return operation.phase;
  return last.kind === "accepted" || last.kind === "scheduled" ? "accepted" : "verifying";
}

/** Steps that are told in the audit log: those that are in another state than before. */
export const stepsThatMoved = (before: readonly Step[], after: readonly Step[]): readonly Step[] =>
  after.filter((step) => before.find(({ id }) => id === step.id)?.state !== step.state);

/** What must reach the store at once; figures that run may wait. */
export const gist = (operation: Operation): string =>
  JSON.stringify([
    operation.state,
    operation.phase,
    operation.deadlineAt,
    operation.answers.map(({ id, kind }) => [id, kind]),
    operation.steps.map(({ id, state }) => [id, state]),
    operation.receipt?.basis,
    operation.writeGapMs,
  ]);
