import type { PlanContext } from "../actions/facts";
import { NO_IMPACT } from "../actions/plan";
import type { MemberName } from "../ids";
import { candidateImpacts, clientsCut, expectedGap, nextFailures, routingImpact } from "../impact/impact";
import { message } from "../message";
import { backupChecks } from "./checks/backups";
import { anyCandidate, candidateChecks, candidateObstacle } from "./checks/candidate";
import { behind } from "./checks/candidate-lag";
import { membersSeen, membersSettled, noPendingHandover, notPaused, timeAhead } from "./checks/cluster";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { leaderChecks } from "./checks/leader";
import { leaderOf, membersOf } from "./checks/look";
import { routingChecks } from "./checks/routing";
import { serverWork } from "./checks/work";
import { leadershipFence } from "./fence";
import type { Preflight } from "./preflight";

/** An orderly handover: the leader stops, having sent everything, and the candidate takes over. */
export const switchover: Preflight<"switchover"> = {
  action: "switchover",
  checks: (request, context) => {
    const { candidate, scheduledAt } = request;
    const leader = leaderOf(context);
    const concerned = [leader, candidate].filter((name) => name !== null);
    return [
      ...ground(context, "switchover"),
      ...dcsChecks(context),
      ...leaderChecks(context),
      noPendingHandover(context),
      notPaused(context, { scheduled: scheduledAt !== null, named: candidate !== null }, "switchover"),
      ...(scheduledAt === null ? [] : timeAhead(context, scheduledAt)),
      ...(candidate === null
        ? [anyCandidate(context, "switchover")]
        : candidateChecks(context, candidate, "switchover")),
      membersSettled(context, concerned, false),
      membersSeen(context, concerned),
      // What goes on now tells nothing of a time that is hours away.
      ...(scheduledAt === null ? rightNow(context, leader) : []),
    ];
  },
  impact: (request, context) => {
    const leader = leaderOf(context);
    return {
      ...NO_IMPACT,
      clients: clientsCut(context, leader === null ? [] : [leader]),
      candidates: candidateImpacts(context, "switchover"),
      writeGap: expectedGap(context, "switchover", request.candidate),
      routing: routingImpact(context, "switchover", request.candidate),
      nextFailures: nextFailures(context, {
        leader: request.candidate ?? likely(context),
        without: [],
        paused: context.snapshot.paused === true,
      }),
      touches: leader === null ? [] : [message("preflight.touches.demoted", { leader })],
    };
  },
  // All of them: each could be chosen, and each has to follow the new leader.
  fence: (_, context) => leadershipFence(context, membersOf(context)),
};

function rightNow(context: PlanContext, leader: MemberName | null) {
  return [...(leader === null ? [] : serverWork(context, leader)), ...backupChecks(context), ...routingChecks(context)];
}

/** Whom Patroni would most likely choose: of those that nothing blocks, the one that is least behind. */
function likely(context: PlanContext): MemberName | null {
  const leader = leaderOf(context);
  const fit = membersOf(context).filter(
    (name) => name !== leader && candidateObstacle(context, name, "switchover") === null,
  );
  const bytes = (name: MemberName) => behind(context, name)?.bytes ?? Number.POSITIVE_INFINITY;
  return fit.sort((a, b) => bytes(a) - bytes(b))[0] ?? null;
}
