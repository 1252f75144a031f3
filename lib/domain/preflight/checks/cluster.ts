import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { PostgresState } from "../../facts";
import type { Instant, MemberName } from "../../ids";
import { message } from "../../message";
import { listed, spelt } from "./amounts";
import type { Handover } from "./candidate-wal";
import { block, pass, warn } from "./check";
import { dcsOf, membersOf, patroniOf } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/** What else goes on in the cluster: a handover that waits, the pause, members that are busy or out of sight. */

const LOOK_AGAIN = message("preflight.advice.look-again");
const BUSY: ReadonlySet<PostgresState> = new Set([
  "initializing",
  "custom-bootstrap",
  "creating-replica",
  "starting",
  "restarting",
  "stopping",
]);

/** A key that is there would be replaced without a word: Patroni writes it unconditionally. */
export function noPendingHandover(context: PlanContext, severity: "block" | "warn" = "block"): Check {
  const id = "failover-key";
  const dcs = dcsOf(context);
  const evidence = [seenDcs(context)];
  if (dcs.state !== "fresh") return block(context, id, message("preflight.failover-key.unseen"), LOOK_AGAIN, evidence);
  const key = dcs.value.failover;
  if (!key) return pass(context, id, message("preflight.failover-key.none"), evidence);
  const names = { from: key.leader ?? "–", to: key.candidate ?? "–" };
  const make = severity === "block" ? block : warn;
  if (key.scheduledAt) {
    const text = message("preflight.failover-key.scheduled", { ...names, at: key.scheduledAt });
    return make(context, id, text, message("preflight.failover-key.scheduled-advice"), evidence);
  }
  const text = message("preflight.failover-key.pending", names);
  return make(context, id, text, message("preflight.failover-key.pending-advice"), evidence);
}

/** `named`: a candidate or a member is named. Paused, Patroni takes nothing scheduled and no switchover without a candidate. */
export function notPaused(
  context: PlanContext,
  ask: { readonly scheduled: boolean; readonly named: boolean },
  kind: Handover | "restart",
): Check {
  const id = "paused";
  const dcs = dcsOf(context);
  const evidence = [seenDcs(context)];
  if (dcs.state !== "fresh") return block(context, id, message("preflight.paused.unseen"), LOOK_AGAIN, evidence);
  if (!dcs.value.pause) return pass(context, id, message("preflight.paused.no"), evidence);
  const resume = message("preflight.paused.resume-advice");
  if (ask.scheduled) return block(context, id, message("preflight.paused.scheduled"), resume, evidence);
  if (kind === "switchover" && !ask.named) {
    const advice = message("preflight.paused.no-candidate-advice");
    return block(context, id, message("preflight.paused.no-candidate"), advice, evidence);
  }
  const advice =
    kind === "restart" ? message("preflight.paused.restart-advice") : message("preflight.paused.handover-advice");
  return warn(context, id, message("preflight.paused.yes"), advice, evidence);
}

/** No member is restarting, stopping or being made anew; `softly` where waiting for it may cost more than going on. */
export function membersSettled(context: PlanContext, except: readonly MemberName[], softly: boolean): Check {
  const id = "members-settled";
  const asked = membersOf(context).filter((name) => !except.includes(name));
  const busy = asked.flatMap((name) => {
    const state = freshOf(patroniOf(context, name))?.state;
    return state && BUSY.has(state) ? [{ name, text: `${name} (${spelt(state)})` }] : [];
  });
  const evidence = asked.map((name) => seenPatroni(context, name));
  if (busy.length === 0) return pass(context, id, message("preflight.members-settled.yes"), evidence);
  const make = softly ? warn : block;
  const text = message("preflight.members-settled.no", { members: listed(busy.map((one) => one.text)) });
  return make(context, id, text, message("preflight.members-settled.no-advice"), evidence);
}

/** Members that no fresh answer of their own tells of: nothing forbids, but whoever goes on should know. */
export function membersSeen(context: PlanContext, except: readonly MemberName[] = []): Check {
  const id = "members-seen";
  const asked = membersOf(context).filter((name) => !except.includes(name));
  const evidence = asked.map((name) => seenPatroni(context, name));
  const unseen = asked.filter((name) => patroniOf(context, name).state !== "fresh");
  if (unseen.length === 0) return pass(context, id, message("preflight.members-seen.yes"), evidence);
  const text = message("preflight.members-seen.no", { count: unseen.length, members: listed(unseen) });
  return warn(context, id, text, message("preflight.members-seen.no-advice"), evidence);
}

/** A set time lies ahead. It is an instant, so its time zone is certain; whether it is meant is another matter. */
export function timeAhead(context: PlanContext, at: Instant): readonly Check[] {
  const id = "scheduled-time";
  const ahead = Date.parse(at) - context.now;
  if (!Number.isFinite(ahead) || ahead <= 0) {
    return [
      block(
        context,
        id,
        message("preflight.scheduled-time.past", { at }),
        message("preflight.scheduled-time.past-advice"),
      ),
    ];
  }
  const minutes = Math.round(ahead / 60_000);
  return [
    pass(context, id, message("preflight.scheduled-time.ahead", { at, minutes })),
    warn(
      context,
      "scheduled-unchecked",
      message("preflight.scheduled-unchecked.text", { at }),
      message("preflight.scheduled-unchecked.advice"),
    ),
  ];
}
