import { NO_IMPACT } from "../actions/plan";
import { freshOf } from "../evidence/evidence";
import { nextFailures } from "../impact/impact";
import { message } from "../message";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { leaderThere, oneWriter } from "./checks/leader";
import { dcsOf, leaderOf, membersOf } from "./checks/look";
import { isPaused, sameSystem, sameTimeline } from "./checks/pause";
import { allReachable, someoneReachable } from "./checks/target";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

/** Switches Patroni's automatics on again: what was put off while they were off is made up for at once. */
export const resume: Preflight<"resume"> = {
  action: "resume",
  checks: (_, context) => [
    ...ground(context, "resume"),
    ...dcsChecks(context),
    isPaused(context),
    leaderThere(context),
    oneWriter(context),
    sameSystem(context),
    sameTimeline(context),
    someoneReachable(context),
    allReachable(context, membersOf(context)),
  ],
  impact: (_, context) => ({
    ...NO_IMPACT,
    nextFailures: nextFailures(context, { leader: leaderOf(context), without: [], paused: false }),
    touches: [message("preflight.touches.resumed")],
  }),
  fence: (_, context) => ({ ...baseFence(context), paused: freshOf(dcsOf(context))?.pause ?? null }),
};
