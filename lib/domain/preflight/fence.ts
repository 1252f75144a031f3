import type { PlanContext } from "../actions/facts";
import type { Fence } from "../actions/plan";
import { freshOf } from "../evidence/evidence";
import type { DcsView } from "../facts";
import type { MemberName } from "../ids";
import { type Message, message } from "../message";
import { dcsOf, leaderOf, patroniOf, postgresOf } from "./checks/look";
import type { FenceMoved } from "./preflight";

/** The state that a plan stands on, and what moved under it. Only fresh answers make a fence; what is not known then counts as a state. */

const NOTHING: Omit<Fence, "systemId" | "leader" | "leaderRevision"> = {
  timeline: null,
  configRevision: null,
  failoverRevision: null,
  paused: null,
  members: [],
  other: {},
};

/** Which cluster it is, and who leads it: part of every fence, since the lock in the DCS compares the leader key too. */
export function baseFence(context: PlanContext): Fence {
  const view = freshOf(dcsOf(context));
  return {
    ...NOTHING,
    systemId: view?.systemId ?? null,
    leader: view?.leader?.name ?? null,
    leaderRevision: view?.leader?.modRevision ?? null,
  };
}

/** A change of leader, or what concerns the leader: its timeline, the failover key, the pause, and the members named. */
export function leadershipFence(context: PlanContext, members: readonly MemberName[]): Fence {
  const view = freshOf(dcsOf(context));
  const leader = leaderOf(context);
  const named = [...new Set(leader === null ? members : [leader, ...members])];
  return {
    ...baseFence(context),
    timeline: leader === null ? null : timelineOf(context, leader),
    failoverRevision: failoverRevision(view),
    paused: view?.pause ?? null,
    members: named.map((name) => fencedMember(context, name)),
  };
}

/** Revision of a failover key that is there; its content where the DCS is not read itself. */
export function failoverRevision(view: DcsView | null): string | null {
  const key = view?.failover ?? null;
  if (!key) return null;
  return key.modRevision ?? `${key.leader ?? "-"}>${key.candidate ?? "-"}@${key.scheduledAt ?? "now"}`;
}

export function fencedMember(context: PlanContext, name: MemberName): Fence["members"][number] {
  const status = freshOf(patroniOf(context, name));
  return {
    name,
    role: status?.role ?? "unknown",
    state: status?.state ?? "unknown",
    timeline: timelineOf(context, name),
    postmasterStartTime: status?.postmasterStartTime ?? null,
  };
}

const timelineOf = (context: PlanContext, name: MemberName): number | null =>
  freshOf(patroniOf(context, name))?.timeline ?? freshOf(postgresOf(context, name))?.timeline ?? null;

export const fenceMoved: FenceMoved = (planned, now) => {
  const scalars = [
    moved("fence.system", planned.systemId, now.systemId),
    moved("fence.leader", planned.leader, now.leader),
    planned.leader === now.leader ? moved("fence.leader-key", planned.leaderRevision, now.leaderRevision) : [],
    moved("fence.timeline", planned.timeline, now.timeline),
    moved("fence.configuration", planned.configRevision, now.configRevision),
    moved("fence.failover-key", planned.failoverRevision, now.failoverRevision),
    moved("fence.pause", word(planned.paused), word(now.paused)),
  ];
  return [...scalars.flat(), ...membersMoved(planned, now), ...otherMoved(planned, now)];
};

type Value = string | number | null;
const word = (paused: boolean | null): string | null => (paused === null ? null : paused ? "paused" : "running");

function moved(key: string, before: Value, after: Value, more: Message["params"] = {}): readonly Message[] {
  if (before === after) return [];
  return [message(key, { ...more, before: before ?? "none", after: after ?? "none" })];
}

function membersMoved(planned: Fence, now: Fence): readonly Message[] {
  const names = [...new Set([...planned.members, ...now.members].map(({ name }) => name))];
  return names.flatMap((member) => {
    const [before, after] = [planned, now].map(({ members }) => members.find(({ name }) => name === member));
    if (!before) return [message("fence.member-new", { member })];
    if (!after) return [message("fence.member-gone", { member })];
    return [
      moved("fence.member-role", before.role, after.role, { member }),
      moved("fence.member-state", before.state, after.state, { member }),
      moved("fence.member-timeline", before.timeline, after.timeline, { member }),
      moved("fence.member-start", before.postmasterStartTime, after.postmasterStartTime, { member }),
    ].flat();
  });
}

function otherMoved(planned: Fence, now: Fence): readonly Message[] {
  const names = [...new Set([...Object.keys(planned.other), ...Object.keys(now.other)])].sort();
  return names.flatMap((name) => moved("fence.other", planned.other[name] ?? null, now.other[name] ?? null, { name }));
}
