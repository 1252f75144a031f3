import { type Kysely, sql } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { StoreKind } from "@/lib/db/types";
import type { Grid, Part } from "./plan";
import type { Step } from "./points";

/** A step and the series (`series.id`) that it is of. */
export type SeriesStep = Step & { readonly id: number };

/** Buckets that one statement folds: PostgreSQL has several connections for many lines, and SQLite reads on while we unpack. */
const BUCKETS_AT_A_TIME = 12_000;

/** The lines in as many statements as a part's length asks for. */
export function piecesOf(ids: readonly number[], { tier, from, to }: Part): (readonly number[])[] {
  const lines = Math.max(1, Math.floor(BUCKETS_AT_A_TIME / Math.max(1, (to - from) / tier.ms)));
  return Array.from({ length: Math.ceil(ids.length / lines) }, (_, i) => ids.slice(i * lines, (i + 1) * lines));
}

/** The buckets of some lines folded to the grid's steps, in no order. */
export function readSteps(
  db: Kysely<Schema>,
  kind: StoreKind,
  ids: readonly number[],
  { tier, from, to }: Part,
  { start, stepMs }: Grid,
): Promise<SeriesStep[]> {
  const steps = sql<SeriesStep>`
    select series_id as id, (at - cast(${start} as bigint)) / cast(${stepMs} as bigint) as "index",
      min("min") as min, max("max") as max, sum("sum") as sum, sum("count") as count, min(at) as first, max(at) as last
    from ${sql.table(tier.table)}
    where series_id in (${sql.join(ids)}) and at >= ${from} and at < ${to}
    group by 1, 2`;
  return kind === "postgres" ? inColumns(db, steps) : steps.execute(db).then(({ rows }) => rows);
}

type Columns = { readonly id: number } & { readonly [K in keyof Step]: readonly number[] };

/** A day of many lines is thousands of rows, and PostgreSQL's driver unpacks a few arrays in a third of the time that rows take it. */
async function inColumns(db: Kysely<Schema>, steps: ReturnType<typeof sql<SeriesStep>>): Promise<SeriesStep[]> {
  const { rows } = await sql<Columns>`
    select id, array_agg("index") as "index", array_agg(min) as min, array_agg(max) as max, array_agg(sum) as sum,
      array_agg(count) as count, array_agg(first) as first, array_agg(last) as last
    from (${steps}) as step group by id`.execute(db);
  return rows.flatMap(({ id, index, min, max, sum, count, first, last }) =>
    index.map((one, i) => ({
      id,
      index: one,
      min: min[i] as number,
      max: max[i] as number,
      sum: sum[i] as number,
      count: count[i] as number,
      first: first[i] as number,
      last: last[i] as number,
    })),
  );
}
