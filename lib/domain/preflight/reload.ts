import { NO_IMPACT } from "../actions/plan";
import { message } from "../message";
import { dcsFresh } from "./checks/dcs";
import { ground } from "./checks/ground";
import { identity } from "./checks/identity";
import { membersOf, patroniOf } from "./checks/look";
import { allReachable, targetChecks } from "./checks/target";
import { baseFence, fencedMember } from "./fence";
import type { Preflight } from "./preflight";

/** Makes Patroni read its own file again and pass what changed on to PostgreSQL. Nothing is cut off. */
export const reload: Preflight<"reload"> = {
  action: "reload",
  checks: ({ member }, context) => {
    const all = membersOf(context);
    const answering = all.filter((name) => patroniOf(context, name).state === "fresh");
    const targets =
      member !== null
        ? targetChecks(context, member)
        : [allReachable(context, all), ...answering.map((name) => identity(context, name, `target-identity:${name}`))];
    return [...ground(context, "reload"), dcsFresh(context), ...targets];
  },
  impact: ({ member }, context) => ({
    ...NO_IMPACT,
    touches: (member === null ? membersOf(context) : [member]).map((name) =>
      message("preflight.touches.reloaded", { member: name }),
    ),
  }),
  fence: ({ member }, context) => ({
    ...baseFence(context),
    members: (member === null ? membersOf(context) : [member]).map((name) => fencedMember(context, name)),
  }),
};
