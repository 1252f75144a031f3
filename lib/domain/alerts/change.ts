import type { Severity } from "../findings/finding";
import { worseOf } from "../findings/rank";
import { type EpochMs, instant } from "../ids";
import type { Message } from "../message";
import type { AlertModel, AlertRecord, DeliveryRecord, Told } from "./model";
import type { Acknowledgement, Silence } from "./types";

/**
 * Whatever changes what is shared. Each looks by itself whether it may still be done, so that it does nothing when it comes too late,
 * a second time, or after another dashboard's; {@link applyChange} does in memory what the statements of the store do there.
 */
export type AlertChange =
  /** Unless the finding has an open alert, or had one that ended after this one was to begin. */
  | { readonly kind: "fire"; readonly alert: AlertRecord }
  | {
      readonly kind: "see";
      readonly id: string;
      readonly at: EpochMs;
      readonly severity: Severity;
      readonly text: Message;
      readonly sourceIds: readonly string[];
    }
  | { readonly kind: "flap"; readonly id: string; readonly from: number }
  /** Unless somebody has seen it since. */
  | { readonly kind: "resolve"; readonly id: string; readonly at: EpochMs; readonly unseenSince: EpochMs }
  | { readonly kind: "settle"; readonly id: string }
  | { readonly kind: "acknowledge"; readonly id: string; readonly acknowledged: Acknowledgement }
  /** Only what nobody tells already; where nothing is left, there is no delivery. */
  | { readonly kind: "tell"; readonly delivery: DeliveryRecord; readonly told: readonly Told[] }
  | {
      readonly kind: "claim";
      readonly id: string;
      readonly by: string;
      readonly now: EpochMs;
      readonly until: EpochMs;
    }
  /** By who has claimed it alone. */
  | {
      readonly kind: "tried";
      readonly id: string;
      readonly by: string;
      readonly at: EpochMs;
      readonly state: DeliveryRecord["state"];
      readonly error: string | null;
      readonly nextTryAt: EpochMs | null;
    }
  | { readonly kind: "silence"; readonly silence: Silence }
  | { readonly kind: "end-silence"; readonly id: string; readonly at: EpochMs; readonly by: string };

type ChangeOf<K extends AlertChange["kind"]> = Extract<AlertChange, { readonly kind: K }>;

export function applyChange(model: AlertModel, change: AlertChange): AlertModel {
  switch (change.kind) {
    case "fire":
      return fire(model, change.alert);
    case "see":
      return withAlert(model, change.id, (alert) => ({
        ...alert,
        seenAt: Math.max(alert.seenAt, change.at),
        severity: worseOf(alert.severity, change.severity),
        text: change.text,
        sourceIds: change.sourceIds,
      }));
    case "flap":
      return withAlert(model, change.id, (alert) =>
        alert.flaps === change.from ? { ...alert, flaps: alert.flaps + 1 } : alert,
      );
    case "resolve":
      return withAlert(model, change.id, (alert) =>
        alert.seenAt <= change.unseenSince ? { ...alert, resolvedAt: change.at } : alert,
      );
    case "settle":
      return settle(model, change.id);
    case "acknowledge":
      return withAlert(model, change.id, (alert) => ({ ...alert, acknowledged: change.acknowledged }));
    case "tell":
      return tell(model, change);
    case "claim":
      return withDelivery(model, change.id, (one) =>
        mayClaim(one, change.by, change.now) ? { ...one, lease: { by: change.by, until: change.until } } : one,
      );
    case "tried":
      return withDelivery(model, change.id, (one) => (one.lease?.by === change.by ? tried(one, change) : one));
    case "silence":
      return { ...model, silences: new Map(model.silences).set(change.silence.id, change.silence) };
    case "end-silence":
      return endSilence(model, change);
  }
}

/** Whether `by` may send it: it waits, and nobody else is at it. */
export const mayClaim = ({ state, lease }: DeliveryRecord, by: string, now: EpochMs): boolean =>
  state === "waiting" && (lease === null || lease.until <= now || lease.by === by);

function fire(model: AlertModel, alert: AlertRecord): AlertModel {
  const others = [...model.alerts.values()].filter(
    ({ scope, findingId }) => scope === alert.scope && findingId === alert.findingId,
  );
  const late = others.some(({ resolvedAt }) => resolvedAt === null || resolvedAt >= alert.firedAt);
  return late ? model : { ...model, alerts: new Map(model.alerts).set(alert.id, alert) };
}

function settle(model: AlertModel, id: string): AlertModel {
  const alerts = new Map(model.alerts);
  alerts.delete(id);
  return { ...model, alerts, told: model.told.filter((one) => one.alertId !== id) };
}

function tell(model: AlertModel, { delivery, told }: ChangeOf<"tell">): AlertModel {
  const free = told.filter((one) => !model.told.some((other) => isSameTelling(one, other)));
  if (told.length > 0 && free.length === 0) return model;
  if (model.deliveries.has(delivery.id)) return model;
  return {
    ...model,
    told: [...model.told, ...free],
    deliveries: new Map(model.deliveries).set(delivery.id, delivery),
  };
}

const isSameTelling = (a: Told, b: Told): boolean =>
  a.alertId === b.alertId && a.notifier === b.notifier && a.stage === b.stage;

const tried = (one: DeliveryRecord, { state, at, error, nextTryAt }: ChangeOf<"tried">): DeliveryRecord => ({
  ...one,
  state,
  error,
  nextTryAt,
  attempts: state === "dropped" ? one.attempts : one.attempts + 1,
  lastTriedAt: state === "dropped" ? one.lastTriedAt : at,
  deliveredAt: state === "delivered" ? at : null,
  lease: null,
});

function endSilence(model: AlertModel, { id, at, by }: ChangeOf<"end-silence">): AlertModel {
  const silence = model.silences.get(id);
  if (!silence || silence.ended !== null) return model;
  return { ...model, silences: new Map(model.silences).set(id, { ...silence, ended: { at: instant(at), by } }) };
}

/** Of an alert that is open; one that is over is changed no more. */
function withAlert(model: AlertModel, id: string, change: (alert: AlertRecord) => AlertRecord): AlertModel {
  const alert = model.alerts.get(id);
  if (!alert || alert.resolvedAt !== null) return model;
  return { ...model, alerts: new Map(model.alerts).set(id, change(alert)) };
}

function withDelivery(model: AlertModel, id: string, change: (one: DeliveryRecord) => DeliveryRecord): AlertModel {
  const one = model.deliveries.get(id);
  return one ? { ...model, deliveries: new Map(model.deliveries).set(id, change(one)) } : model;
}
