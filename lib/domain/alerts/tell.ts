import { RANK } from "../findings/rank";
import type { EpochMs } from "../ids";
import type { AlertPolicy } from "./fold";
import type { AlertModel, AlertRecord, Stage, Told } from "./model";
import { silencedBy } from "./silences";
import type { Delivery } from "./types";

/** Who is to be told of what. */

export type Receiver = { readonly name: string; wants(alert: AlertRecord): boolean };

/** Something that a notifier has to tell of one alert, and that nobody tells yet. */
export type Untold = {
  readonly alert: AlertRecord;
  readonly notifier: string;
  readonly about: Exclude<Delivery["about"], "test">;
  readonly stage: Stage;
};

/** `isHeld`: what is not to be told just now: it follows from something else, or is gone and may come back. */
export function untold(
  model: AlertModel,
  receivers: readonly Receiver[],
  policy: AlertPolicy,
  now: EpochMs,
  isHeld: (alert: AlertRecord) => boolean,
): Untold[] {
  return [...model.alerts.values()].flatMap((alert) =>
    receivers.flatMap((receiver): Untold[] => {
      const told = model.told.filter((one) => one.alertId === alert.id && one.notifier === receiver.name);
      const due =
        alert.resolvedAt === null ? dueOfOpen(model, alert, receiver, told, policy, now, isHeld) : dueOfOver(told);
      return due ? [{ alert, notifier: receiver.name, ...due }] : [];
    }),
  );
}

type Due = Pick<Untold, "about" | "stage">;

function dueOfOpen(
  model: AlertModel,
  alert: AlertRecord,
  receiver: Receiver,
  told: readonly Told[],
  { remindAfterMs }: AlertPolicy,
  now: EpochMs,
  isHeld: (alert: AlertRecord) => boolean,
): Due | null {
  if (!receiver.wants(alert) || isHeld(alert) || silencedBy(alert, model.silences.values(), now)) return null;
  if (!toldAsBadly(alert, told)) return { about: "firing", stage: `firing:${alert.severity}` };
  const last = Math.max(...told.map(({ at }) => at));
  const again = alert.severity === "critical" && alert.acknowledged === null && remindAfterMs !== null;
  if (!again || now - last < remindAfterMs) return null;
  const reminders = told.filter(({ stage }) => stage.startsWith("reminder:")).length;
  return { about: "reminder", stage: `reminder:${reminders + 1}` };
}

/** Who was told of a warning is told once more when it becomes worse. */
const toldAsBadly = ({ severity }: AlertRecord, told: readonly Told[]): boolean =>
  told.some(({ stage }) => {
    const [what, how] = stage.split(":");
    return what === "firing" && how !== undefined && RANK[how as keyof typeof RANK] <= RANK[severity];
  });

function dueOfOver(told: readonly Told[]): Due | null {
  if (told.length === 0 || told.some(({ stage }) => stage === "resolved")) return null;
  return { about: "resolved", stage: "resolved" };
}

/** Alerts that are over and of which nobody has to be told any more. What cannot be told any more is given up after `giveUpMs`. */
export function settled(model: AlertModel, now: EpochMs, giveUpMs: number): AlertRecord[] {
  return [...model.alerts.values()].filter((alert) => {
    if (alert.resolvedAt === null) return false;
    const told = model.told.filter((one) => one.alertId === alert.id);
    if (told.some(({ deliveryId }) => model.deliveries.get(deliveryId)?.state === "waiting")) return false;
    if (now - alert.resolvedAt >= giveUpMs) return true;
    const over = new Set(told.flatMap(({ notifier, stage }) => (stage === "resolved" ? [notifier] : [])));
    return told.every(({ notifier }) => over.has(notifier));
  });
}
