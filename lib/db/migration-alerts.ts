import { type Kysely, type Migration, sql } from "kysely";

/** Tables of alerts: what fires, who was told of what, and what is to be kept quiet. See `migrations.ts` for what may change. */
export const alertTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("alert")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("finding_id", "text", (column) => column.notNull())
      .addColumn("rule", "text", (column) => column.notNull())
      .addColumn("severity", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("text", "text", (column) => column.notNull())
      .addColumn("source_ids", "text", (column) => column.notNull())
      .addColumn("started_at", "bigint", (column) => column.notNull())
      .addColumn("fired_at", "bigint", (column) => column.notNull())
      .addColumn("seen_at", "bigint", (column) => column.notNull())
      .addColumn("resolved_at", "bigint")
      .addColumn("flaps", "integer", (column) => column.notNull())
      .addColumn("acknowledged", "text")
      .addColumn("settled", "integer", (column) => column.notNull())
      .execute();
    // Of two dashboards that call the same finding an alert, one does.
    await sql`create unique index alert_open on alert (scope, finding_id) where resolved_at is null`.execute(db);
    await db.schema.createIndex("alert_finding").on("alert").columns(["scope", "finding_id", "resolved_at"]).execute();
    await db.schema.createIndex("alert_settled").on("alert").column("settled").execute();
    await db.schema.createIndex("alert_time").on("alert").column("fired_at").execute();
    await db.schema
      .createTable("alert_told")
      .addColumn("alert_id", "text", (column) => column.notNull())
      .addColumn("notifier", "text", (column) => column.notNull())
      .addColumn("stage", "text", (column) => column.notNull())
      .addColumn("delivery_id", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("alert_told_once", ["alert_id", "notifier", "stage"])
      .execute();
    await db.schema.createIndex("alert_told_delivery").on("alert_told").column("delivery_id").execute();
    await db.schema
      .createTable("delivery")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("notifier", "text", (column) => column.notNull())
      .addColumn("about", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("error", "text")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("last_tried_at", "bigint")
      .addColumn("next_try_at", "bigint")
      .addColumn("delivered_at", "bigint")
      .addColumn("lease_by", "text")
      .addColumn("lease_until", "bigint")
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("delivery_state").on("delivery").columns(["state", "created_at"]).execute();
    await db.schema.createIndex("delivery_time").on("delivery").column("created_at").execute();
    await db.schema.createIndex("delivery_tried").on("delivery").columns(["notifier", "last_tried_at"]).execute();
    await db.schema
      .createTable("silence")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("until_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint")
      .addColumn("ended_by", "text")
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("silence_until").on("silence").column("until_at").execute();
  },
};
