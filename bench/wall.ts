import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeAccounts } from "@/e2e/support/accounts";
import { type Dashboard, makeDashboard } from "@/e2e/support/dashboard";
import { sseData } from "@/e2e/support/sse";
import { ensureUp, execAsPostgres, HOSTS, PORTS, SCOPE } from "@/lab/index";
import { numberArgument } from "./arguments";
import { figure } from "./statistics";

/**
 * What watchers cost the cluster: statements on every PostgreSQL server (transactions of our sessions, from `pg_stat_statements`) and
 * connections to Patroni's interface (one a request), in equal windows with one watcher and with many. Nobody else may look at the lab
 * by the same role meanwhile.
 */
const WANTED_SHARE = 0.03;
/** A window may begin just before a beat or just after it, at every server. */
const BEATS = 2;
const ROLE = "matriarch";

type Cost = { readonly statements: number; readonly patroni: number; readonly framesPerWatcher: number };

const connectionsFile = join(tmpdir(), `matriarch-bench-wall-${process.pid}.json`);

async function main(): Promise<void> {
  const [seconds, watchers] = [numberArgument("seconds", 60), 200];
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  process.env.MATRIARCH_BENCH_CONNECTIONS = connectionsFile;
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --require ${resolve("bench/count-connections.cjs")}`;
  const dashboard = await makeDashboard({ name: "bench-wall", accounts: await makeAccounts() });
  await dashboard.start();
  await dashboard.ready();
  try {
    console.log(`windows of ${seconds} s\n\nwatchers  statements  requests to Patroni  frames a watcher`);
    const costs: Cost[] = [];
    // One before and one after: what drifts in between is told from what the watchers cost.
    for (const count of [1, watchers, 1]) {
      const cost = await costOf(dashboard, count, seconds);
      costs.push(cost);
      const columns = [count, cost.statements, cost.patroni].map((value, at) =>
        String(value).padStart([8, 10, 19][at] ?? 0),
      );
      console.log(`${columns.join("  ")}  ${figure(cost.framesPerWatcher).padStart(16)}`);
    }
    judge(costs);
  } finally {
    await dashboard.stop();
    rmSync(connectionsFile, { force: true });
  }
}

async function costOf(dashboard: Dashboard, count: number, seconds: number): Promise<Cost> {
  const ending = new AbortController();
  const seen = { frames: 0 };
  const open = Array.from({ length: count }, () => watch(dashboard, ending.signal, seen));
  try {
    await Promise.all(open.map(({ fed }) => fed));
    const [statements, patroni] = [await statementsSoFar(), connectionsSoFar()];
    seen.frames = 0;
    await new Promise((done) => setTimeout(done, seconds * 1_000));
    return {
      statements: (await statementsSoFar()) - statements,
      patroni: connectionsSoFar() - patroni,
      framesPerWatcher: seen.frames / count,
    };
  } finally {
    ending.abort();
    await Promise.all(open.map(({ ended }) => ended));
  }
}

/** A client that reads the stream and keeps nothing; `fed` once the first frame came, and rejects when none does. */
function watch(dashboard: Dashboard, signal: AbortSignal, seen: { frames: number }) {
  let first: () => void = () => {};
  let never: (error: unknown) => void = () => {};
  const fed = new Promise<void>((done, failed) => {
    [first, never] = [done, failed];
  });
  const read = async () => {
    const answer = await fetch(`${dashboard.baseUrl}/api/v1/stream?scope=${SCOPE}`, {
      headers: { authorization: `Bearer ${dashboard.accounts.token}` },
      signal,
    });
    if (!answer.ok || !answer.body) throw new Error(`the stream answers ${answer.status}`);
    for await (const _ of sseData(answer.body)) {
      seen.frames += 1;
      first();
    }
    throw new Error("the stream ended");
  };
  const ended = read().catch((error: unknown) => {
    if (signal.aborted) return;
    never(error);
    console.error("a watcher was lost:", error);
    process.exitCode = 1;
  });
  return { fed, ended };
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

function judge(costs: readonly Cost[]): void {
  const [before, many, after] = costs;
  if (!before || !many || !after) throw new Error("three windows are compared");
  for (const key of ["statements", "patroni"] as const) {
    const alone = (before[key] + after[key]) / 2;
    const slack = Math.max(Math.abs(before[key] - after[key]), alone * WANTED_SHARE, BEATS * HOSTS.length);
    const met = alone > 0 && Math.abs(many[key] - alone) <= slack;
    if (!met) process.exitCode = 1;
    console.log(
      `${key}: ${figure(alone)} with one, ${many[key]} with many: ${met ? "equal" : "NOT equal"} (± ${figure(slack)})`,
    );
  }
}

await main();
process.exit(process.exitCode ?? 0);
