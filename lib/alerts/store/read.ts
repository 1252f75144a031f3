import type { Kysely } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { AlertModel, AlertRecord, DeliveryRecord, Told } from "@/lib/domain/alerts/model";
import type { Silence } from "@/lib/domain/alerts/types";
import type { EpochMs } from "@/lib/domain/ids";
import { alertOf, deliveryOf, silenceOf, toldOf } from "./rows";

/** Of the deliveries that are over, so many of the newest are read: enough to see how each notifier does. */
const TRIED_MAX = 50;

/** What dashboards share, as it is stored now. */
export async function readModel(db: Kysely<Schema>, now: EpochMs): Promise<AlertModel> {
  const alerts = await db.selectFrom("alert").selectAll().where("settled", "=", 0).execute();
  const told = await db
    .selectFrom("alert_told")
    .innerJoin("alert", "alert.id", "alert_told.alert_id")
    .selectAll("alert_told")
    .where("alert.settled", "=", 0)
    .execute();
  const waiting = await db.selectFrom("delivery").selectAll().where("state", "=", "waiting").execute();
  const tried = await db
    .selectFrom("delivery")
    .selectAll()
    .where("last_tried_at", "is not", null)
    .orderBy("last_tried_at", "desc")
    .limit(TRIED_MAX)
    .execute();
  const silences = await db
    .selectFrom("silence")
    .selectAll()
    .where("until_at", ">", now)
    .where("ended_at", "is", null)
    .execute();
  return {
    alerts: byId(alerts.flatMap(alertOf)),
    told: told.map(toldOf),
    deliveries: byId([...tried, ...waiting].map(deliveryOf)),
    silences: byId(silences.flatMap(silenceOf)),
  };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** How much of the past is asked for. */
export type AlertQuery = {
  readonly id?: string;
  readonly scope: string | null;
  readonly since: EpochMs | null;
  readonly resolved: boolean | null;
  readonly limit: number;
};

/** Alerts that fired, or were over, since a moment; the newest first. */
export async function readAlerts(db: Kysely<Schema>, asked: AlertQuery): Promise<AlertRecord[]> {
  const { id, scope, since, resolved, limit } = asked;
  let query = db.selectFrom("alert").selectAll();
  if (id !== undefined) query = query.where("id", "=", id);
  if (scope !== null) query = query.where("scope", "=", scope);
  if (resolved !== null) query = query.where("resolved_at", resolved ? "is not" : "is", null);
  if (since !== null) {
    query = query.where((where) =>
      where.or([where("resolved_at", "is", null), where("resolved_at", ">=", since), where("fired_at", ">=", since)]),
    );
  }
  const rows = await query.orderBy("fired_at", "desc").orderBy("id").limit(limit).execute();
  return rows.flatMap(alertOf);
}

export type StoredDelivery = { readonly delivery: DeliveryRecord; readonly alertIds: readonly string[] };

export async function readDeliveries(
  db: Kysely<Schema>,
  asked: { readonly notifier: string | null; readonly states: readonly string[] | null; readonly limit: number },
): Promise<StoredDelivery[]> {
  let query = db.selectFrom("delivery").selectAll();
  if (asked.notifier !== null) query = query.where("notifier", "=", asked.notifier);
  if (asked.states !== null) query = query.where("state", "in", [...asked.states]);
  const rows = await query.orderBy("created_at", "desc").orderBy("id").limit(asked.limit).execute();
  const told: Told[] =
    rows.length === 0
      ? []
      : (
          await db
            .selectFrom("alert_told")
            .selectAll()
            .where(
              "delivery_id",
              "in",
              rows.map(({ id }) => id),
            )
            .execute()
        ).map(toldOf);
  return rows.map((row) => ({
    delivery: deliveryOf(row),
    alertIds: [...new Set(told.filter(({ deliveryId }) => deliveryId === row.id).map(({ alertId }) => alertId))].sort(),
  }));
}

/** Those that are not over, and those that ended after `since`. */
export async function readSilences(db: Kysely<Schema>, since: EpochMs): Promise<Silence[]> {
  const rows = await db
    .selectFrom("silence")
    .selectAll()
    .where("until_at", ">=", since)
    .where((where) => where.or([where("ended_at", "is", null), where("ended_at", ">=", since)]))
    .orderBy("until_at")
    .execute();
  return rows.flatMap(silenceOf);
}
