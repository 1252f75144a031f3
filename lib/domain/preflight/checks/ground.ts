import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import type { ActionKind } from "../../actions/request";
import { type Message, message, selector } from "../../message";
import { block, pass, warn } from "./check";

/** What every action stands on, whatever it does: our own record, nobody else at work, and a way in. */

const LOOK_AGAIN = message("preflight.advice.look-again");
/** What is done past Patroni must stay possible while the DCS is out of order: it needs no leader key to be right. */
const BESIDE_PATRONI: ReadonlySet<ActionKind> = new Set([
  "backend-cancel",
  "backend-terminate",
  "haproxy-server",
  "pgbouncer-pause",
  "pgbouncer-resume",
  "pgbouncer-reconnect",
]);
/** Taking back what waits is no second operation beside it. */
const TAKES_BACK: Partial<Record<ActionKind, string>> = {
  "switchover-cancel": "switchover",
  "restart-cancel": "restart",
};

/** The checks that every kind begins with. */
export function ground(context: PlanContext, action: ActionKind): readonly Check[] {
  const calls = BESIDE_PATRONI.has(action) ? [] : [patroniCredentials(context)];
  return [recordWritable(context), nothingRunning(context, action), lockFree(context, action), ...calls];
}

export function recordWritable(context: PlanContext): Check {
  const id = "record-writable";
  if (context.recordable) return pass(context, id, message("preflight.record-writable.yes"));
  return block(context, id, message("preflight.record-writable.no"), message("preflight.record-writable.no-advice"));
}

export function nothingRunning(context: PlanContext, action: ActionKind): Check {
  const id = "nothing-running";
  const { running } = context;
  if (!running) return pass(context, id, message("preflight.nothing-running.none"));
  const who = { action: selector(running.action), actor: running.actor, at: running.at };
  const evidence = [{ sourceId: null, text: message("preflight.seen.operation", who), at: null }];
  const board = context.state.actions?.operations.find((one) => one.id === running.id);
  const waits = board?.state === "scheduled" || board?.state === "awaiting-approval";
  if (waits && TAKES_BACK[action] === running.action)
    return pass(context, id, message("preflight.nothing-running.taken-back", who), evidence);
  if (waits) {
    const advice = message("preflight.nothing-running.waits-advice");
    return warn(context, id, message("preflight.nothing-running.waits", who), advice, evidence);
  }
  const advice = message("preflight.nothing-running.busy-advice");
  return block(context, id, message("preflight.nothing-running.busy", who), advice, evidence);
}

export function lockFree(context: PlanContext, action: ActionKind): Check {
  const id = "lock-free";
  const { lock } = context;
  switch (lock.kind) {
    case "free":
      return pass(context, id, message("preflight.lock-free.free"));
    case "held": {
      const { actor, dashboard, at } = lock.by;
      const who = { action: selector(lock.by.action), actor, dashboard, at };
      const evidence = [{ sourceId: null, text: message("preflight.seen.lock", who), at: null }];
      return block(
        context,
        id,
        message("preflight.lock-free.held", who),
        message("preflight.lock-free.held-advice"),
        evidence,
      );
    }
    case "not-permitted":
      return notFenced(context, message("preflight.lock-free.not-permitted"));
    case "not-supported":
      return notFenced(context, message("preflight.lock-free.not-supported"));
    case "failed": {
      const text = message("preflight.lock-free.failed", { text: lock.text });
      return BESIDE_PATRONI.has(action)
        ? warn(context, id, text, message("preflight.lock-free.unfenced-advice"))
        : block(context, id, text, LOOK_AGAIN);
    }
  }
}

const notFenced = (context: PlanContext, text: Message): Check =>
  warn(context, "lock-free", text, message("preflight.lock-free.unfenced-advice"));

/** Without credentials Patroni may still let us: it asks for them only where `restapi.authentication` is set. */
export function patroniCredentials(context: PlanContext): Check {
  const id = "patroni-credentials";
  if (context.patroniCredentials) return pass(context, id, message("preflight.patroni-credentials.yes"));
  const advice = message("preflight.patroni-credentials.no-advice");
  return warn(context, id, message("preflight.patroni-credentials.no"), advice);
}
