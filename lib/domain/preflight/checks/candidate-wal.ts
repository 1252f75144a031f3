import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { block, overridable, pass, warn } from "./check";
import { leaderPrimary, seenMember } from "./leader";
import { dcsOf, keyOf, leaderOf, membersOf, patroniOf, postgresOf } from "./look";
import { seenDcs } from "./seen";

/** A change of leader that was asked for: one waits for what is missing, the other does not. */
export type Handover = "switchover" | "failover";

/** A leader that holds the key and says itself that it is the primary: then there is somebody to stream from. */
export const leaderHealthy = (context: PlanContext): boolean => {
  const leader = leaderOf(context);
  return leader !== null && leaderPrimary(context, leader).status === "pass";
};

/** True, false, or null where neither Patroni (before 3.0.4 it does not tell) nor PostgreSQL says it now. */
export function streams(context: PlanContext, member: MemberName): boolean | null {
  const patroni = freshOf(patroniOf(context, member));
  if (patroni?.replicationState === "streaming") return true;
  if (patroni?.replicationState === "in-archive-recovery") return false;
  const postgres = freshOf(postgresOf(context, member));
  if (!postgres?.canReadReplication) return null;
  return postgres.receiver?.status === "streaming";
}

export function candidateStreaming(context: PlanContext, member: MemberName, kind: Handover): Check {
  const id = "candidate-streaming";
  const evidence = seenMember(context, member);
  const flows = streams(context, member);
  if (flows) return pass(context, id, message("preflight.candidate-streaming.yes", { member }), evidence);
  if (kind === "failover" && !leaderHealthy(context)) {
    const text = message("preflight.candidate-streaming.no-source", { member });
    return warn(context, id, text, message("preflight.candidate-streaming.no-source-advice"), evidence);
  }
  const check =
    flows === null
      ? block(
          context,
          id,
          message("preflight.candidate-streaming.unseen", { member }),
          message("preflight.advice.look-again"),
          evidence,
        )
      : block(
          context,
          id,
          message("preflight.candidate-streaming.no", { member }),
          message("preflight.candidate-streaming.no-advice"),
          evidence,
        );
  return kind === "failover" ? overridable(check) : check;
}

/** Every fresh word about a member's timeline: its Patroni's, its PostgreSQL's, and its key's where it says nothing itself. */
function timelinesOf(context: PlanContext, member: MemberName): readonly number[] {
  const own = [freshOf(patroniOf(context, member))?.timeline, freshOf(postgresOf(context, member))?.timeline];
  return own.filter((one) => one != null);
}

/** The timeline that the cluster is on: the leader's own, else the newest that any member or the history tells of. */
function clusterTimeline(context: PlanContext): number | null {
  const leader = leaderOf(context);
  const led = leader === null ? [] : timelinesOf(context, leader);
  // A leader whose Patroni and PostgreSQL name different timelines is between two: neither is a measure.
  if (led.length > 0) return led.every((one) => one === led[0]) ? (led[0] ?? null) : null;
  const view = freshOf(dcsOf(context));
  const history = (view?.history ?? []).map(({ timeline }) => timeline + 1);
  const told = membersOf(context).flatMap((name) => [
    ...timelinesOf(context, name),
    keyOf(context, name)?.timeline ?? null,
  ]);
  const known = [...history, ...told.filter((one) => one !== null)];
  return known.length === 0 ? null : Math.max(...known);
}

export function candidateTimeline(context: PlanContext, member: MemberName, kind: Handover): Check {
  const id = "candidate-timeline";
  const leader = leaderOf(context);
  const own = timelinesOf(context, member);
  const cluster = clusterTimeline(context);
  const base = leader === null || leader === member ? [seenDcs(context)] : seenMember(context, leader);
  const evidence = [...seenMember(context, member), ...base];
  const soften = (check: Check) => (kind === "failover" ? overridable(check) : check);
  if (own.length === 0 || cluster === null) {
    const text = message("preflight.candidate-timeline.unseen", { member });
    return soften(block(context, id, text, message("preflight.advice.look-again"), evidence));
  }
  const other = own.find((one) => one !== cluster);
  if (other === undefined) {
    const text = message("preflight.candidate-timeline.yes", { member, timeline: cluster });
    return pass(context, id, text, evidence);
  }
  const text = message("preflight.candidate-timeline.no", { member, timeline: other, cluster });
  return soften(block(context, id, text, message("preflight.candidate-timeline.no-advice"), evidence));
}
