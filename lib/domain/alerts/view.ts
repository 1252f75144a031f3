import { RANK } from "../findings/rank";
import { type ClusterScope, type EpochMs, instant } from "../ids";
import { failingNotifiers } from "./delivery";
import type { AlertModel, AlertRecord, DeliveryRecord } from "./model";
import type { Sight } from "./sight";
import { isOver, silencedBy } from "./silences";
import type { Alert, AttentionBoard, Delivery, Silence } from "./types";

/** An alert as everybody is shown it. `isGone`: its finding is not there now. */
export function viewAlert(record: AlertRecord, silences: Iterable<Silence>, isGone: boolean, now: EpochMs): Alert {
  const { id, scope, findingId, rule, severity, subject, text, startedAt, firedAt, resolvedAt, flaps, acknowledged } =
    record;
  return {
    id,
    scope,
    findingId,
    rule,
    severity,
    subject,
    text,
    state: resolvedAt !== null ? "resolved" : isGone ? "resolving" : "firing",
    startedAt: instant(startedAt),
    firedAt: instant(firedAt),
    resolvedAt: resolvedAt === null ? null : instant(resolvedAt),
    flaps,
    acknowledged,
    silencedBy: resolvedAt === null ? (silencedBy(record, silences, now)?.id ?? null) : null,
  };
}

export const viewDelivery = (record: DeliveryRecord, alertIds: readonly string[]): Delivery => ({
  id: record.id,
  notifier: record.notifier,
  about: record.about,
  alertIds,
  state: record.state,
  attempts: record.attempts,
  error: record.error,
  createdAt: instant(record.createdAt),
  lastTriedAt: instantOr(record.lastTriedAt),
  nextTryAt: instantOr(record.nextTryAt),
  deliveredAt: instantOr(record.deliveredAt),
});

const instantOr = (ms: EpochMs | null) => (ms === null ? null : instant(ms));

/** Whether its finding is gone, as far as this dashboard sees. */
export const isGoneFrom = (sight: Sight | null, { findingId }: AlertRecord): boolean =>
  sight?.goneSince.has(findingId) ?? false;

export function viewBoard(
  model: AlertModel,
  scope: ClusterScope,
  sight: Sight | null,
  inMemory: boolean,
  now: EpochMs,
): AttentionBoard {
  const open = [...model.alerts.values()].filter((one) => one.scope === scope && one.resolvedAt === null);
  const silences = [...model.silences.values()]
    .filter((one) => !isOver(one, now) && (one.scope === null || one.scope === scope))
    .sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
  return {
    alerts: open
      .sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.startedAt - b.startedAt)
      .map((one) => viewAlert(one, model.silences.values(), isGoneFrom(sight, one), now)),
    silences,
    failingNotifiers: failingNotifiers(model),
    inMemory,
  };
}
