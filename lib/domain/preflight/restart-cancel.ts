import { NO_IMPACT } from "../actions/plan";
import { message } from "../message";
import { dcsFresh } from "./checks/dcs";
import { ground } from "./checks/ground";
import { keyOf } from "./checks/look";
import { scheduleThere } from "./checks/restart";
import { targetChecks } from "./checks/target";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

/** Takes back a member's scheduled restart. */
export const restartCancel: Preflight<"restart-cancel"> = {
  action: "restart-cancel",
  checks: ({ member }, context) => [
    ...ground(context, "restart-cancel"),
    dcsFresh(context),
    ...targetChecks(context, member),
    scheduleThere(context, member),
  ],
  impact: ({ member }, context) => {
    const at = keyOf(context, member)?.scheduledRestart ?? null;
    const touches = at === null ? [] : [message("preflight.touches.restart-cancelled", { member, at })];
    return { ...NO_IMPACT, touches };
  },
  fence: ({ member }, context) => ({
    ...baseFence(context),
    other: { [`scheduled-restart:${member}`]: keyOf(context, member)?.scheduledRestart ?? null },
  }),
};
