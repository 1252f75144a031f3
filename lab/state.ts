import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LabError } from "./errors";
import { startTicks } from "./processes";
import type { Credentials } from "./secrets";
import { type HostName, type PatroniTiming, type Release, stateDir } from "./settings";

/** What one running lab is; written once its hosts exist, completed when all came up. */
export interface ClusterState {
  release: Release;
  hosts: HostName[];
  timing: PatroniTiming;
  createdAt: string;
  /** False while `up` is still working or was killed in the middle. */
  ready: boolean;
  credentials: Credentials;
  /** First process of each host, seen from the root namespace, with its start time against pid reuse. */
  inits: Partial<Record<HostName, { pid: number; startTicks: number }>>;
}

function stateFile(): string {
  return path.join(stateDir(), "cluster.json");
}

export function writeCluster(state: ClusterState): void {
  mkdirSync(stateDir(), { recursive: true, mode: 0o700 });
  const temporary = `${stateFile()}.new`;
  writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, stateFile());
}

/** The lab's state, or null when there is none. */
export function readClusterOrNull(): ClusterState | null {
  try {
    return JSON.parse(readFileSync(stateFile(), "utf8")) as ClusterState;
  } catch {
    return null;
  }
}

export function readCluster(): ClusterState {
  const state = readClusterOrNull();
  if (state === null) throw new LabError("not-up", "the lab is not up: npm run lab -- up");
  return state;
}

/** Passwords of the running lab. */
export function credentials(): Credentials {
  return readCluster().credentials;
}

/** Pid of a host's first process in the root namespace, or an error when the host is gone. */
export function hostPid(host: HostName): number {
  const init = readCluster().inits[host];
  if (init === undefined) throw new LabError("usage", `no such host: ${host}`);
  if (startTicks(init.pid) !== init.startTicks)
    throw new LabError("not-up", `host ${host} is gone; npm run lab -- up --fresh`);
  return init.pid;
}

function lockFile(): string {
  return `${stateDir()}.lock`;
}

/**
 * One `up` or `down` at a time. The lock names its holder's pid and start time, so the lock of a
 * killed command is recognised as dead and taken over.
 */
export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const own = `${process.pid} ${startTicks(process.pid)}`;
  mkdirSync(path.dirname(lockFile()), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(lockFile(), own, { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3) throw error;
      const [pid = 0, ticks = 0] = readFileSync(lockFile(), "utf8").split(" ").map(Number);
      if (startTicks(pid) === ticks && ticks !== 0)
        throw new LabError("busy", `another lab command is at work (pid ${pid})`);
      rmSync(lockFile(), { force: true });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile(), { force: true });
  }
}
