import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { type ConfigOverrides, labConfigYaml, SCOPE } from "@/lab/index";
import type { Accounts } from "./accounts";
import { type StreamRecorder, startStreamRecorder } from "./stream-recorder";
import { until } from "./until";

export const START_FILE = resolve(".next/start.mjs");
export const RESULTS = resolve(process.env.MATRIARCH_TEST_RESULTS ?? "test-results");

const READY_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 10_000;

export type Dashboard = {
  readonly baseUrl: string;
  readonly accounts: Accounts;
  readonly clusterPath: string;
  /** All that the process printed, over all its starts. */
  readonly logFile: string;
  /** Starts the process; resolves when it says that it listens, with that moment in ms since 1970. */
  start(): Promise<number>;
  /** Resolves when every configured cluster was looked at once. */
  ready(): Promise<void>;
  /** As an operator stops it: SIGTERM; fails when the process does not leave. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  pid(): number | null;
  record(): StreamRecorder;
};

export type DashboardOptions = {
  /** Names its folder under `test-results/dashboards`. */
  readonly name: string;
  readonly accounts: Accounts;
  readonly cluster?: ConfigOverrides["cluster"];
  readonly alerts?: ConfigOverrides["alerts"];
  /** Where it keeps its record; default: SQLite in its folder. */
  readonly storeUrl?: string;
};

/** A dashboard of the built app on the lab, on a port of its own; not started yet. */
export async function makeDashboard({
  name,
  accounts,
  cluster,
  alerts,
  storeUrl,
}: DashboardOptions): Promise<Dashboard> {
  const folder = join(RESULTS, "dashboards", name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const configPath = join(folder, "matriarch.yaml");
  const logFile = join(folder, "output.log");
  const yaml = labConfigYaml({
    auth: accounts.auth,
    store: { url: storeUrl ?? `sqlite:${join(folder, "matriarch.db")}` },
    ...(cluster ? { cluster } : {}),
    ...(alerts ? { alerts } : {}),
  });
  writeFileSync(configPath, yaml, { mode: 0o600 });
  writeFileSync(logFile, "");
  let child: ChildProcess | null = null;

  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise<void>((done) => ending.once("exit", () => done()));
    ending.kill(signal);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      ending.kill("SIGKILL");
    }, STOP_DEADLINE_MS);
    await gone;
    clearTimeout(timer);
    child = null;
    if (late) throw new Error(`the dashboard "${name}" did not leave within ${STOP_DEADLINE_MS} ms of ${signal}`);
  }

  return {
    baseUrl,
    accounts,
    logFile,
    clusterPath: `/clusters/${SCOPE}`,
    async start() {
      appendFileSync(logFile, `--- start ${new Date().toISOString()}\n`);
      const started = startProcess(configPath, port, logFile);
      child = started.child;
      return await started.listening;
    },
    ready: () => waitUntilReady(baseUrl, logFile),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    pid: () => child?.pid ?? null,
    record: () => startStreamRecorder({ baseUrl, token: accounts.token, scope: SCOPE }),
  };
}

/** Runs the built app with a configuration; its output goes to `logFile`. */
function startProcess(configPath: string, port: number, logFile: string) {
  const child = spawn(process.execPath, [START_FILE], {
    env: { ...process.env, NODE_ENV: "production", MATRIARCH_CONFIG: configPath, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(logFile, { flags: "a" });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const listening = new Promise<number>((done, failed) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.includes("listens on port")) done(Date.now());
    });
    child.once("error", failed);
    child.once("exit", (code, signal) => failed(new Error(`the dashboard ended (${signal ?? code}); see ${logFile}`)));
    setTimeout(() => failed(new Error(`the dashboard does not listen; see ${logFile}`)), READY_DEADLINE_MS).unref();
  });
  // Whoever kills it before it listens has no use for this failure.
  listening.catch(() => undefined);
  return { child, listening };
}

async function waitUntilReady(baseUrl: string, logFile: string): Promise<void> {
  const ask = async () => {
    const answer = await fetch(`${baseUrl}/api/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    await answer?.body?.cancel();
    return answer?.ok ? true : undefined;
  };
  await until(ask, { deadlineMs: READY_DEADLINE_MS, what: `the dashboard to be ready; see ${logFile}` });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => done(port));
    });
  });
}
