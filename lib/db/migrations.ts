import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from "kysely";
import { actionTables } from "./migration-actions";
import { alertTables } from "./migration-alerts";
import type { SampleTableName } from "./schema";
import type { StoreKind } from "./types";

/**
 * How the tables came to be, run at every start.
 *
 * Backward-safe means that the release before this one still works on the tables of this one, so that a dashboard can be rolled back
 * and two releases may share a PostgreSQL store for the length of an update. So: add tables, add columns that are nullable or have a
 * default, add indexes; never rename, drop, retype or tighten what a release has used. Never edit a migration that was released.
 */
export const SAMPLE_TABLES: readonly SampleTableName[] = ["sample_2s", "sample_10s", "sample_1m", "sample_10m"];

const first = (kind: StoreKind): Migration => ({
  async up(db: Kysely<unknown>) {
    const bytes = kind === "sqlite" ? sql`blob` : sql`bytea`;
    await db.schema
      .createTable("series")
      .addColumn("id", "bigint", (column) => column.primaryKey().notNull())
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("metric", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("detail", "text", (column) => column.notNull())
      .addUniqueConstraint("series_what", ["scope", "metric", "subject", "detail"])
      .execute();
    for (const table of SAMPLE_TABLES) {
      const create = db.schema
        .createTable(table)
        .addColumn("series_id", "bigint", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("min", "double precision", (column) => column.notNull())
        .addColumn("max", "double precision", (column) => column.notNull())
        .addColumn("sum", "double precision", (column) => column.notNull())
        .addColumn("count", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint(`${table}_key`, ["series_id", "at"]);
      await (kind === "sqlite" ? create.modifyEnd(sql`without rowid`) : create).execute();
    }
    await db.schema
      .createTable("event")
      .addColumn("id", kind === "sqlite" ? "integer" : "bigint", (column) =>
        kind === "sqlite" ? column.primaryKey().autoIncrement() : column.primaryKey().generatedByDefaultAsIdentity(),
      )
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("severity", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("dedupe", "text")
      .addUniqueConstraint("event_once", ["scope", "dedupe"])
      .execute();
    await db.schema.createIndex("event_time").on("event").columns(["scope", "at"]).execute();
    await db.schema
      .createTable("frame")
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("at", "bigint", (column) => column.notNull())
      .addColumn("seq", "bigint", (column) => column.notNull())
      .addColumn("boot", "text", (column) => column.notNull())
      .addColumn("version", "bigint", (column) => column.notNull())
      .addColumn("key_at", "bigint", (column) => column.notNull())
      .addColumn("urgent", "integer", (column) => column.notNull())
      .addColumn("body", bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint("frame_key", ["scope", "at", "seq"])
      .execute();
    await db.schema
      .createTable("recording")
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("boot", "text", (column) => column.notNull())
      .addColumn("started_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint", (column) => column.notNull())
      .addColumn("orderly", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("recording_key", ["scope", "boot", "started_at"])
      .execute();
    await db.schema
      .createTable("write_gap")
      .addColumn("scope", "text", (column) => column.notNull())
      .addColumn("started_at", "bigint", (column) => column.notNull())
      .addColumn("ended_at", "bigint")
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("write_gap_key", ["scope", "started_at"])
      .execute();
    await db.schema
      .createTable("meta")
      .addColumn("key", "text", (column) => column.primaryKey().notNull())
      .addColumn("value", "text", (column) => column.notNull())
      .execute();
  },
});

const provider = (kind: StoreKind): MigrationProvider => ({
  getMigrations: async () => ({
    "2026-11-21-record": first(kind),
    "2026-11-22-actions": actionTables(kind),
    "2026-11-23-alerts": alertTables,
  }),
});

/** Brings the tables up to date; throws what the database said. A store that a newer release has been at is left as it is. */
export async function migrate(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const migrator = new Migrator({ db, provider: provider(kind), migrationTableName: "matriarch_migration" });
  const applied = await appliedNames(db);
  const known = Object.keys(await provider(kind).getMigrations());
  if (applied !== null && known.every((name) => applied.has(name))) return;
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Names of the migrations that ran; null where none ever did. */
async function appliedNames(db: Kysely<unknown>): Promise<ReadonlySet<string> | null> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "matriarch_migration")) return null;
  const { rows } = await sql<{ name: string }>`select name from matriarch_migration`.execute(db);
  return new Set(rows.map((row) => row.name));
}
