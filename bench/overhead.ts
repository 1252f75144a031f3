import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "@/e2e/support/until";
import {
  ensureUp,
  exec,
  execAsPostgres,
  HOSTS,
  type HostName,
  hostAddress,
  labConfigYaml,
  readTruth,
} from "@/lab/index";
import { startClusterCollector } from "@/lib/collectors/cluster-collector";
import { loadConfig } from "@/lib/config/load";
import { createLive } from "@/lib/live/live";
import { numberArgument } from "./arguments";
import { figure } from "./statistics";

/**
 * What our looking costs a PostgreSQL server, beside `prometheus-postgres-exporter` with its default collectors on the same server in
 * the same minutes. Both log in by roles of their own, so `pg_stat_statements` tells them apart from each other and from
 * everybody else. It counts execution; ours is planned once a connection, the exporter's at every scrape.
 */
const OURS = "overhead_bench_ours";
const THEIRS = "overhead_bench_exporter";
const EXPORTER_PORT = 9187;
const SCRAPE_EVERY_MS = 15_000;
const WANTED_SHARE = 1 / 5;
const DEADLINE_MS = 30_000;

/** Whose statement it is, by a word that is in no other (values are not: `pg_stat_statements` leaves them out); the first that fits. */
const KINDS = [
  { name: "fast look", word: "pg_is_wal_replay_paused" },
  { name: "slow look", word: "pg_stat_archiver" },
  { name: "files that wait", word: "pg_ls_archive_statusdir" },
  { name: "sizes", word: "pg_database_size" },
  { name: "sizes, list", word: "datistemplate" },
] as const;

type Spent = { readonly query: string; readonly calls: number; readonly ms: number };
type Row = { readonly name: string; readonly looks: number; readonly calls: number; readonly ms: number };

async function main(): Promise<void> {
  const minutes = numberArgument("minutes", 2);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  const { writable } = await readTruth();
  const leader = writable[0];
  if (leader === undefined) throw new Error("no host of the lab takes writes");
  const word = randomBytes(12).toString("hex");
  await makeRoles(leader, word);
  const ending = new AbortController();
  try {
    const exporter = startExporter(leader, word, ending.signal);
    const stopLooking = startLooking(word);
    console.log(`looking at all hosts, exporter on ${leader} (which leads), for ${figure(minutes, 1)} min`);
    const scrapes = await scrapeFor(minutes * 60_000, leader);
    stopLooking();
    ending.abort();
    await exporter;
    if ((await readTruth()).writable[0] !== leader)
      throw new Error("another host leads now: these figures compare nothing");
    await report(leader, scrapes, minutes);
  } finally {
    ending.abort();
    // Who led at the beginning need not lead now.
    const { writable: now } = await readTruth();
    await dropRoles(now[0] ?? leader);
  }
}

