import type { EpochMs } from "../ids";
import { mayClaim } from "./change";
import type { AlertModel, DeliveryRecord } from "./model";

const FIRST_RETRY_MS = 5_000;
const RETRY_MAX_MS = 600_000;
/** After this time nobody needs to be told of it any more. */
export const GIVE_UP_MS = 86_400_000;

/** Pause after the n-th failed attempt, in ms: 5 s, 10 s, 20 s … 10 min. */
export const retryAfterMs = (attempts: number): number =>
  Math.min(RETRY_MAX_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));

/**
 * What one notifier is to send now, the oldest first. That something is over is not told before that it began: a delivery waits for
 * earlier ones that tell of the same alerts.
 */
export function dueDeliveries(model: AlertModel, notifiers: ReadonlySet<string>, by: string, now: EpochMs) {
  const waiting = [...model.deliveries.values()]
    .filter(({ state, notifier }) => state === "waiting" && notifiers.has(notifier))
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const alertsOf = (one: DeliveryRecord) =>
    new Set(model.told.flatMap(({ deliveryId, alertId }) => (deliveryId === one.id ? [alertId] : [])));
  return waiting.filter((one, index) => {
    if (!mayClaim(one, by, now) || (one.nextTryAt ?? 0) > now) return false;
    const alerts = alertsOf(one);
    const earlier = waiting.slice(0, index).filter(({ notifier }) => notifier === one.notifier);
    return !earlier.some((other) => [...alertsOf(other)].some((id) => alerts.has(id)));
  });
}

/** Notifiers whose last attempt failed. */
export function failingNotifiers(model: AlertModel): string[] {
  const last = new Map<string, DeliveryRecord>();
  for (const one of model.deliveries.values()) {
    if (one.lastTriedAt === null) continue;
    const other = last.get(one.notifier);
    if (!other || (other.lastTriedAt ?? 0) <= one.lastTriedAt) last.set(one.notifier, one);
  }
  return [...last.values()]
    .flatMap(({ notifier, error, state }) => (error !== null && state !== "delivered" ? [notifier] : []))
    .sort();
}
