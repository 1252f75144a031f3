import type { Operation, Step } from "../../actions/operation";
import { outOfSight } from "../../evidence/evidence";
import type { EpochMs, MemberName } from "../../ids";
import { type Message, message } from "../../message";
import { isStandbyCluster } from "../../snapshot/member-role";
import { ranBefore, type Sight, timelineSeen } from "../shared/sight";
import { doneAt, type Finding, SETTLED, stepBefore, stepOf } from "../shared/steps";
import type { VerifyWorld } from "../types";
import type { Handover } from "./asked";
import { followerFinding, followersOf, whatItDoes } from "./followers";
import { endedTimeline } from "./measures";
import { clientFinding, haproxyFinding, type RouteFinding, vipFinding } from "./routes";

/** A source that cannot be seen from here is waited for this long after the new leader takes writes, in ms. */
export const BLIND_MS = 15_000;
/** Whatever can be seen and does not come is waited for this long, in ms. */
export const PATIENCE_MS = 90_000;

export type After = {
  readonly operation: Operation;
  readonly world: VerifyWorld;
  readonly sight: Sight;
  /** Null: nobody has taken over yet, and every step waits. */
  readonly leader: MemberName | null;
  /** Since when it holds the key. */
  readonly since: EpochMs;
  /** It held the key at the last look too: what was found of it then stands. */
  readonly same: boolean;
  readonly asked: Handover;
};

/** When the new leader was first seen to take writes: patience with everything else counts from then. */
export const servedSince = (steps: readonly Step[]): EpochMs | null => doneAt(steps, "writable");

/** Everything that follows the change of the key. */
export function afterSteps(after: After): readonly Step[] {
  const { operation, world, leader } = after;
  const written = toStep(after, "writable", {}, leader === null ? null : writable(after, leader));
  const grown = toStep(after, "timeline", {}, leader === null ? null : timeline(after, leader));
  const served = servedSince([written]);
  const routes = routesOf(after).map(({ id, params, find }) =>
    toStep(after, id, params, patient(leader === null ? null : find(leader), served, world.now)),
  );
  const followers = followersOf(operation.fence, leader ?? candidateOf(after)).map((name) =>
    toStep(
      after,
      `member:${name}`,
      { member: name },
      follower(after, name, { served, grown: grown.state !== "running" }),
    ),
  );
  return [written, grown, ...routes, ...settleDead(after, [written, grown, ...routes], followers)];
}

/** Before anybody leads, the step of the one who is to lead is left out: it has nobody to follow. */
const candidateOf = ({ asked }: After): MemberName | null => asked.candidate;

function toStep(after: After, id: string, params: Message["params"], finding: Finding | null): Step {
  const { operation, world, same, leader } = after;
  const text = message(`verify.step.${id.replace(/:.*$/, "")}`, params);
  const before = same && leader !== null ? stepBefore(operation, id) : null;
  // What once came true stands: a look that is too old now takes nothing back.
  if (before?.state === "done") return { ...before, text };
  const own = same ? operation : { steps: operation.steps.filter((step) => step.id !== id) };
  return stepOf(own, world.now, id, text, finding ?? { state: "waiting" });
}

function writable({ sight, since }: After, leader: MemberName): Finding {
  const member = sight.member(leader);
  if (sight.dcs !== null && isStandbyCluster(sight.dcs)) {
    const { patroni } = member ?? {};
    const leads = patroni?.state === "fresh" && patroni.at >= since && patroni.value.role === "standby-leader";
    return leads ? { state: "done" } : { state: "running" };
  }
  const says = member?.writable;
  if (says?.says === "writable" && says.at >= since) return { state: "done" };
  if (outOfSight(member)) return { state: "running", detail: message("verify.detail.unseen", { member: leader }) };
  return { state: "running", detail: message("verify.detail.promoting", { member: leader }) };
}

function timeline({ operation, sight }: After, leader: MemberName): Finding {
  if (sight.dcs !== null && isStandbyCluster(sight.dcs)) return { state: "skipped" };
  const was = endedTimeline(operation.fence, sight);
  const own = timelineSeen(sight.member(leader), sight);
  if (was === null) return own === null ? { state: "running" } : { state: "skipped" };
  if (own !== null && own > was) return { state: "done", detail: message("verify.detail.timeline", { was, own }) };
  return { state: "running" };
}

type Route = {
  readonly id: string;
  readonly params: Message["params"];
  find(leader: MemberName): RouteFinding;
};

function routesOf({ world, sight }: After): readonly Route[] {
  const { vip, haproxy, clientEye } = world.state.spec;
  return [
    ...(vip?.follows === "leader"
      ? [{ id: "vip", params: { address: vip.address }, find: (one: MemberName) => vipFinding(world, sight, one) }]
      : []),
    ...(haproxy?.writePool ? haproxy.nodes : []).map((node) => ({
      id: `haproxy:${node}`,
      params: { node },
      find: (one: MemberName) => haproxyFinding(world, sight, one, node),
    })),
    ...(clientEye
      ? [{ id: "client", params: { address: clientEye.address }, find: (one: MemberName) => clientFinding(world, one) }]
      : []),
  ];
}

/** What does not come true in time has failed; what cannot be seen from here is not known, and is not waited for as long. */
function patient(found: RouteFinding | null, served: EpochMs | null, now: EpochMs): Finding | null {
  if (!found || found.state === "done" || served === null) return found;
  if (!found.seen && now - served >= BLIND_MS) return { ...found, state: "unknown" };
  return now - served >= PATIENCE_MS ? { ...found, state: "failed" } : found;
}

type Ground = {
  readonly served: EpochMs | null;
  /** The new timeline is known: before, a follower of the old one cannot be told from one of the new. */
  readonly grown: boolean;
};

function follower(after: After, name: MemberName, { served, grown }: Ground): Finding | null {
  const { world, sight, leader, since } = after;
  if (leader === null) return null;
  const view = world.snapshot.members.find((one) => one.name === name) ?? null;
  const timeline = grown ? timelineSeen(sight.member(leader), sight) : null;
  const found = followerFinding(name, timeline, since, sight, view);
  if (found.state === "done" || served === null || world.now - served < PATIENCE_MS) return found;
  return { state: "failed", detail: found.detail ?? whatItDoes(name, view, null) };
}

/** A member that did not run when the plan was made is shown, and not waited for once all else is settled. */
function settleDead(after: After, rest: readonly Step[], followers: readonly Step[]): readonly Step[] {
  const { operation, world, leader } = after;
  if (leader === null) return followers;
  const dead = (step: Step) => !ranBefore(operation.fence, step.id.slice("member:".length));
  const open = [...rest, ...followers.filter((step) => !dead(step))].some(({ state }) => !SETTLED.has(state));
  if (open) return followers;
  return followers.map((step) => {
    if (!dead(step) || step.state === "done") return step;
    const detail = message("verify.detail.down-before", { member: String(step.text.params.member) });
    return stepOf(operation, world.now, step.id, step.text, { state: "skipped", detail });
  });
}
