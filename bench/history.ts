import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import type { Store, StoreTimeouts } from "@/lib/db/types";
import type { MetricId } from "@/lib/domain/metrics/catalog";
import { readSeries } from "@/lib/history/series/read";
import { numberArgument } from "./arguments";
import { fill, RETENTION, SCOPE } from "./history-data";
import { figure, percentile } from "./statistics";

/**
 * How long 24 hours of a three-member cluster take to read from a store that holds 90 days, on SQLite and on PostgreSQL. Each reading is
 * one line of a chart for every member, 300 points, as the page asks for it; the window ends at another minute each time.
 */
const WANTED_P95_MS = 50;
const DAY_MS = 86_400_000;
const METRICS: readonly MetricId[] = [
  "replay-lag-bytes",
  "replay-lag-seconds",
  "receive-lag-bytes",
  "wal-bytes-per-second",
  "transactions-per-second",
  "connections",
  "pgbouncer-clients-active",
  "haproxy-sessions",
];
const PATIENT: StoreTimeouts = { openMs: 10_000, readMs: 60_000, writeMs: 600_000 };

async function main(): Promise<void> {
  const days = numberArgument("days", 90);
  const readings = numberArgument("readings", 400);
  const folder = mkdtempSync(join(tmpdir(), "bench-history-"));
  let good = true;
  try {
    const file = join(folder, "store.db");
    good = await bench("SQLite", openStore(`sqlite:${file}`, PATIENT), days, readings, async () => statSync(file).size);
    await ensureStoreHost();
    const url = await newStoreDatabase("bench_history");
    good = (await bench("PostgreSQL", openStore(url, PATIENT), days, readings, sizeOfDatabase)) && good;
    // Leaves an empty one behind instead of a gigabyte.
    await newStoreDatabase("bench_history");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = good ? 0 : 1;
}

async function bench(
  name: string,
  store: Store,
  days: number,
  readings: number,
  sizeOf: (store: Store) => Promise<number>,
): Promise<boolean> {
  const now = Date.now();
  try {
    const rows = await fill(store, days, now);
    const seconds = (Date.now() - now) / 1_000;
    const size = await sizeOf(store);
    console.log(`\n${name}: ${days} days in ${figure(seconds)} s, ${figure(size / 1e6)} MB`);
    console.log(
      Object.entries(rows)
        .map(([what, count]) => `  ${what}: ${count}`)
        .join("\n"),
    );
    const perMetric = new Map<MetricId, number[]>(METRICS.map((metric) => [metric, []]));
    for (let i = 0; i < readings; i += 1) {
      const metric = METRICS[i % METRICS.length] ?? "connections";
      perMetric.get(metric)?.push(await readOnce(store, metric, now - i * 60_000, now));
    }
    return report(perMetric);
  } finally {
    await store.close();
  }
}

/** In ms. Fails when an answer is not what a chart needs: that would be quick too. */
async function readOnce(store: Store, metric: MetricId, to: number, now: number): Promise<number> {
  const began = performance.now();
  const answer = await readSeries(
    store,
    SCOPE,
    { metric, subjects: null, from: to - DAY_MS, to, points: 300 },
    RETENTION,
    now,
  );
  const took = performance.now() - began;
  if (!answer.ok) throw new Error(`${metric}: ${answer.failure.kind}: ${answer.failure.text}`);
  const members = new Set(answer.value.lines.map(({ subject }) => subject));
  const thin = answer.value.lines.some(({ points }) => points.filter(({ mean }) => mean !== null).length < 250);
  if (members.size !== 3 || thin) throw new Error(`${metric}: ${members.size} members, and not 24 h of each`);
  return took;
}

function report(perMetric: ReadonlyMap<MetricId, readonly number[]>): boolean {
  const row = (what: string, times: readonly number[]) => {
    const columns = [Math.min(...times), percentile(times, 0.5), percentile(times, 0.95)];
    console.log(
      `  ${what.padEnd(28)}${String(times.length).padStart(5)}${columns.map((ms) => figure(ms, 1).padStart(9)).join("")}`,
    );
  };
  console.log(`  ${"24 h of every member".padEnd(28)}    n      min   median      p95  (ms)`);
  for (const [metric, times] of perMetric) row(metric, times);
  const all = [...perMetric.values()].flat();
  row("all", all);
  const p95 = percentile(all, 0.95) ?? Number.POSITIVE_INFINITY;
  console.log(`  p95 ${figure(p95, 1)} ms, wanted at most ${WANTED_P95_MS} ms: ${p95 <= WANTED_P95_MS ? "yes" : "NO"}`);
  return p95 <= WANTED_P95_MS;
}

async function sizeOfDatabase(store: Store): Promise<number> {
  const answer = await store.read((db) =>
    sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(db),
  );
  return answer.ok ? (answer.value.rows[0]?.size ?? 0) : 0;
}

await main();
