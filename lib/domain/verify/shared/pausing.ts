import type { Step } from "../../actions/operation";
import { outOfSight } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import type { OperationOf, Verb, VerifyWorld } from "../types";
import { anyMember } from "./any-member";
import { callState, endedAt, once, patroniCall, twoLoopsMs } from "./calls";
import { look, type Sight } from "./sight";
import { SETTLED, stepOf, wasDone } from "./steps";
import { type End, ending, type Findings, judged, refusedBy, takenFinding } from "./verdicts";

type Kind = "pause" | "resume";

/** Switches Patroni's maintenance mode on or off for the whole cluster. */
export function switchPause<K extends Kind>(action: K, wanted: boolean): Verb<K> {
  const body = { pause: wanted ? true : null };
  return {
    action,
    next(operation, world) {
      const member = anyMember(operation.fence.leader, world);
      if (member === null) return null;
      return once(
        operation,
        world,
        patroniCall(world.state, member, { id: action, method: "PATCH", path: "/config", body }),
      );
    },
    verify: (operation, world) =>
      judged(operation, world, (one, seen) => judge(one as OperationOf<Kind>, seen, action, wanted)),
    deadlineMs: (_request, { state }) => 120_000 + twoLoopsMs(state),
  };
}

/** Done when the DCS says so and every member that can be seen does: one that cannot is named, for it may still act on the old word. */
function judge(operation: OperationOf<Kind>, world: VerifyWorld, action: Kind, wanted: boolean): Findings {
  const sight = look(world);
  const call = callState(operation, world, action);
  const ended = endedAt(call);
  const looked = ended !== null && sight.dcsAt !== null && sight.dcsAt >= ended;
  const shows = looked && sight.dcs?.pause === wanted;
  const params = { wanted: wanted ? "on" : "off" };
  const dcs = stepOf(operation, world.now, "dcs", message("verify.step.pause-dcs", params), {
    state: shows || wasDone(operation, "dcs") ? "done" : ended === null ? "waiting" : "running",
  });
  const set = dcs.endedAt !== null && dcs.state === "done" ? Date.parse(dcs.endedAt) : null;
  const members = world.state.roster.map(({ name }) => member(operation, world, sight, { name, wanted, set, ended }));
  const steps = [
    stepOf(operation, world.now, "taken", message("verify.step.taken"), takenFinding(call, shows)),
    dcs,
    ...members,
  ];
  return { steps, end: endOf(operation, world, action, steps, { looked, ended, set, wanted }) };
}

type Asked = {
  readonly name: MemberName;
  readonly wanted: boolean;
  readonly set: number | null;
  readonly ended: number | null;
};

function member(
  operation: OperationOf<Kind>,
  world: VerifyWorld,
  sight: Sight,
  { name, wanted, set, ended }: Asked,
): Step {
  const id = `member:${name}`;
  const text = message("verify.step.pause-member", { member: name, wanted: wanted ? "on" : "off" });
  const step = (finding: Parameters<typeof stepOf>[4]) => stepOf(operation, world.now, id, text, finding);
  if (wasDone(operation, id)) return step({ state: "done" });
  if (set === null || ended === null) return step({ state: "waiting" });
  const own = sight.member(name);
  const rest = own?.patroni.state === "fresh" && own.patroni.at >= ended ? own.patroni.value.pause : null;
  if (rest === wanted) return step({ state: "done" });
  // The key of a member that is gone keeps its last word until it expires; only one that answers is believed by its key.
  const unseen = outOfSight(own) || own?.patroni.state !== "fresh";
  const key = sight.dcs?.members.find((one) => one.name === name);
  if (!unseen && key?.pause === wanted && rest === null) return step({ state: "done" });
  const late = world.now - set >= twoLoopsMs(world.state);
  if (unseen) {
    return step({ state: late ? "unknown" : "running", detail: message("verify.detail.unseen", { member: name }) });
  }
  return step({ state: late ? "failed" : "running", detail: message("verify.detail.pause-behind", { member: name }) });
}

type Stand = {
  readonly looked: boolean;
  readonly ended: number | null;
  readonly set: number | null;
  readonly wanted: boolean;
};

function endOf(
  operation: OperationOf<Kind>,
  world: VerifyWorld,
  action: Kind,
  steps: readonly Step[],
  { looked, ended, set, wanted }: Stand,
): End | null {
  const call = callState(operation, world, action);
  if (set === null) {
    if (ended === null || !looked) return null;
    if (refusedBy(call)) return refusedBy(call);
    return world.now - ended < twoLoopsMs(world.state)
      ? null
      : ending("failed", "no-change", message("outcome.config-no-change"));
  }
  if (steps.some(({ id, state }) => id.startsWith("member:") && !SETTLED.has(state))) return null;
  const open = steps.filter(({ id, state }) => id.startsWith("member:") && state !== "done");
  const reasons = open.map(({ detail, text }) => detail ?? text);
  if (open.some(({ state }) => state === "failed")) {
    const params = { wanted: wanted ? "on" : "off", count: open.length };
    return ending("done-otherwise", "partly", message("outcome.pause-partly", params), reasons);
  }
  const code = action === "pause" ? "paused" : "resumed";
  return ending("done", code, message(`outcome.${code}`), reasons);
}
