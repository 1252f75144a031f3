import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { type Message, message } from "../../message";
import { listed, spelt } from "./amounts";
import { candidateLag } from "./candidate-lag";
import { candidateStreaming, candidateTimeline, type Handover } from "./candidate-wal";
import { block, pass, type Seen, warn } from "./check";
import { identity } from "./identity";
import { dcsOf, isSync, keyOf, leaderOf, membersOf, mustNotLead, patroniOf, synchronousMode } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/** May this member become the leader? The same questions for the one that was named and for each that Patroni might choose. */

type Ask = (context: PlanContext, member: MemberName, kind: Handover) => Check;

const QUESTIONS: readonly Ask[] = [
  exists,
  notLeader,
  reachable,
  (context, member) => identity(context, member, "candidate-identity"),
  running,
  candidateStreaming,
  candidateTimeline,
  candidateLag,
  tags,
  watchdog,
  sync,
];

export function candidateChecks(context: PlanContext, member: MemberName, kind: Handover): readonly Check[] {
  return QUESTIONS.map((ask) => ask(context, member, kind));
}

/** The first reason why a member cannot be a candidate now; null when nothing blocks it. */
export function candidateObstacle(context: PlanContext, member: MemberName, kind: Handover): Message | null {
  for (const ask of QUESTIONS) {
    const check = ask(context, member, kind);
    if (check.status === "block") return check.text;
  }
  return null;
}

/** Where Patroni chooses: at least one member that nothing blocks. */
export function anyCandidate(context: PlanContext, kind: Handover): Check {
  const id = "candidate-any";
  const leader = leaderOf(context);
  const others = membersOf(context).filter((name) => name !== leader);
  const fit = others.filter((name) => candidateObstacle(context, name, kind) === null);
  const evidence: Seen = [seenDcs(context), ...others.map((name) => seenPatroni(context, name))];
  if (fit.length > 0) {
    const text = message("preflight.candidate-any.some", { count: fit.length, members: listed(fit) });
    return pass(context, id, text, evidence);
  }
  const text = message("preflight.candidate-any.none", { count: others.length });
  return block(context, id, text, message("preflight.candidate-any.none-advice"), evidence);
}

function exists(context: PlanContext, member: MemberName): Check {
  const id = "candidate-exists";
  const evidence = [seenDcs(context)];
  if (keyOf(context, member)) return pass(context, id, message("preflight.candidate-exists.yes", { member }), evidence);
  if (dcsOf(context).state !== "fresh") {
    const text = message("preflight.candidate-exists.unseen", { member });
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const advice = message("preflight.candidate-exists.no-advice");
  return block(context, id, message("preflight.candidate-exists.no", { member }), advice, evidence);
}

function notLeader(context: PlanContext, member: MemberName): Check {
  const id = "candidate-not-leader";
  const evidence = [seenDcs(context), seenPatroni(context, member)];
  if (dcsOf(context).state !== "fresh") {
    const text = message("preflight.candidate-not-leader.unseen", { member });
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const own = freshOf(patroniOf(context, member))?.role;
  if (leaderOf(context) === member || own === "primary" || own === "standby-leader") {
    const advice = message("preflight.candidate-not-leader.no-advice");
    return block(context, id, message("preflight.candidate-not-leader.no", { member }), advice, evidence);
  }
  return pass(context, id, message("preflight.candidate-not-leader.yes", { member }), evidence);
}

/** Patroni asks each candidate's REST itself and refuses one that does not answer. */
function reachable(context: PlanContext, member: MemberName): Check {
  const id = "candidate-reachable";
  const evidence = [seenPatroni(context, member)];
  const known = patroniOf(context, member);
  if (known.state === "fresh")
    return pass(context, id, message("preflight.candidate-reachable.yes", { member }), evidence);
  const text =
    known.state === "stale"
      ? message("preflight.candidate-reachable.stale", { member })
      : message("preflight.candidate-reachable.missing", { member });
  return block(context, id, text, message("preflight.candidate-reachable.no-advice"), evidence);
}

function running(context: PlanContext, member: MemberName): Check {
  const id = "candidate-running";
  const evidence = [seenPatroni(context, member)];
  const known = patroniOf(context, member);
  if (known.state !== "fresh") {
    const text = message("preflight.candidate-running.unseen", { member });
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const { state } = known.value;
  if (state === "running") return pass(context, id, message("preflight.candidate-running.yes", { member }), evidence);
  const text = message("preflight.candidate-running.no", { member, state: spelt(state) });
  return block(context, id, text, message("preflight.candidate-running.no-advice"), evidence);
}

/** By its own tags and by its key in the DCS: one of them may be up to a loop older. */
function tags(context: PlanContext, member: MemberName): Check {
  const id = "candidate-tags";
  const evidence = [seenPatroni(context, member), seenDcs(context)];
  const words = [freshOf(patroniOf(context, member))?.tags, keyOf(context, member)?.tags].filter((one) => one != null);
  if (words.length === 0) {
    const text = message("preflight.candidate-tags.unseen", { member });
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  if (!words.some(mustNotLead)) return pass(context, id, message("preflight.candidate-tags.yes", { member }), evidence);
  const text = message("preflight.candidate-tags.no", { member });
  return block(context, id, text, message("preflight.candidate-tags.no-advice"), evidence);
}

function watchdog(context: PlanContext, member: MemberName): Check {
  const id = "candidate-watchdog";
  const evidence = [seenPatroni(context, member)];
  const known = patroniOf(context, member);
  if (known.state !== "fresh") {
    const text = message("preflight.candidate-watchdog.unseen", { member });
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  if (!known.value.watchdogFailed)
    return pass(context, id, message("preflight.candidate-watchdog.yes", { member }), evidence);
  const text = message("preflight.candidate-watchdog.no", { member });
  return block(context, id, text, message("preflight.candidate-watchdog.no-advice"), evidence);
}

/** In synchronous mode only a member of the sync key has everything that was promised to clients. */
function sync(context: PlanContext, member: MemberName, kind: Handover): Check {
  const id = "candidate-sync";
  const evidence = [seenDcs(context)];
  const view = freshOf(dcsOf(context));
  if (!view) {
    const text = message("preflight.candidate-sync.unseen", { member });
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const mode = synchronousMode(view);
  if (mode === "off") return pass(context, id, message("preflight.candidate-sync.off"), evidence);
  if (isSync(view, member)) return pass(context, id, message("preflight.candidate-sync.yes", { member }), evidence);
  if (mode === "unknown") {
    const advice = message("preflight.candidate-sync.unknown-advice");
    return warn(context, id, message("preflight.candidate-sync.unknown", { member }), advice, evidence);
  }
  const text = message("preflight.candidate-sync.no", { member });
  return kind === "failover"
    ? warn(context, id, text, message("preflight.candidate-sync.failover-advice"), evidence)
    : block(context, id, text, message("preflight.candidate-sync.switchover-advice"), evidence);
}
