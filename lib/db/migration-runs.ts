import { type Kysely, type Migration, sql } from "kysely";

/** Tables of runs of runbooks, and of all that was done in them. See `migrations.ts` for what may change. */
export const runTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("run")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("runbook_id", "text", (column) => column.notNull())
      .addColumn("open", "integer", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("started_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint")
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("runbook", "text", (column) => column.notNull())
      .addColumn("claim", "text", (column) => column.notNull())
      .addColumn("unmeasured", "integer", (column) => column.notNull())
      .addColumn("measured", "text")
      .addColumn("proof", "text")
      .execute();
    // Of two who begin the same on one cluster, one does.
    await sql`create unique index run_open on run (scope, runbook_id) where open = 1`.execute(db);
    await db.schema.createIndex("run_state").on("run").columns(["open", "unmeasured"]).execute();
    await db.schema.createIndex("run_time").on("run").columns(["scope", "started_at"]).execute();
    await db.schema.createIndex("run_proof").on("run").columns(["scope", "proof", "ended_at"]).execute();
    await db.schema
      .createTable("run_entry")
      .addColumn("run_id", "text", (column) => column.notNull())
      .addColumn("seq", "integer", (column) => column.notNull())
      .addColumn("claim", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("run_entry_key", ["run_id", "seq"])
      .execute();
  },
};
