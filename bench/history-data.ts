import { CompiledQuery } from "kysely";
import { HOSTS, NETWORK } from "@/lab/index";
import type { Store } from "@/lib/db/types";
import { clusterScope } from "@/lib/domain/ids";
import { METRIC_IDS, METRICS, type MetricId } from "@/lib/domain/metrics/catalog";
import { type SeriesKey, seriesIdOf } from "@/lib/history/samples/series-id";
import { setMeta } from "@/lib/history/samples/statements";
import { floorTo, type SampleRetention, TIERS, type Tier } from "@/lib/history/samples/tiers";
import { watermarkKey } from "@/lib/history/samples/watermarks";

/** Fills a store as 90 days of watching a three-member cluster leave it, at the default retention. */

export const SCOPE = clusterScope("bench");
const SECOND = 1_000;
const DAY = 86_400 * SECOND;
export const RETENTION: SampleRetention = { "2s": 3_600 * SECOND, "10s": DAY, "1m": 30 * DAY, "10m": 365 * DAY };

const POOLS = ["postgres_master", "postgres_replicas"];
const DETAILS: Readonly<Record<NonNullable<(typeof METRICS)[MetricId]["detail"]>, readonly string[]>> = {
  slot: HOSTS.slice(1),
  database: ["postgres", "erp", "erp_archive", "reports", "monitoring"],
  "connection-state": ["active", "idle", "idle in transaction", "idle in transaction (aborted)", "fastpath", "other"],
  "pool-or-server": POOLS.flatMap((pool) => [pool, ...HOSTS.map((host) => `${pool}/${host}`)]),
  "checkpoint-kind": ["timed", "requested"],
};
const SOURCES = ["patroni", "postgres", "pgbouncer", "haproxy", "dcs-member"];
const SUBJECTS: Readonly<Record<(typeof METRICS)[MetricId]["of"], readonly string[]>> = {
  member: HOSTS,
  haproxy: HOSTS,
  source: SOURCES.flatMap((source) => HOSTS.map((host) => `${source}:${host}`)),
  vip: [NETWORK.vip],
  "dcs-member": HOSTS,
};

/** Every line that such a cluster has. */
export function allSeries(): SeriesKey[] {
  return METRIC_IDS.flatMap((metric) => {
    const { of, detail } = METRICS[metric];
    const details = detail === null ? [""] : DETAILS[detail];
    return SUBJECTS[of].flatMap((subject) => details.map((one) => ({ scope: SCOPE, metric, subject, detail: one })));
  });
}

/** Gives how many rows each tier got. Rows come in the order of time, as they do in life, so that tables lie on disk as in life. */
export async function fill(store: Store, days: number, now: number): Promise<Readonly<Record<string, number>>> {
  const series = allSeries();
  await written(
    store,
    series.map((key) =>
      store.build
        .insertInto("series")
        .values({ id: seriesIdOf(key), ...key })
        .compile(),
    ),
  );
  const rows: Record<string, number> = { series: series.length };
  for (const tier of TIERS) {
    const to = floorTo(now, tier.ms);
    const from = to - Math.min(RETENTION[tier.name], days * DAY);
    await fillTier(store, tier, from, to);
    rows[tier.name] = ((to - from) / tier.ms) * series.length;
  }
  const marks = TIERS.slice(1).map(({ name, ms }) => setMeta(store.kind, watermarkKey(name), String(floorTo(now, ms))));
  await written(store, marks);
  await settled(store);
  return rows;
}

/**
 * A store that was filled over 90 days has been looked after by its database all along. One that was filled in a minute would be just
 * while it is read: PostgreSQL's autovacuum starts by itself after so many inserts.
 */
async function settled(store: Store): Promise<void> {
  if (store.kind === "sqlite") return written(store, [CompiledQuery.raw("analyze")]);
  // Not by `write`: a vacuum cannot run in a transaction.
  const answer = await store.read((db) => db.executeQuery(CompiledQuery.raw("vacuum analyze")));
  if (!answer.ok) throw new Error(`vacuum: ${answer.failure.kind}: ${answer.failure.text}`);
}

/** A day at a time: each piece is one transaction. */
async function fillTier(store: Store, tier: Tier, from: number, to: number): Promise<void> {
  const piece = Math.max(DAY, tier.ms * 1_440);
  for (let at = from; at < to; at += piece) {
    await written(store, [fillPiece(store.kind, tier, at, Math.min(to, at + piece))]);
  }
}

function fillPiece(kind: Store["kind"], { table, ms }: Tier, from: number, to: number): CompiledQuery {
  const count = ms / TIERS[0].ms;
  const into = `insert into ${table} (series_id, at, "min", "max", "sum", "count")`;
  if (kind === "postgres") {
    return CompiledQuery.raw(
      `${into} select s.id, t.at, v.x * 0.9, v.x * 1.4, v.x * ${count}, ${count}
       from generate_series($1::bigint, $2::bigint - 1, ${ms}) as t(at) cross join series s,
         lateral (select (t.at / 1000 + s.id) % 100000 + random() as x) v order by t.at, s.id`,
      [from, to],
    );
  }
  return CompiledQuery.raw(
    `with recursive t(at) as (select ? union all select at + ${ms} from t where at + ${ms} < ?)
     ${into} select id, at, x * 0.9, x * 1.4, x * ${count}, ${count} from (
       select s.id, t.at, (t.at / 1000 + s.id) % 100000 + abs(random() % 1000) / 1000.0 as x from t cross join series s)`,
    [from, to],
  );
}

async function written(store: Store, statements: readonly CompiledQuery[]): Promise<void> {
  const answer = await store.write(statements);
  if (!answer.ok) throw new Error(`${answer.failure.kind}: ${answer.failure.text}`);
}
