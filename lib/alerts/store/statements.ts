import { type CompiledQuery, type Kysely, sql } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { AlertChange } from "@/lib/domain/alerts/change";
import { SEVERITIES, type Severity } from "@/lib/domain/findings/finding";
import { RANK } from "@/lib/domain/findings/rank";
import { rowOfAlert, rowOfDelivery, rowOfSilence, rowOfTold } from "./rows";

/**
 * The changes of alerts as statements. Each looks at the tables itself whether it may still be done, as `applyChange` does in memory:
 * they bear being repeated, coming late, and coming from two dashboards at once.
 */
type Build = Kysely<Schema>;

export function statementsOf(build: Build, change: AlertChange): CompiledQuery[] {
  switch (change.kind) {
    case "fire":
      return [fire(build, change)];
    case "see":
      return [see(build, change)];
    case "flap":
      return [
        build
          .updateTable("alert")
          .set({ flaps: change.from + 1 })
          .where("id", "=", change.id)
          .where("flaps", "=", change.from)
          .where("resolved_at", "is", null)
          .compile(),
      ];
    case "resolve":
      return [
        build
          .updateTable("alert")
          .set({ resolved_at: change.at })
          .where("id", "=", change.id)
          .where("resolved_at", "is", null)
          .where("seen_at", "<=", change.unseenSince)
          .compile(),
      ];
    case "settle":
      return [
        build
          .updateTable("alert")
          .set({ settled: 1 })
          .where("id", "=", change.id)
          .where("resolved_at", "is not", null)
          .compile(),
      ];
    case "acknowledge":
      return [
        build
          .updateTable("alert")
          .set({ acknowledged: JSON.stringify(change.acknowledged) })
          .where("id", "=", change.id)
          .where("resolved_at", "is", null)
          .compile(),
      ];
    case "tell":
      return tell(build, change);
    case "claim":
      return [claim(build, change)];
    case "tried":
      return [tried(build, change)];
    case "silence":
      return [
        build
          .insertInto("silence")
          .values(rowOfSilence(change.silence))
          .onConflict((conflict) => conflict.doNothing())
          .compile(),
      ];
    case "end-silence":
      return [
        build
          .updateTable("silence")
          .set({ ended_at: change.at, ended_by: change.by })
          .where("id", "=", change.id)
          .where("ended_at", "is", null)
          .compile(),
      ];
  }
}

type ChangeOf<K extends AlertChange["kind"]> = Extract<AlertChange, { readonly kind: K }>;

const text = (value: string | null) => sql`cast(${value} as text)`;
const number = (value: number | null) => sql`cast(${value} as bigint)`;

function fire(build: Build, { alert }: ChangeOf<"fire">): CompiledQuery {
  const row = rowOfAlert(alert);
  const values = [
    ...[row.id, row.scope, row.finding_id, row.rule, row.severity, row.subject, row.text, row.source_ids].map(text),
    ...[row.started_at, row.fired_at, row.seen_at].map(number),
  ];
  return sql`insert into alert (id, scope, finding_id, rule, severity, subject, text, source_ids,
      started_at, fired_at, seen_at, resolved_at, flaps, acknowledged, settled)
    select ${sql.join(values)}, null, 0, null, 0
    where not exists (select 1 from alert where scope = ${row.scope} and finding_id = ${row.finding_id}
      and (resolved_at is null or resolved_at >= ${row.fired_at}))
    on conflict do nothing`.compile(build);
}

function see(build: Build, { id, at, severity, text: message, sourceIds }: ChangeOf<"see">): CompiledQuery {
  const lesser = SEVERITIES.filter((one: Severity) => RANK[one] > RANK[severity]);
  const worst =
    lesser.length === 0
      ? sql<string>`severity`
      : sql<string>`case when severity in (${sql.join(lesser)}) then ${severity} else severity end`;
  return build
    .updateTable("alert")
    .set({
      seen_at: sql<number>`case when seen_at < ${at} then ${at} else seen_at end`,
      severity: worst,
      text: JSON.stringify(message),
      source_ids: JSON.stringify(sourceIds),
    })
    .where("id", "=", id)
    .where("resolved_at", "is", null)
    .compile();
}

/** A delivery that finds nothing left to tell is not stored; that of a test has nothing to tell from the start. */
function tell(build: Build, { delivery, told }: ChangeOf<"tell">): CompiledQuery[] {
  const row = rowOfDelivery(delivery);
  const sorted = [...told].sort((a, b) => (a.alertId < b.alertId ? -1 : 1)).map(rowOfTold);
  const something = sql`exists (select 1 from alert_told where delivery_id = ${row.id})`;
  const insert = sql`insert into delivery (id, notifier, about, state, error, lease_by, body,
      attempts, created_at, last_tried_at, next_try_at, delivered_at, lease_until)
    select ${sql.join([row.id, row.notifier, row.about, row.state, row.error, row.lease_by, row.body].map(text))},
      cast(${row.attempts} as integer),
      ${sql.join([row.created_at, row.last_tried_at, row.next_try_at, row.delivered_at, row.lease_until].map(number))}
    where ${told.length === 0 ? sql`1 = 1` : something}
    on conflict do nothing`.compile(build);
  if (sorted.length === 0) return [insert];
  const once = build
    .insertInto("alert_told")
    .values(sorted)
    .onConflict((conflict) => conflict.doNothing())
    .compile();
  return [once, insert];
}

function claim(build: Build, { id, by, now, until }: ChangeOf<"claim">): CompiledQuery {
  return build
    .updateTable("delivery")
    .set({ lease_by: by, lease_until: until })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .where((where) =>
      where.or([where("lease_by", "is", null), where("lease_by", "=", by), where("lease_until", "<=", now)]),
    )
    .compile();
}

function tried(build: Build, { id, by, at, state, error, nextTryAt }: ChangeOf<"tried">): CompiledQuery {
  const dropped = state === "dropped";
  return build
    .updateTable("delivery")
    .set({
      state,
      error,
      next_try_at: nextTryAt,
      delivered_at: state === "delivered" ? at : null,
      lease_by: null,
      lease_until: null,
      ...(dropped ? {} : { attempts: sql<number>`attempts + 1`, last_tried_at: at }),
    })
    .where("id", "=", id)
    .where("lease_by", "=", by)
    .compile();
}
