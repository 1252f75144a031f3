import { NO_IMPACT } from "../actions/plan";
import { freshOf } from "../evidence/evidence";
import { nextFailures } from "../impact/impact";
import { message } from "../message";
import { noPendingHandover } from "./checks/cluster";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { leaderThere } from "./checks/leader";
import { dcsOf, leaderOf, membersOf } from "./checks/look";
import { isNotPaused, pauseEnds, pauseMeaning, scheduleWaits } from "./checks/pause";
import { allReachable, someoneReachable } from "./checks/target";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

/** Switches Patroni's automatics off. */
export const pause: Preflight<"pause"> = {
  action: "pause",
  checks: (request, context) => [
    ...ground(context, "pause"),
    ...dcsChecks(context),
    isNotPaused(context),
    pauseEnds(context, request),
    pauseMeaning(context),
    leaderThere(context),
    noPendingHandover(context, "warn"),
    scheduleWaits(context),
    someoneReachable(context),
    allReachable(context, membersOf(context)),
  ],
  impact: (_, context) => ({
    ...NO_IMPACT,
    nextFailures: nextFailures(context, { leader: leaderOf(context), without: [], paused: true }),
    touches: [message("preflight.touches.paused")],
  }),
  fence: (_, context) => ({ ...baseFence(context), paused: freshOf(dcsOf(context))?.pause ?? null }),
};
