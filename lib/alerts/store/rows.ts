import type { AlertTable, AlertToldTable, DeliveryTable, SilenceTable } from "@/lib/db/schema";
import type { AlertRecord, DeliveryRecord, Stage, Told } from "@/lib/domain/alerts/model";
import type { Acknowledgement, Silence } from "@/lib/domain/alerts/types";
import type { Severity } from "@/lib/domain/findings/finding";
import { clusterScope, instant } from "@/lib/domain/ids";
import type { Message } from "@/lib/domain/message";

/** Rows of the store as what they stand for; a row that somebody has spoilt is left out, with a word in the log. */

export function alertOf(row: AlertTable): readonly AlertRecord[] {
  const text = parsed<Message>(row.text);
  const sourceIds = parsed<string[]>(row.source_ids);
  if (text === null || sourceIds === null) return [];
  return [
    {
      id: row.id,
      scope: clusterScope(row.scope),
      findingId: row.finding_id,
      rule: row.rule,
      severity: row.severity as Severity,
      subject: row.subject,
      text,
      sourceIds,
      startedAt: row.started_at,
      firedAt: row.fired_at,
      seenAt: row.seen_at,
      resolvedAt: row.resolved_at,
      flaps: row.flaps,
      acknowledged: row.acknowledged === null ? null : parsed<Acknowledgement>(row.acknowledged),
      settled: row.settled === 1,
    },
  ];
}

export const rowOfAlert = (alert: AlertRecord): AlertTable => ({
  id: alert.id,
  scope: alert.scope,
  finding_id: alert.findingId,
  rule: alert.rule,
  severity: alert.severity,
  subject: alert.subject,
  text: JSON.stringify(alert.text),
  source_ids: JSON.stringify(alert.sourceIds),
  started_at: alert.startedAt,
  fired_at: alert.firedAt,
  seen_at: alert.seenAt,
  resolved_at: alert.resolvedAt,
  flaps: alert.flaps,
  acknowledged: alert.acknowledged && JSON.stringify(alert.acknowledged),
  settled: alert.settled ? 1 : 0,
});

export const toldOf = ({ alert_id, notifier, stage, delivery_id, at }: AlertToldTable): Told => ({
  alertId: alert_id,
  notifier,
  stage: stage as Stage,
  deliveryId: delivery_id,
  at,
});

export const rowOfTold = ({ alertId, notifier, stage, deliveryId, at }: Told): AlertToldTable => ({
  alert_id: alertId,
  notifier,
  stage,
  delivery_id: deliveryId,
  at,
});

export const deliveryOf = (row: DeliveryTable): DeliveryRecord => ({
  id: row.id,
  notifier: row.notifier,
  about: row.about as DeliveryRecord["about"],
  state: row.state as DeliveryRecord["state"],
  attempts: row.attempts,
  error: row.error,
  createdAt: row.created_at,
  lastTriedAt: row.last_tried_at,
  nextTryAt: row.next_try_at,
  deliveredAt: row.delivered_at,
  lease: row.lease_by === null ? null : { by: row.lease_by, until: row.lease_until ?? 0 },
  body: row.body,
});

export const rowOfDelivery = (one: DeliveryRecord): DeliveryTable => ({
  id: one.id,
  notifier: one.notifier,
  about: one.about,
  state: one.state,
  attempts: one.attempts,
  error: one.error,
  created_at: one.createdAt,
  last_tried_at: one.lastTriedAt,
  next_try_at: one.nextTryAt,
  delivered_at: one.deliveredAt,
  lease_by: one.lease?.by ?? null,
  lease_until: one.lease?.until ?? null,
  body: one.body,
});

export function silenceOf({ body, ended_at, ended_by }: SilenceTable): readonly Silence[] {
  const silence = parsed<Silence>(body);
  if (silence === null) return [];
  return [{ ...silence, ended: ended_at === null ? null : { at: instant(ended_at), by: ended_by ?? "" } }];
}

export const rowOfSilence = (silence: Silence): SilenceTable => ({
  id: silence.id,
  until_at: Date.parse(silence.until),
  ended_at: silence.ended && Date.parse(silence.ended.at),
  ended_by: silence.ended?.by ?? null,
  body: JSON.stringify({ ...silence, ended: null }),
});

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    console.error("The store holds an alert or a silence that cannot be read.");
    return null;
  }
}
