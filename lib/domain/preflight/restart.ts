import type { PlanContext } from "../actions/facts";
import { NO_IMPACT } from "../actions/plan";
import type { RequestOf } from "../actions/request";
import type { MemberName } from "../ids";
import { clientsCut, expectedGap, routingImpact } from "../impact/impact";
import { message } from "../message";
import { noPendingHandover, notPaused, timeAhead } from "./checks/cluster";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { leaderOf, membersOf, patroniOf } from "./checks/look";
import { noSchedule, notTogether, pendingRestart, restartStopsWrites, somePending } from "./checks/restart";
import { allReachable, targetChecks, targetIdle } from "./checks/target";
import { serverWork } from "./checks/work";
import { leadershipFence } from "./fence";
import type { Preflight } from "./preflight";

type Ask = RequestOf<"restart">;

/** Restarts PostgreSQL on one member or on all of them, now or at a set time. */
export const restart: Preflight<"restart"> = {
  action: "restart",
  checks: (request, context) => {
    const { member, onlyPending, scheduledAt } = request;
    const asked = member === null ? membersOf(context) : [member];
    const hit = restarted(request, context);
    const leader = leaderOf(context);
    return [
      ...ground(context, "restart"),
      ...dcsChecks(context),
      noPendingHandover(context, "warn"),
      notPaused(context, { scheduled: scheduledAt !== null, named: true }, "restart"),
      ...(scheduledAt === null ? [] : timeAhead(context, scheduledAt)),
      ...(member === null && scheduledAt !== null ? [notTogether(context, hit)] : []),
      ...(member === null ? [allReachable(context, hit)] : []),
      ...hit.flatMap((name) => targetsOf(context, name, member !== null)),
      ...(onlyPending ? [somePending(context, asked)] : []),
      noSchedule(context, hit, scheduledAt !== null),
      restartStopsWrites(context, hit),
      ...(scheduledAt === null && leader !== null && hit.includes(leader) ? serverWork(context, leader) : []),
    ];
  },
  impact: (request, context) => {
    const hit = restarted(request, context);
    const leader = leaderOf(context);
    const stopsWrites = leader !== null && hit.includes(leader);
    return {
      ...NO_IMPACT,
      clients: clientsCut(context, hit),
      writeGap: stopsWrites ? expectedGap(context, "restart", leader) : null,
      routing: routingImpact(context, "restart", request.member ?? (stopsWrites ? leader : null)),
      touches: hit.map((member) => message("preflight.touches.restarted", { member })),
    };
  },
  fence: (request, context) => leadershipFence(context, restarted(request, context)),
};

/** Members that will be restarted; of those that wait for one, only these. */
function restarted({ member, onlyPending }: Ask, context: PlanContext): readonly MemberName[] {
  if (member !== null) return [member];
  const all = membersOf(context);
  return onlyPending ? all.filter((name) => pendingRestart(context, name) === true) : all;
}

/** Of several members, one that is silent is left out and was said so already; one that answers must be the right one, and idle. */
function targetsOf(context: PlanContext, name: MemberName, alone: boolean) {
  if (!alone && patroniOf(context, name).state !== "fresh") return [];
  return [...targetChecks(context, name), targetIdle(context, name)];
}
