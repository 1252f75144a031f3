import type { PlanContext } from "../actions/facts";
import { NO_IMPACT } from "../actions/plan";
import type { RequestOf } from "../actions/request";
import { effectOf } from "../configuration/settings";
import { freshOf } from "../evidence/evidence";
import { message } from "../message";
import {
  configurationSeen,
  noPauseKey,
  noSecrets,
  revisionHolds,
  somethingChanges,
} from "./checks/configuration-patch";
import { type Changed, changesOf, rulesHold, settingsKnown, valuesFit } from "./checks/configuration-values";
import { accessRules, restartsNeeded, specialSections } from "./checks/configuration-warnings";
import { dcsChecks } from "./checks/dcs";
import { ground } from "./checks/ground";
import { leaderThere } from "./checks/leader";
import { dcsOf } from "./checks/look";
import { someoneReachable } from "./checks/target";
import { baseFence } from "./fence";
import type { Preflight } from "./preflight";

type Asked = RequestOf<"configuration">;

/** Writes a merge patch into the dynamic configuration. Patroni checks nothing of it: what is wrong is found out at the next restart. */
export const configuration: Preflight<"configuration"> = {
  action: "configuration",
  checks: (request, context) => {
    const changed = changesOf(context, request.patch);
    return [
      ...ground(context, "configuration"),
      ...dcsChecks(context),
      leaderThere(context),
      someoneReachable(context),
      configurationSeen(context),
      revisionHolds(context, request.revision),
      noPauseKey(context, request.patch),
      noSecrets(context, request.patch),
      somethingChanges(context, changed),
      ...valuesFit(context, changed),
      ...settingsKnown(context, changed),
      ...rulesHold(context, changed),
      ...restartsNeeded(context, changed),
      ...accessRules(context, changed),
      ...specialSections(context, changed),
    ];
  },
  impact: (request, context) => ({
    ...NO_IMPACT,
    configuration: { changes: told(changesOf(context, request.patch)) },
    touches: touches(request, context),
  }),
  fence: (request, context) => {
    const view = freshOf(dcsOf(context));
    const revision = view?.configRevision ?? null;
    // Without a revision the values themselves stand for it.
    const values = changesOf(context, request.patch)?.shown ?? [];
    const other = revision === null ? Object.fromEntries(values.map(({ path, before }) => [path, textOf(before)])) : {};
    return { ...baseFence(context), configRevision: revision, other };
  },
};

const told = (changed: Changed | null) => (changed?.shown ?? []).map((one) => ({ ...one, effect: effectOf(one.path) }));

function touches(request: Asked, context: PlanContext) {
  const effects = new Set(told(changesOf(context, request.patch)).map(({ effect }) => effect));
  return (["patroni", "reload", "restart"] as const)
    .filter((effect) => effects.has(effect))
    .map((effect) => message(`preflightOther.configuration-touches.${effect}`, {}));
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
