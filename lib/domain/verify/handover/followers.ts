import type { Fence } from "../../actions/plan";
import { outOfSight } from "../../evidence/evidence";
import type { EpochMs, MemberName } from "../../ids";
import { type Message, message, selector } from "../../message";
import type { MemberView } from "../../snapshot";
import { type Sight, streamsOn } from "../shared/sight";
import type { Finding } from "../shared/steps";

/** Whether one member of the fence follows the new leader on its timeline, and what it does otherwise. */
export function followerFinding(
  name: MemberName,
  timeline: number | null,
  since: EpochMs,
  sight: Sight,
  view: MemberView | null,
): Finding {
  const member = sight.member(name);
  if (streamsOn(member, timeline, since)) return { state: "done" };
  if (outOfSight(member)) return { state: "running", detail: message("verify.detail.unseen", { member: name }) };
  return { state: "running", detail: whatItDoes(name, view, timeline) };
}

/** In which state a member is that does not follow yet. */
export function whatItDoes(name: MemberName, view: MemberView | null, timeline: number | null): Message {
  const state = view?.state ?? "unknown";
  if (state !== "running") return message("verify.detail.member-state", { member: name, state: selector(state) });
  const own = view?.timeline ?? null;
  if (own !== null && timeline !== null && own !== timeline)
    return message("verify.detail.other-timeline", { member: name, own, timeline });
  return message("verify.detail.not-streaming", { member: name });
}

/** Everyone of the fence who has to follow the new leader: replicas first, the former leader last. */
export function followersOf(fence: Fence, leader: MemberName | null): readonly MemberName[] {
  const names = fence.members.map(({ name }) => name).filter((name) => name !== leader);
  return [...names.filter((name) => name !== fence.leader), ...names.filter((name) => name === fence.leader)];
}
