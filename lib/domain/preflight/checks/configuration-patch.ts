import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import type { ConfigurationPatch } from "../../actions/request";
import { leavesOf, sameValue } from "../../configuration/path";
import { redact } from "../../configuration/redact";
import { hides } from "../../configuration/revert";
import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { listed } from "./amounts";
import { block, pass, warn } from "./check";
import type { Changed } from "./configuration-values";
import { dcsOf } from "./look";
import { seenDcs } from "./seen";

/** Whether a patch may be written at all: onto what the person saw, without secrets, and changing something. */

export function configurationSeen(context: PlanContext): Check {
  const id = "configuration-seen";
  const view = freshOf(dcsOf(context));
  const evidence = [seenDcs(context)];
  if (view?.config) return pass(context, id, message("preflightOther.configuration-seen.yes"), evidence);
  const text = message(view ? "preflightOther.configuration-seen.none" : "preflightOther.configuration-seen.stale");
  return block(context, id, text, message("preflight.advice.look-again"), evidence);
}

/** The optimistic lock: what was written since the person looked would be judged by nobody. */
export function revisionHolds(context: PlanContext, revision: string | null): Check {
  const id = "configuration-revision";
  const view = freshOf(dcsOf(context));
  const evidence = [seenDcs(context)];
  if (!view) {
    const text = message("preflightOther.configuration-revision.unseen");
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const now = view.configRevision;
  if (now === null) {
    const text = message("preflightOther.configuration-revision.none");
    return warn(context, id, text, message("preflightOther.configuration-revision.none-advice"), evidence);
  }
  if (revision === now)
    return pass(context, id, message("preflightOther.configuration-revision.same", { revision: now }), evidence);
  const text = message("preflightOther.configuration-revision.moved", { before: revision ?? "–", now });
  return block(context, id, text, message("preflightOther.configuration-revision.moved-advice"), evidence);
}

/** Pausing has an owner, a reason and an end, and is told to everybody; written as a key it would have none of these. */
export function noPauseKey(context: PlanContext, patch: ConfigurationPatch): Check {
  const id = "configuration-pause";
  if (!Object.hasOwn(patch, "pause")) return pass(context, id, message("preflightOther.configuration-pause.no"));
  const advice = message("preflightOther.configuration-pause.yes-advice");
  return block(context, id, message("preflightOther.configuration-pause.yes"), advice);
}

/** What was hidden must not be written back, and what would have to be hidden must not enter our record. */
export function noSecrets(context: PlanContext, patch: ConfigurationPatch): Check {
  const id = "configuration-secrets";
  const hidden = leavesOf(patch).filter(({ value }) => hides(value));
  if (hidden.length > 0) {
    const text = message("preflightOther.configuration-secrets.hidden", {
      paths: listed(hidden.map(({ path }) => path)),
    });
    return block(context, id, text, message("preflightOther.configuration-secrets.hidden-advice"));
  }
  if (sameValue(redact(patch), patch)) return pass(context, id, message("preflightOther.configuration-secrets.none"));
  const secret = leavesOf(redact(patch)).filter(({ value }) => hides(value));
  const text = message("preflightOther.configuration-secrets.new", { paths: listed(secret.map(({ path }) => path)) });
  return block(context, id, text, message("preflightOther.configuration-secrets.new-advice"));
}

export function somethingChanges(context: PlanContext, changed: Changed | null): Check {
  const id = "configuration-changes";
  const evidence = [seenDcs(context)];
  if (!changed) {
    const text = message("preflightOther.configuration-changes.unseen");
    return block(context, id, text, message("preflight.advice.look-again"), evidence);
  }
  const count = changed.shown.length;
  if (count > 0) return pass(context, id, message("preflightOther.configuration-changes.some", { count }), evidence);
  const advice = message("preflightOther.configuration-changes.none-advice");
  return block(context, id, message("preflightOther.configuration-changes.none"), advice, evidence);
}
