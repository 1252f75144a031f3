import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeAccounts } from "@/e2e/support/accounts";
import { type Dashboard, makeDashboard } from "@/e2e/support/dashboard";
import { ensureUp, execAsPostgres, HOSTS, PORTS } from "@/lab/index";
import { numberArgument } from "./arguments";
import { figure } from "./statistics";
import { makeWatchers, watchAll } from "./wall-watchers";

/**
 * What watchers cost the cluster: statements on every PostgreSQL server (transactions of our sessions, from `pg_stat_statements`) and
 * connections to Patroni's interface (one a request), in equal windows with one watcher and with many. Nobody else may look at the lab
 * by the same role meanwhile.
 */
const WATCHERS = 200;
const WARM_UP_SECONDS = 30;
/**
 * A window cuts each server's beats where it happens to begin and end: one beat more or less at each end. What a beat of PostgreSQL's is
 * made of is more than one statement.
 */
const BEAT = { statements: 4, patroni: 2 } as const;
const ROLE = "matriarch";

type Cost = {
  readonly watchers: number;
  readonly statements: number;
  readonly patroni: number;
  readonly frames: number;
  readonly asked: number;
};

const connectionsFile = join(tmpdir(), `matriarch-bench-wall-${process.pid}.json`);

async function main(): Promise<void> {
  const seconds = numberArgument("seconds", 60);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  process.env.MATRIARCH_BENCH_CONNECTIONS = connectionsFile;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --require ${resolve("bench/count-connections.cjs")}`;
  const dashboard = await makeDashboard({ name: "bench-wall", accounts: await makeAccounts() });
  await dashboard.start();
  await dashboard.ready();
  try {
    // A dashboard that has just begun asks for more than it does ever after.
    await costOf(dashboard, 1, WARM_UP_SECONDS);
    console.log(`windows of ${seconds} s\n`);
    console.log("watchers  statements  requests to Patroni  frames a watcher  asked beside the stream");
    const costs: Cost[] = [];
    // One before and one after: what drifts in between is told from what the watchers cost.
    for (const count of [1, WATCHERS, 1]) {
      const cost = await costOf(dashboard, count, seconds);
      costs.push(cost);
      const { statements, patroni, frames, asked } = cost;
      const columns = [count, statements, patroni, figure(frames / count), asked];
      console.log(columns.map((value, at) => String(value).padStart([8, 10, 19, 16, 23][at] ?? 0)).join("  "));
    }
    judge(costs);
  } finally {
    await dashboard.stop();
    rmSync(connectionsFile, { force: true });
  }
}

async function costOf(dashboard: Dashboard, watchers: number, seconds: number): Promise<Cost> {
  const watching = await watchAll(dashboard, await makeWatchers(dashboard, watchers));
  const [statements, patroni] = [await statementsSoFar(), connectionsSoFar()];
  watching.taken();
  await new Promise((done) => setTimeout(done, seconds * 1_000));
  const cost = {
    watchers,
    statements: (await statementsSoFar()) - statements,
    patroni: connectionsSoFar() - patroni,
    ...watching.taken(),
  };
  await watching.stop();
  return cost;
}

async function statementsSoFar(): Promise<number> {
  const text = `SELECT coalesce(sum(s.calls), 0) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = '${ROLE}'`;
  const counts = await Promise.all(
    HOSTS.map(async (host) =>
      Number((await execAsPostgres(host, ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"], { input: text })).stdout.trim()),
    ),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

function connectionsSoFar(): number {
  const counts = JSON.parse(readFileSync(connectionsFile, "utf8")) as Record<string, number>;
  return counts[PORTS.patroni] ?? 0;
}

/** Equal: as near to one watcher's as one watcher's two windows are to each other, or as the ends of a window can make them differ. */
function judge(costs: readonly Cost[]): void {
  const [before, many, after] = costs;
  if (!before || !many || !after) throw new Error("three windows are compared");
  for (const key of ["statements", "patroni"] as const) {
    const alone = (before[key] + after[key]) / 2;
    const spread = Math.abs(before[key] - after[key]);
    const slack = Math.max(spread, BEAT[key] * HOSTS.length);
    const met = alone > 0 && Math.abs(many[key] - alone) <= slack;
    if (!met) process.exitCode = 1;
    const allowed = `± ${figure(slack)}; the two windows with one differ by ${figure(spread)}`;
    console.log(
      `${key}: ${figure(alone, 1)} with one, ${many[key]} with many: ${met ? "equal" : "NOT equal"} (${allowed})`,
    );
  }
}

await main();
process.exit(process.exitCode ?? 0);
