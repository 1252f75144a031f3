import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { PostgresState } from "../../facts";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { listed, spelt } from "./amounts";
import { block, pass, warn } from "./check";
import { identity } from "./identity";
import { dcsOf, keyOf, leaderOf, membersOf, patroniOf } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/** Whether the members that are to be called can be, and are who they should be. Ids carry the member's name. */

const LOOK_AGAIN = message("preflight.advice.look-again");
/** States in which Patroni's own task runs: it would answer that one is already in progress. */
const TASKS: ReadonlySet<PostgresState> = new Set(["restarting", "stopping", "creating-replica", "initializing"]);

export const targetChecks = (context: PlanContext, member: MemberName): readonly Check[] => [
  targetExists(context, member),
  targetReachable(context, member),
  identity(context, member, `target-identity:${member}`),
];

/** A member whose key has expired is none to Patroni: its own REST may answer, but nothing that it did would be seen. */
export function targetExists(context: PlanContext, member: MemberName): Check {
  const id = `target-exists:${member}`;
  const evidence = [seenDcs(context)];
  if (keyOf(context, member)) return pass(context, id, message("preflight.target-exists.yes", { member }), evidence);
  if (dcsOf(context).state !== "fresh")
    return block(context, id, message("preflight.target-exists.unseen", { member }), LOOK_AGAIN, evidence);
  const advice = message("preflight.target-exists.no-advice");
  return block(context, id, message("preflight.target-exists.no", { member }), advice, evidence);
}

export function targetReachable(context: PlanContext, member: MemberName): Check {
  const id = `target-reachable:${member}`;
  const evidence = [seenPatroni(context, member)];
  const known = patroniOf(context, member);
  if (known.state === "fresh")
    return pass(context, id, message("preflight.target-reachable.yes", { member }), evidence);
  const text =
    known.state === "stale"
      ? message("preflight.target-reachable.stale", { member })
      : message("preflight.target-reachable.missing", { member });
  return block(context, id, text, message("preflight.target-reachable.no-advice"), evidence);
}

export function targetIdle(context: PlanContext, member: MemberName): Check {
  const id = `target-idle:${member}`;
  const evidence = [seenPatroni(context, member)];
  const state = freshOf(patroniOf(context, member))?.state ?? null;
  if (state === null)
    return block(context, id, message("preflight.target-idle.unseen", { member }), LOOK_AGAIN, evidence);
  if (!TASKS.has(state)) return pass(context, id, message("preflight.target-idle.yes", { member }), evidence);
  const text = message("preflight.target-idle.no", { member, state: spelt(state) });
  return block(context, id, text, message("preflight.target-idle.no-advice"), evidence);
}

/** Something of the cluster answers that could be called where any member will do: the leader first, then the others. */
export function someoneReachable(context: PlanContext): Check {
  const id = "someone-reachable";
  const leader = leaderOf(context);
  const names = [...membersOf(context)].sort((a, b) => Number(b === leader) - Number(a === leader));
  const evidence = names.map((name) => seenPatroni(context, name));
  const first = names.find((name) => patroniOf(context, name).state === "fresh");
  if (first === undefined)
    return block(
      context,
      id,
      message("preflight.someone-reachable.no"),
      message("preflight.someone-reachable.no-advice"),
      evidence,
    );
  if (first === leader || leader === null)
    return pass(context, id, message("preflight.someone-reachable.yes", { member: first }), evidence);
  const advice = message("preflight.someone-reachable.not-leader-advice");
  const text = message("preflight.someone-reachable.not-leader", { leader, member: first });
  return warn(context, id, text, advice, evidence);
}

/** Of several members, those that do not answer now will be left out. */
export function allReachable(context: PlanContext, members: readonly MemberName[]): Check {
  const id = "targets-reachable";
  const evidence = members.map((name) => seenPatroni(context, name));
  const silent = members.filter((name) => patroniOf(context, name).state !== "fresh");
  if (silent.length === 0) return pass(context, id, message("preflight.targets-reachable.yes"), evidence);
  const text = message("preflight.targets-reachable.some", { count: silent.length, members: listed(silent) });
  const make = silent.length === members.length ? block : warn;
  return make(context, id, text, message("preflight.targets-reachable.some-advice"), evidence);
}
