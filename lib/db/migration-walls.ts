import type { Kysely, Migration } from "kysely";

/** The table of displays that sign in by a link. See `migrations.ts` for what may change. */
export const wallTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("wall")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("title", "text", (column) => column.notNull())
      .addColumn("scopes", "text")
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("created_by", "text", (column) => column.notNull())
      .addColumn("link_hash", "text", (column) => column.notNull().unique())
      .addColumn("link_until", "bigint", (column) => column.notNull())
      .addColumn("link_used", "integer", (column) => column.notNull())
      .addColumn("cookie_hash", "text", (column) => column.unique())
      .addColumn("bound_at", "bigint")
      .addColumn("bound_from", "text")
      .addColumn("seen_at", "bigint")
      .addColumn("revoked_at", "bigint")
      .addColumn("revoked_by", "text")
      .execute();
  },
};
