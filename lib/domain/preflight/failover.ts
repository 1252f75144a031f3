import type { PlanContext } from "../actions/facts";
import { type Check, NO_IMPACT } from "../actions/plan";
import { candidateImpacts, clientsCut, expectedGap, nextFailures, routingImpact } from "../impact/impact";
import { message } from "../message";
import { candidateChecks } from "./checks/candidate";
import { leaderHealthy } from "./checks/candidate-wal";
import { overridable, pass, warn } from "./checks/check";
import { membersSeen, membersSettled, noPendingHandover, notPaused } from "./checks/cluster";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { oneWriter, seenMember } from "./checks/leader";
import { dcsOf, leaderOf, membersOf } from "./checks/look";
import { seenDcs } from "./checks/seen";
import { serverWork } from "./checks/work";
import { leadershipFence } from "./fence";
import type { Preflight } from "./preflight";

/** A forced handover: for a cluster whose leader is lost. Patroni is told no leader's name, so nothing fences it but our own plan. */
export const failover: Preflight<"failover"> = {
  action: "failover",
  checks: ({ candidate }, context) => {
    const leader = leaderOf(context);
    const healthy = leaderHealthy(context);
    return [
      ...ground(context, "failover"),
      ...dcsChecks(context),
      leaderLost(context),
      overridable(oneWriter(context)),
      noPendingHandover(context),
      notPaused(context, { scheduled: false, named: true }, "failover"),
      ...candidateChecks(context, candidate, "failover"),
      membersSettled(context, [candidate], true),
      membersSeen(context, [candidate]),
      ...(healthy && leader !== null ? serverWork(context, leader) : []),
    ];
  },
  impact: ({ candidate }, context) => {
    const leader = leaderOf(context);
    const lost = leader !== null && !leaderHealthy(context) ? [leader] : [];
    return {
      ...NO_IMPACT,
      clients: clientsCut(context, leader === null ? [] : [leader]),
      candidates: candidateImpacts(context, "failover"),
      writeGap: expectedGap(context, "failover", candidate),
      routing: routingImpact(context, "failover", candidate),
      nextFailures: nextFailures(context, {
        leader: candidate,
        without: lost,
        paused: context.snapshot.paused === true,
      }),
      touches: [message("preflight.touches.promoted", { member: candidate })],
    };
  },
  // All of them: what another one lacks or has decides what is lost, and each has to follow the new leader.
  fence: ({ candidate }, context) => leadershipFence(context, [candidate, ...membersOf(context)]),
};

/** With a leader that is well, what is meant is almost always a switchover. */
function leaderLost(context: PlanContext): Check {
  const id = "leader-lost";
  const leader = leaderOf(context);
  const evidence = [seenDcs(context), ...(leader === null ? [] : seenMember(context, leader))];
  if (dcsOf(context).state !== "fresh") {
    const advice = message("preflight.advice.look-again");
    return warn(context, id, message("preflight.leader-lost.unseen"), advice, evidence);
  }
  if (leader === null) return pass(context, id, message("preflight.leader-lost.none"), evidence);
  if (leaderHealthy(context)) {
    const advice = message("preflight.leader-lost.healthy-advice");
    return warn(context, id, message("preflight.leader-lost.healthy", { leader }), advice, evidence);
  }
  const advice = message("preflight.leader-lost.silent-advice");
  return warn(context, id, message("preflight.leader-lost.silent", { leader }), advice, evidence);
}
