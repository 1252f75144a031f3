import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import type { RequestOf } from "../../actions/request";
import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { listed } from "./amounts";
import { block, pass, warn } from "./check";
import { dcsOf, leaderOf, membersOf, patroniOf } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/** What pausing and resuming the automatics rest on, and what they mean. */

const LOOK_AGAIN = message("preflight.advice.look-again");
const WEEK_MS = 7 * 86_400_000;

export function isNotPaused(context: PlanContext): Check {
  const id = "not-paused";
  const evidence = [seenDcs(context)];
  const view = freshOf(dcsOf(context));
  if (!view) return block(context, id, message("preflight.paused.unseen"), LOOK_AGAIN, evidence);
  if (!view.pause) return pass(context, id, message("preflight.paused.no"), evidence);
  return block(
    context,
    id,
    message("preflight.not-paused.already"),
    message("preflight.not-paused.already-advice"),
    evidence,
  );
}

export function isPaused(context: PlanContext): Check {
  const id = "is-paused";
  const evidence = [seenDcs(context)];
  const view = freshOf(dcsOf(context));
  if (!view) return block(context, id, message("preflight.paused.unseen"), LOOK_AGAIN, evidence);
  if (view.pause) return pass(context, id, message("preflight.is-paused.yes"), evidence);
  return block(context, id, message("preflight.is-paused.no"), message("preflight.is-paused.no-advice"), evidence);
}

/** An end in the future, at most a week away; resuming by itself needs one. */
export function pauseEnds(context: PlanContext, { until, resumeAtEnd }: RequestOf<"pause">): Check {
  const id = "pause-until";
  if (until === null) {
    const advice = message("preflight.pause-until.open-advice");
    return resumeAtEnd
      ? block(context, id, message("preflight.pause-until.needed"), advice)
      : warn(context, id, message("preflight.pause-until.open"), advice);
  }
  const ahead = Date.parse(until) - context.now;
  const advice = message("preflight.pause-until.wrong-advice");
  if (!Number.isFinite(ahead) || ahead <= 0)
    return block(context, id, message("preflight.pause-until.past", { at: until }), advice);
  if (ahead > WEEK_MS) return block(context, id, message("preflight.pause-until.far", { at: until }), advice);
  const text = resumeAtEnd
    ? message("preflight.pause-until.resumes", { at: until })
    : message("preflight.pause-until.reminds", { at: until });
  return pass(context, id, text);
}

export const pauseMeaning = (context: PlanContext): Check =>
  warn(context, "pause-meaning", message("preflight.pause-meaning.text"), message("preflight.pause-meaning.advice"));

/** A schedule that falls due while paused is passed over, and silently. */
export function scheduleWaits(context: PlanContext): Check {
  const id = "pause-schedule";
  const evidence = [seenDcs(context)];
  const { scheduled } = context.snapshot;
  if (scheduled.length === 0) return pass(context, id, message("preflight.pause-schedule.none"), evidence);
  const advice = message("preflight.pause-schedule.some-advice");
  return warn(context, id, message("preflight.pause-schedule.some", { count: scheduled.length }), advice, evidence);
}

/** At the end of a pause a Patroni that finds another system identifier than the cluster's exits. */
export function sameSystem(context: PlanContext): Check {
  const id = "system-ids";
  const view = freshOf(dcsOf(context));
  const names = membersOf(context);
  const evidence = [seenDcs(context), ...names.map((name) => seenPatroni(context, name))];
  if (!view) return block(context, id, message("preflight.system-ids.unseen"), LOOK_AGAIN, evidence);
  const told = names.flatMap((name) => {
    const own = freshOf(patroniOf(context, name))?.systemId ?? null;
    return own === null ? [] : [{ name, own }];
  });
  // Patroni's `/cluster` does not tell the cluster's: the leader's own then stands for it.
  const expected = view.systemId ?? told.find(({ name }) => name === leaderOf(context))?.own ?? told[0]?.own ?? null;
  const others = told.filter(({ own }) => own !== expected).map(({ name }) => name);
  if (others.length > 0) {
    const text = message("preflight.system-ids.differ", { members: listed(others) });
    return block(context, id, text, message("preflight.system-ids.differ-advice"), evidence);
  }
  const silent = names.filter((name) => !told.some((one) => one.name === name));
  if (silent.length === 0) return pass(context, id, message("preflight.system-ids.same"), evidence);
  const text = message("preflight.system-ids.partly", { members: listed(silent) });
  return warn(context, id, text, message("preflight.system-ids.partly-advice"), evidence);
}

/** A member that left the leader's timeline while paused is rewound, or made anew, once the automatics are back. */
export function sameTimeline(context: PlanContext): Check {
  const id = "timelines";
  const away = context.snapshot.members.filter((one) => one.timelineDiffers).map(({ name }) => name);
  const evidence = membersOf(context).map((name) => seenPatroni(context, name));
  if (away.length === 0) return pass(context, id, message("preflight.timelines.same"), evidence);
  const text = message("preflight.timelines.differ", { members: listed(away) });
  return warn(context, id, text, message("preflight.timelines.differ-advice"), evidence);
}
