import { CompiledQuery } from "kysely";
import type { StoreKind } from "@/lib/db/types";
import type { Bucket } from "./fold";
import type { Tier } from "./tiers";

/**
 * The SQL of samples. A row that is there already is joined with the new one so that a statement may come twice and no extreme is
 * ever lost: lowest and highest of both; sum and count of the one that stands for more observations.
 */
const JOIN = (table: string, least: string, greatest: string) => `on conflict (series_id, at) do update set
  "min" = ${least}(${table}."min", excluded."min"), "max" = ${greatest}(${table}."max", excluded."max"),
  "sum" = case when excluded."count" >= ${table}."count" then excluded."sum" else ${table}."sum" end,
  "count" = ${greatest}(${table}."count", excluded."count")`;

const joinOf = (kind: StoreKind, table: string) =>
  kind === "sqlite" ? JOIN(table, "min", "max") : JOIN(table, "least", "greatest");

/** SQLite keeps prepared statements by their text, so rows come in packs of one size, and singly what is left. */
const PACK = 50;

export function insertBuckets(kind: StoreKind, tier: Tier, buckets: readonly Bucket[]): CompiledQuery[] {
  if (buckets.length === 0) return [];
  const columns = `${tier.table} (series_id, at, "min", "max", "sum", "count")`;
  const values = ({ id, at, min, max, sum, count }: Bucket) => [id, at, min, max, sum, count];
  if (kind === "postgres") {
    const arrays = [0, 1, 2, 3, 4, 5].map((column) => buckets.map((bucket) => values(bucket)[column]));
    const unnest = "unnest($1::bigint[], $2::bigint[], $3::float8[], $4::float8[], $5::float8[], $6::integer[])";
    return [CompiledQuery.raw(`insert into ${columns} select * from ${unnest} ${joinOf(kind, tier.table)}`, arrays)];
  }
  return packs(buckets).map((pack) => {
    const rows = pack.map(() => "(?, ?, ?, ?, ?, ?)").join(", ");
    return CompiledQuery.raw(`insert into ${columns} values ${rows} ${joinOf(kind, tier.table)}`, pack.flatMap(values));
  });
}

function packs<T>(all: readonly T[]): T[][] {
  const whole = Math.floor(all.length / PACK);
  const result = Array.from({ length: whole }, (_, index) => all.slice(index * PACK, (index + 1) * PACK));
  return [...result, ...all.slice(whole * PACK).map((one) => [one])];
}

export function insertSeries(kind: StoreKind, { id, series }: Bucket): CompiledQuery {
  const marks = kind === "sqlite" ? "?, ?, ?, ?, ?" : "$1, $2, $3, $4, $5";
  return CompiledQuery.raw(
    `insert into series (id, scope, metric, subject, detail) values (${marks}) on conflict do nothing`,
    [id, series.scope, series.metric, series.subject, series.detail],
  );
}

/**
 * Makes `coarse` from `fine` for all series between two moments that are whole buckets of `coarse`. One range of the key for each
 * series: the planner must not read the whole table for the last ten seconds of it.
 */
export function rollUp(kind: StoreKind, fine: Tier, coarse: Tier, from: number, to: number): CompiledQuery {
  const start = `t.at - t.at % ${coarse.ms}`;
  const figures = `min(t."min"), max(t."max"), sum(t."sum"), sum(t."count")`;
  const into = `insert into ${coarse.table} (series_id, at, "min", "max", "sum", "count")`;
  return CompiledQuery.raw(
    kind === "sqlite"
      ? `${into} select t.series_id, ${start}, ${figures} from series s cross join ${fine.table} t
         where t.series_id = s.id and t.at >= ? and t.at < ? group by 1, 2 ${joinOf(kind, coarse.table)}`
      : `${into} select s.id, b.* from series s cross join lateral (
           select ${start}, ${figures} from ${fine.table} t
           where t.series_id = s.id and t.at >= $1 and t.at < $2 group by 1
         ) b ${joinOf(kind, coarse.table)}`,
    [from, to],
  );
}

/** Deletes what is older than `before` of the `limit` series whose numbers follow `afterId`. */
export function deleteOlder(
  kind: StoreKind,
  tier: Tier,
  before: number,
  afterId: number,
  limit: number,
): CompiledQuery {
  const [a, b] = kind === "sqlite" ? ["?", "?"] : ["$1", "$2"];
  return CompiledQuery.raw(
    `delete from ${tier.table} where series_id in
       (select id from series where id > ${a} order by id limit ${limit}) and at < ${b}`,
    [afterId, before],
  );
}

export function setMeta(kind: StoreKind, key: string, value: string): CompiledQuery {
  const marks = kind === "sqlite" ? "?, ?" : "$1, $2";
  return CompiledQuery.raw(
    `insert into meta (key, value) values (${marks}) on conflict (key) do update set value = excluded.value`,
    [key, value],
  );
}
