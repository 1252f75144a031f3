import type { PlanContext } from "../actions/facts";
import { type Check, NO_IMPACT } from "../actions/plan";
import { freshOf } from "../evidence/evidence";
import { message } from "../message";
import { block, pass } from "./checks/check";
import { dcsFresh } from "./checks/dcs";
import { ground } from "./checks/ground";
import { dcsOf } from "./checks/look";
import { seenDcs } from "./checks/seen";
import { someoneReachable } from "./checks/target";
import { baseFence, failoverRevision } from "./fence";
import type { Preflight } from "./preflight";

/** Takes back a scheduled switchover. One that runs already cannot be taken back. */
export const switchoverCancel: Preflight<"switchover-cancel"> = {
  action: "switchover-cancel",
  checks: (_, context) => [
    ...ground(context, "switchover-cancel"),
    dcsFresh(context),
    scheduled(context),
    someoneReachable(context),
  ],
  impact: (_, context) => {
    const key = freshOf(dcsOf(context))?.failover;
    if (!key?.scheduledAt) return NO_IMPACT;
    const params = { from: key.leader ?? "–", to: key.candidate ?? "–", at: key.scheduledAt };
    return { ...NO_IMPACT, touches: [message("preflight.touches.switchover-cancelled", params)] };
  },
  fence: (_, context) => ({
    ...baseFence(context),
    failoverRevision: failoverRevision(freshOf(dcsOf(context))),
  }),
};

function scheduled(context: PlanContext): Check {
  const id = "switchover-scheduled";
  const evidence = [seenDcs(context)];
  const view = freshOf(dcsOf(context));
  const advice = message("preflight.switchover-scheduled.no-advice");
  if (!view)
    return block(
      context,
      id,
      message("preflight.failover-key.unseen"),
      message("preflight.advice.look-again"),
      evidence,
    );
  const at = view.failover?.scheduledAt ?? null;
  if (at !== null) return pass(context, id, message("preflight.switchover-scheduled.yes", { at }), evidence);
  if (view.failover) return block(context, id, message("preflight.switchover-scheduled.runs"), advice, evidence);
  return block(context, id, message("preflight.switchover-scheduled.no"), advice, evidence);
}