async function sql(host: HostName, text: string): Promise<string> {
  return (await execAsPostgres(host, ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"], { input: text })).stdout;
}

async function makeRoles(leader: HostName, word: string): Promise<void> {
  await dropRoles(leader);
  await sql(
    leader,
    [OURS, THEIRS].map((role) => `CREATE ROLE ${role} LOGIN PASSWORD '${word}' IN ROLE pg_monitor;`).join("\n"),
  );
  // The replicas know the roles once they replayed them.
  for (const host of HOSTS) {
    const known = async () =>
      (await sql(host, `SELECT 1 FROM pg_roles WHERE rolname = '${THEIRS}'`)).trim() || undefined;
    await until(known, { deadlineMs: DEADLINE_MS, what: `the roles on ${host}` });
  }
}

const dropRoles = (leader: HostName): Promise<string> =>
  sql(leader, [OURS, THEIRS].map((role) => `DROP ROLE IF EXISTS ${role};`).join("\n"));

/** Everything that the dashboard does to a cluster, without pages and record. */
function startLooking(word: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-overhead-"));
  const file = join(folder, "matriarch.yaml");
  const postgres = { user: OURS, password: word, database: "postgres", sslmode: "prefer" };
  writeFileSync(file, labConfigYaml({ cluster: { postgres, clientEye: undefined } }), { mode: 0o600 });
  const loaded = loadConfig({ env: { ...process.env, MATRIARCH_CONFIG: file } });
  rmSync(folder, { recursive: true });
  if (loaded.kind === "error") throw new Error(loaded.message);
  const { clusters } = loaded.config;
  const live = createLive(
    randomUUID(),
    clusters.map((cluster) => cluster.scope),
  );
  const collectors = clusters.map((cluster) => startClusterCollector(cluster, live));
  return () => {
    for (const collector of collectors) collector.stop();
    live.close();
  };
}

/** Resolves when it has ended; it is ended by the signal. */
async function startExporter(host: HostName, word: string, signal: AbortSignal): Promise<void> {
  const listen = `--web.listen-address=${hostAddress(host)}:${EXPORTER_PORT}`;
  const env = { DATA_SOURCE_NAME: `postgresql://${THEIRS}:${word}@127.0.0.1:5432/postgres?sslmode=disable` };
  const ended = await exec(host, ["prometheus-postgres-exporter", listen], {
    env,
    signal,
    allowFailure: true,
    deadlineMs: 3_600_000,
  });
  if (!signal.aborted) throw new Error(`the exporter ended: ${ended.stderr.trim().split("\n").at(-1)}`);
}

async function scrapeFor(durationMs: number, host: HostName): Promise<number> {
  const url = `http://${hostAddress(host)}:${EXPORTER_PORT}/metrics`;
  const scrape = async () => {
    const answer = await fetch(url).catch(() => null);
    const text = await answer?.text();
    return text?.includes("pg_up 1") ? true : undefined;
  };
  await until(scrape, { deadlineMs: DEADLINE_MS, what: "the exporter's first good scrape" });
  let scrapes = 1;
  for (const end = Date.now() + durationMs; Date.now() + SCRAPE_EVERY_MS <= end; scrapes += 1) {
    await new Promise((resolve) => setTimeout(resolve, SCRAPE_EVERY_MS));
    if (!(await scrape())) throw new Error("a scrape failed");
  }
  return scrapes;
}

async function spentBy(host: HostName, role: string): Promise<readonly Spent[]> {
  const text = await sql(
    host,
    `SELECT coalesce(json_agg(json_build_object('query', s.query, 'calls', s.calls, 'ms', s.total_exec_time)), '[]')
     FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = '${role}'`,
  );
  return JSON.parse(text) as Spent[];
}

function byKind(spent: readonly Spent[]): Row[] {
  const left = new Set(spent);
  const rows: Row[] = KINDS.map(({ name, word }) => {
    const own = [...left].filter(({ query }) => query.includes(word));
    for (const one of own) left.delete(one);
    return { name, looks: sum(own, "calls"), calls: sum(own, "calls"), ms: sum(own, "ms") };
  });
  const rest = [...left];
  return [...rows, { name: "all else", looks: 0, calls: sum(rest, "calls"), ms: sum(rest, "ms") }];
}

const sum = (spent: readonly Spent[], key: "calls" | "ms"): number => spent.reduce((total, one) => total + one[key], 0);

async function report(leader: HostName, scrapes: number, minutes: number): Promise<void> {
  const theirs = await spentBy(leader, THEIRS);
  const exporter = { name: "exporter", looks: scrapes, calls: sum(theirs, "calls"), ms: sum(theirs, "ms") };
  for (const host of HOSTS) {
    const rows = byKind(await spentBy(host, OURS));
    console.log(`\n${host}${host === leader ? " (leads)" : ""}`);
    console.log("what              looks  statements  per look  execution ms  ms per look  ms per minute");
    for (const row of rows) print(row, minutes);
    print({ name: "ours, together", looks: 0, calls: sumOf(rows, "calls"), ms: sumOf(rows, "ms") }, minutes);
    if (host === leader) print(exporter, minutes);
  }
  judge(byKind(await spentBy(leader, OURS)), exporter);
}

const sumOf = (rows: readonly Row[], key: "calls" | "ms"): number => rows.reduce((total, row) => total + row[key], 0);

function print({ name, looks, calls, ms }: Row, minutes: number): void {
  const per = (value: number, digits: number) => figure(looks === 0 ? null : value / looks, digits);
  console.log(
    [
      name.padEnd(16),
      String(looks === 0 ? "–" : looks).padStart(6),
      String(calls).padStart(10),
      per(calls, 1).padStart(8),
      figure(ms, 2).padStart(12),
      per(ms, 3).padStart(11),
      figure(ms / minutes, 2).padStart(13),
    ].join("  "),
  );
}

function judge(rows: readonly Row[], exporter: Row): void {
  const limit = (exporter.ms / exporter.looks) * WANTED_SHARE;
  const [fast, slow] = rows;
  console.log(`\nwanted: at most a fifth of a scrape's execution time, ${figure(limit, 3)} ms here`);
  for (const row of [fast, slow]) {
    if (!row || row.looks === 0) throw new Error("a look was never taken");
    const ms = row.ms / row.looks;
    const share = ms / (exporter.ms / exporter.looks);
    console.log(`${row.name}: ${figure(ms, 3)} ms, ${figure(share * 100, 1)} %: ${ms <= limit ? "met" : "NOT met"}`);
  }
}

await main();
process.exit(0);
