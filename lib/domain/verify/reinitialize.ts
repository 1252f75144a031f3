import type { Operation, Step } from "../actions/operation";
import type { ClusterState } from "../cluster-state";
import { outOfSight } from "../evidence/evidence";
import { hostOf } from "../evidence/places";
import { message } from "../message";
import { know } from "../observation";
import { whatItDoes } from "./handover/followers";
import { startOfOperation } from "./handover/times";
import { callState, endedAt, once, patroniCall, twoLoopsMs } from "./shared/calls";
import { look, restartedSince, type Sight, streamsOn, timelineSeen } from "./shared/sight";
import { doneAt, type Finding, stepOf, wasDone } from "./shared/steps";
import { type End, ending, type Findings, judged, refusedBy, takenFinding } from "./shared/verdicts";
import type { OperationOf, Verb, VerifyWorld } from "./types";

const CALL = "reinitialize";
/** A copy that nobody saw is believed after the new server has streamed for this long, in ms: small ones take less than a look. */
const UNSEEN_COPY_MS = 15_000;
/** Slowest copy that is waited for, in bytes a second. */
const SLOWEST = 10 * 2 ** 20;

type Reinit = OperationOf<"reinitialize">;

export const reinitialize: Verb<"reinitialize"> = {
  action: "reinitialize",
  next(operation, world) {
    const { member, fromLeader } = operation.request;
    const body = fromLeader ? { from_leader: true } : {};
    return once(
      operation,
      world,
      patroniCall(world.state, member, { id: CALL, method: "POST", path: "/reinitialize", body }),
    );
  },
  verify: (operation, world) => judged(operation, world, judge),
  deadlineMs: (_request, { state }) => 3_600_000 + ((clusterBytes(state) ?? 0) / SLOWEST) * 1_000,
};

/**
 * PROTOCOLS A.5: seen while the copy is made, then running, then streaming from another postmaster than before. `running` alone is true in
 * the first seconds too, when the old server has not even been stopped.
 */
function judge(operation: Reinit, world: VerifyWorld): Findings {
  const sight = look(world);
  const seen = see(operation, world, sight);
  const steps = stepsOf(operation, world, sight, seen);
  const progress = progressOf(operation, world, seen.copied && seen.streams);
  return { steps, end: endOf(operation, world, sight, seen), progress };
}

type Seen = {
  /** The copy is being made, by a look of now. */
  readonly copying: boolean;
  /** It was seen, or must have been made unseen. */
  readonly copied: boolean;
  readonly unseen: boolean;
  readonly runs: boolean;
  readonly streams: boolean;
};

function see(operation: Reinit, world: VerifyWorld, sight: Sight): Seen {
  const { member } = operation.request;
  const own = sight.member(member);
  const since = startOfOperation(operation);
  const leader = sight.dcs?.leader?.name ?? null;
  const copying = seesCopy(sight, member);
  const anew = !copying && restartedSince(own, operation.fence, since) === true;
  const runs = anew && own?.patroni.state === "fresh" && own.patroni.value.state === "running";
  const streams = runs && leader !== null && streamsOn(own, timelineSeen(sight.member(leader), sight), since);
  const streamingSince = streams ? (doneAt(operation.steps, "streaming") ?? world.now) : null;
  const watched = copying || wasDone(operation, "copying");
  const unseen = !watched && streamingSince !== null && world.now - streamingSince >= UNSEEN_COPY_MS;
  return { copying, copied: watched || unseen, unseen, runs, streams };
}

function stepsOf(operation: Reinit, world: VerifyWorld, sight: Sight, seen: Seen): readonly Step[] {
  const { member } = operation.request;
  const call = callState(operation, world, CALL);
  const view = world.snapshot.members.find(({ name }) => name === member) ?? null;
  const hidden = outOfSight(sight.member(member));
  const busy = hidden ? message("verify.detail.unseen", { member }) : whatItDoes(member, view, null);
  const step = (id: string, finding: Finding) =>
    stepOf(operation, world.now, id, message(`verify.step.${id}`, { member }), finding);
  /** Done, under way with what it is busy with, or waiting for what comes before it. */
  const stage = (id: string, done: boolean, begun: boolean) =>
    step(id, done ? { state: "done" } : begun ? { state: "running", detail: busy } : { state: "waiting" });
  return [
    step("taken", wasDone(operation, "taken") ? { state: "done" } : takenFinding(call, seen.copying)),
    seen.unseen
      ? step("copying", { state: "skipped", detail: message("verify.detail.copy-unseen") })
      : stage("copying", seen.copied, endedAt(call) !== null),
    stage("running", seen.runs, seen.copied),
    stage("streaming", seen.streams, seen.runs),
  ];
}

function seesCopy(sight: Sight, name: string): boolean {
  const own = sight.member(name);
  if (own?.patroni.state === "fresh" && own.patroni.value.state === "creating-replica") return true;
  return sight.dcs?.members.some((one) => one.name === name && one.state === "creating-replica") ?? false;
}

function endOf(operation: Reinit, world: VerifyWorld, sight: Sight, seen: Seen): End | null {
  const { member } = operation.request;
  const call = callState(operation, world, CALL);
  if (seen.copied && seen.streams) {
    const reasons = seen.unseen ? [message("verify.detail.copy-unseen")] : [];
    return ending("done", "reinitialized", message("outcome.reinitialized", { member }), reasons);
  }
  const ended = endedAt(call);
  if (ended === null || seen.copied || seen.runs) return null;
  const { patroni } = sight.member(member) ?? {};
  const untouched =
    patroni?.state === "fresh" &&
    patroni.at >= ended &&
    patroni.value.state === "running" &&
    restartedSince(sight.member(member), operation.fence, ended) === false;
  if (untouched && refusedBy(call)) return refusedBy(call);
  // A member that is out of sight says nothing against a refusal either.
  if (refusedBy(call) && world.now - ended >= twoLoopsMs(world.state))
    return refusedBy(call, [message("outcome.reason.unconfirmed")]);
  if (!untouched || world.now - ended < 2 * twoLoopsMs(world.state)) return null;
  return ending("failed", "no-change", message("outcome.reinit-no-change", { member }));
}

/** Bytes that the base backup to this member has streamed of what it will; the last figures stay when it is no longer shown. */
function progressOf(operation: Reinit, world: VerifyWorld, finished: boolean): Operation["progress"] {
  const { member } = operation.request;
  const entry = world.state.roster.find(({ name }) => name === member);
  const host = hostOf(entry?.host);
  for (const looked of Object.values(world.state.basebackups)) {
    const known = know(looked, world.now);
    if (known.state !== "fresh") continue;
    const stream = known.value.streams.find(
      ({ application, client }) => application === member || (host !== null && hostOf(client) === host),
    );
    if (!stream || stream.streamedBytes === null) continue;
    return { done: stream.streamedBytes, total: stream.totalBytes ?? clusterBytes(world.state), unit: "bytes" };
  }
  const last = operation.progress;
  return finished && last !== null && last.total !== null ? { ...last, done: last.total } : last;
}

/** Sum of the databases on the leader; null while one of them was not measured. */
export function clusterBytes(state: ClusterState): number | null {
  const leader = state.dcs.good?.value.leader?.name;
  const sizes = leader === undefined ? undefined : state.sizes[leader]?.good?.value.databases;
  if (!sizes || sizes.length === 0) return null;
  return sizes.reduce<number | null>((sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes), 0);
}
