import { type Kysely, type Migration, sql } from "kysely";
import type { StoreKind } from "./types";

/** Tables of what is done to clusters: plans, operations, who acts now, and the audit log. See `migrations.ts` for what may change. */
export const actionTables = (kind: StoreKind): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("plan")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .addColumn("used_by", "text")
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("plan_expiry").on("plan").column("expires_at").execute();
    await db.schema
      .createTable("operation")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("plan_id", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("open", "integer", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("operation_time").on("operation").columns(["scope", "created_at"]).execute();
    await db.schema.createIndex("operation_open").on("operation").column("open").execute();
    await db.schema
      .createTable("cluster_lock")
      .addColumn("scope", "text", (column) => column.primaryKey().notNull())
      .addColumn("operation_id", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("actor", "text", (column) => column.notNull())
      .addColumn("boot", "text", (column) => column.notNull())
      .addColumn("claim", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("renewed_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("pause_note")
      .addColumn("scope", "text", (column) => column.primaryKey().notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await auditTable(db);
    for (const statement of kind === "sqlite" ? SQLITE_GUARDS : POSTGRES_GUARDS) await sql.raw(statement).execute(db);
  },
});

async function auditTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("audit")
    .addColumn("seq", "bigint", (column) => column.primaryKey().notNull())
    .addColumn("row_key", "text", (column) => column.notNull().unique())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("scope", "text")
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("role", "text")
    .addColumn("address", "text")
    .addColumn("action", "text")
    .addColumn("operation_id", "text")
    .addColumn("plan_id", "text")
    .addColumn("reason", "text")
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("prev", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("audit_time").on("audit").column("at").execute();
  await db.schema.createIndex("audit_operation").on("audit").column("operation_id").execute();
}

const REFUSAL = "the audit log is append-only";

const SQLITE_GUARDS = [
  `create trigger audit_no_update before update on audit begin select raise(abort, '${REFUSAL}'); end`,
  `create trigger audit_no_delete before delete on audit begin select raise(abort, '${REFUSAL}'); end`,
  // `insert or replace` deletes without any trigger of its own. Left out rather than refused: as `on conflict do nothing` has it.
  `create trigger audit_no_replace before insert on audit
     when exists (select 1 from audit where seq = new.seq or row_key = new.row_key)
     begin select raise(ignore); end`,
];

const POSTGRES_GUARDS = [
  `create function audit_refuse() returns trigger language plpgsql
     as $$ begin raise exception '${REFUSAL}' using errcode = '42501'; end $$`,
  `create trigger audit_append_only before update or delete or truncate on audit
     for each statement execute function audit_refuse()`,
];
