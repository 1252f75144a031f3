import { type Kysely, sql } from "kysely";
import type { SampleTableName, Schema } from "@/lib/db/schema";
import type { EpochMs } from "@/lib/domain/ids";
import { TIERS } from "../samples/tiers";

/** Start of the oldest bucket that each tier keeps of one line; null where it keeps none. */
export type OldestBuckets = Readonly<Record<SampleTableName, number | null>>;

/**
 * The earliest moment of which these lines tell something: the start of the oldest bucket, by the finest tier that still has it, since
 * a bucket of ten minutes begins before what was observed in it. Null where nothing is kept.
 */
export function firstObserved(lines: readonly OldestBuckets[]): EpochMs | null {
  const firsts = lines.flatMap((oldest) => {
    let first: { readonly at: number; readonly ms: number } | null = null;
    for (const { table, ms } of [...TIERS].reverse()) {
      const at = oldest[table];
      if (at !== null && (first === null || at < first.at + first.ms)) first = { at, ms };
    }
    return first === null ? [] : [first.at];
  });
  return firsts.length === 0 ? null : Math.min(...firsts);
}

/** Reads the oldest bucket of each line from each tier: a step into the key of each table, whatever it holds. */
export async function oldestBuckets(db: Kysely<Schema>, ids: readonly number[]): Promise<readonly OldestBuckets[]> {
  if (ids.length === 0) return [];
  const oldest = TIERS.map(
    ({ table }) =>
      sql`(select min(at) from ${sql.table(table)} sample where sample.series_id = series.id) as ${sql.ref(table)}`,
  );
  const { rows } = await sql<OldestBuckets>`
    select ${sql.join(oldest)} from series where id in (${sql.join(ids)})`.execute(db);
  return rows;
}
