import { NO_IMPACT } from "../actions/plan";
import { clientsCut, nextFailures, reinitImpact } from "../impact/impact";
import { message } from "../message";
import { backupRunning } from "./checks/backups";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { leaderKnown, leaderPrimary, oneWriter } from "./checks/leader";
import { leaderOf } from "./checks/look";
import {
  fromLeaderKnown,
  noCascade,
  notCloneSource,
  notNamedNext,
  notOnlySync,
  othersStream,
  targetNotLeader,
} from "./checks/reinit";
import { targetChecks, targetIdle } from "./checks/target";
import { leadershipFence } from "./fence";
import type { Preflight } from "./preflight";

/** Deletes a replica's data directory and makes it anew. */
export const reinitialize: Preflight<"reinitialize"> = {
  action: "reinitialize",
  checks: ({ member, fromLeader }, context) => {
    const leader = leaderOf(context);
    return [
      ...ground(context, "reinitialize"),
      ...dcsChecks(context),
      leaderKnown(context),
      ...(leader === null || leader === member ? [] : [leaderPrimary(context, leader)]),
      oneWriter(context),
      ...targetChecks(context, member),
      targetNotLeader(context, member),
      targetIdle(context, member),
      othersStream(context, member),
      notOnlySync(context, member),
      notCloneSource(context, member),
      noCascade(context, member),
      notNamedNext(context, member),
      ...(fromLeader ? [fromLeaderKnown(context, member)] : []),
      ...backupRunning(context),
    ];
  },
  impact: ({ member, fromLeader }, context) => ({
    ...NO_IMPACT,
    clients: clientsCut(context, [member]),
    nextFailures: nextFailures(context, {
      leader: leaderOf(context),
      without: [member],
      paused: context.snapshot.paused === true,
    }),
    reinit: reinitImpact(context, member, fromLeader),
    touches: [message("preflight.touches.reinitialised", { member })],
  }),
  fence: ({ member }, context) => leadershipFence(context, [member]),
};
