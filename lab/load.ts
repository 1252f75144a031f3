import { readdirSync } from "node:fs";
import path from "node:path";
import { isLabError, LabError, messageOf } from "./errors";
import { inTree } from "./launch";
import { ensureFence } from "./network";
import { run, sleep } from "./run";
import { NETWORK, PORTS } from "./settings";
import { type ClusterState, readCluster, readClusterOrNull } from "./state";
import { treePath } from "./tree";

export interface LoadOptions {
  seconds?: number;
  clients?: number;
  /** Transactions a second over all clients; without it as many as go. */
  rate?: number;
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}

/** A slice of load is at most this long: pgbench drops a client that lost its connection, a new slice brings it back. */
const SLICE_SECONDS = 20;

/** Steady pgbench through the VIP's write port. A failover ends a slice early; the next one connects anew. */
export async function runLoad(options: LoadOptions = {}): Promise<void> {
  const state = readCluster();
  await ensureFence();
  await prepare(state, options);
  const end = Date.now() + (options.seconds ?? 60) * 1000;
  while (Date.now() < end && options.signal?.aborted !== true) {
    if (readClusterOrNull() === null) throw new LabError("not-up", "the lab went down under the load");
    const left = Math.max(1, Math.min(SLICE_SECONDS, Math.round((end - Date.now()) / 1000)));
    await slice(state, options, left);
  }
}

/** A lost client ends the slice: pgbench never brings one back, and would go on with fewer. */
async function slice(state: ClusterState, options: LoadOptions, seconds: number): Promise<void> {
  const rate = options.rate === undefined ? [] : ["--rate", String(options.rate)];
  const args = ["-n", "-c", String(options.clients ?? 4), "-j", "1", "-T", String(seconds), "-P", "2", ...rate];
  const lost = new AbortController();
  const onLine = (line: string) => {
    options.onLine?.(line);
    if (line.includes("aborted")) lost.abort();
  };
  const signal = options.signal === undefined ? lost.signal : AbortSignal.any([lost.signal, options.signal]);
  const code = await pgbench(state, args, seconds + 15, { onLine, signal }).then(
    (result) => result.code,
    (error: unknown) => {
      if (isLabError(error, "timeout")) return 1;
      throw error;
    },
  );
  if (options.signal?.aborted === true || (code === 0 && !lost.signal.aborted)) return;
  options.onLine?.(`${new Date().toISOString()} connections lost, starting again`);
  await sleep(500);
}

/** Makes pgbench's tables once; they are there already when an earlier load made them. */
async function prepare(state: ClusterState, options: LoadOptions): Promise<void> {
  const probe = await pgbench(state, ["-n", "-c", "1", "-t", "1", "-S"], 20, {});
  if (probe.code === 0) return;
  options.onLine?.("making pgbench's tables");
  const made = await pgbench(state, ["-i", "-q", "-s", "5"], 120, {});
  if (made.code !== 0) throw new LabError("command-failed", `pgbench -i failed\n${made.stderr}`);
}

function pgbench(state: ClusterState, args: string[], deadlineSeconds: number, options: LoadOptions) {
  const base = "usr/lib/postgresql";
  const major = readdirSync(path.join(treePath(state.release), base))[0] ?? "";
  // A VIP that moves leaves its old holder unable to say goodbye. Without keepalives a client that waits
  // for an answer would wait for hours; with them the new holder resets it.
  const keepalives = "keepalives_idle=1 keepalives_interval=1 keepalives_count=3";
  const target = [`host=${NETWORK.vip} port=${PORTS.write} user=bench dbname=bench ${keepalives}`];
  return run(inTree(state.release, [`/${base}/${major}/bin/pgbench`, ...args, ...target]), {
    allowFailure: true,
    deadlineMs: deadlineSeconds * 1000,
    env: { PGPASSWORD: state.credentials.bench, PGCONNECT_TIMEOUT: "3" },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onLine: (line) => {
      if (/^progress|error|tps =/.test(line)) options.onLine?.(line);
    },
  }).catch((error: unknown) => {
    if (options.signal?.aborted === true) return { code: 0, stdout: "", stderr: messageOf(error) };
    throw error;
  });
}
