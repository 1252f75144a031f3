import { isLabError, messageOf } from "./errors";
import { bootHost, execAsPostgres, insidePath, logFile, logTail } from "./host";
import { planOf, startRelays, startService, writeConfig } from "./launch";
import { connectHost, createBridge, ensureFence } from "./network";
import { askMember } from "./probes/etcd";
import { RELAYS } from "./probes/relay";
import { checkRequirements } from "./requirements";
import { until } from "./run";
import { generateCredentials } from "./secrets";
import { servicesOf } from "./services/index";
import { FULL_BACKUP } from "./services/pgbackrest";
import {
  etcdHosts,
  type HostName,
  hostNames,
  PATRONI_TIMING_DEFAULT,
  type PatroniTiming,
  type Release,
} from "./settings";
import { settle } from "./settle";
import { type ClusterState, hostPid, readCluster, readClusterOrNull, withLock, writeCluster } from "./state";
import { clean, cleanAndOpen } from "./teardown";
import { ensureTree } from "./tree";
import { waitForTruth } from "./truth";

export interface UpOptions {
  release?: Release;
  hosts?: number;
  timing?: Partial<PatroniTiming>;
  /** Take a first full backup; default true. */
  backup?: boolean;
  /** Replace a lab that is already up. */
  fresh?: boolean;
  /** Progress, one line at a time, without a line end. */
  report?: (line: string) => void;
}

export interface UpResult {
  alreadyUp: boolean;
  treeSeconds: number;
  streamingSeconds: number;
  backupSeconds: number | null;
}

/** A lab that is up and settled: the one that runs if it fits what is asked for, a new one otherwise. */
export async function ensureUp(options: UpOptions = {}): Promise<UpResult> {
  await checkRequirements();
  return withLock(async () => {
    const report = timedReport(options.report);
    await ensureFence();
    if (options.fresh !== true && (await isUsable(options, report))) {
      return { alreadyUp: true, treeSeconds: 0, streamingSeconds: 0, backupSeconds: null };
    }
    await clean();
    return build(options, report);
  });
}

/** Ends the lab and leaves nothing of it but the cached tree. */
export async function down(): Promise<void> {
  await checkRequirements();
  return withLock(cleanAndOpen);
}

function timedReport(report: UpOptions["report"]): (line: string) => void {
  const started = Date.now();
  return (line) => report?.(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${line}`);
}

/** A running lab that only suffers from faults is repaired: that is far quicker than a new one. */
async function isUsable(options: UpOptions, report: (line: string) => void): Promise<boolean> {
  const state = readClusterOrNull();
  if (state === null) return false;
  if (!state.ready) {
    report("an earlier up did not come to its end; starting anew");
    return false;
  }
  if (!fits(state, options)) {
    report(`the lab that is up is another one (${state.release}, ${state.hosts.length} hosts); starting anew`);
    return false;
  }
  try {
    for (const host of state.hosts) hostPid(host);
    await settle({ deadlineMs: 60_000, onProblem: (problem) => report(`repairing: ${problem}`) });
    report("the lab is already up and healthy");
    return true;
  } catch (error) {
    report(`the lab that is up cannot be repaired (${messageOf(error).split("\n")[0]}); starting anew`);
    return false;
  }
}

function fits(state: ClusterState, options: UpOptions): boolean {
  const timing = { ...state.timing, ...options.timing };
  return (
    (options.release === undefined || options.release === state.release) &&
    (options.hosts === undefined || options.hosts === state.hosts.length) &&
    JSON.stringify(timing) === JSON.stringify(state.timing)
  );
}

async function build(options: UpOptions, report: (line: string) => void): Promise<UpResult> {
  const release = options.release ?? "trixie";
  const tree = await ensureTree(release, report);
  report(
    tree.built
      ? `tree of Debian ${release} built in ${tree.seconds.toFixed(0)} s`
      : `tree of Debian ${release} is cached`,
  );
  const started = Date.now();
  const state = await createHosts(release, options, tree.path);
  report(`${state.hosts.length} hosts booted`);
  await startEverything(state, report);
  const truth = await settle({ deadlineMs: 90_000, onProblem: (problem) => report(`waiting: ${problem}`) });
  const streamingSeconds = (Date.now() - started) / 1000;
  report(`all streaming, VIP on ${truth.vipHolders[0]}, pools right: ${streamingSeconds.toFixed(1)} s after the tree`);
  const leader = truth.writable[0];
  const backupSeconds = options.backup === false || leader === undefined ? null : await firstBackup(leader, report);
  writeCluster({ ...readCluster(), ready: true });
  return { alreadyUp: false, treeSeconds: tree.seconds, streamingSeconds, backupSeconds };
}

async function createHosts(release: Release, options: UpOptions, tree: string): Promise<ClusterState> {
  const state: ClusterState = {
    release,
    hosts: hostNames(options.hosts ?? 3),
    timing: { ...PATRONI_TIMING_DEFAULT, ...options.timing },
    createdAt: new Date().toISOString(),
    ready: false,
    credentials: generateCredentials(),
    inits: {},
  };
  writeCluster(state);
  await createBridge();
  const booted = await Promise.all(state.hosts.map(async (host) => [host, await bootHost(host, tree)] as const));
  state.inits = Object.fromEntries(booted);
  writeCluster(state);
  await Promise.all(booted.map(([host, { pid }]) => connectHost(host, pid)));
  return state;
}

/**
 * node1 first: it bootstraps the cluster, and the others start once it leads. Started earlier they would
 * find the cluster half made and look again only a whole loop later.
 */
async function startEverything(state: ClusterState, report: (line: string) => void): Promise<void> {
  const plan = planOf(state);
  const [first] = state.hosts;
  if (first === undefined) return;
  await Promise.all(
    state.hosts.map(async (host) => {
      await writeConfig(host, plan);
      await startRelays(host);
      if (etcdHosts(state.hosts).includes(host)) await startService("etcd", host, plan);
    }),
  );
  await Promise.all(etcdHosts(state.hosts).map(etcdReady));
  report("etcd has a quorum");
  await startService("patroni", first, plan);
  const others = state.hosts.map(async (host) => {
    for (const name of servicesOf(host, plan)) {
      if (name !== "etcd" && name !== "patroni" && name !== "postgres") await startService(name, host, plan);
    }
  });
  await Promise.all(others);
  await bootstrapped(first);
  report(`${first} leads`);
  await Promise.all(state.hosts.slice(1).map((host) => startService("patroni", host, plan)));
}

async function etcdReady(host: HostName): Promise<void> {
  try {
    await until(`etcd on ${host}`, 20_000, async () => {
      const member = await askMember(insidePath(host, RELAYS.etcd), 1000);
      return member !== null && member.raftTerm > 1 ? true : undefined;
    });
  } catch (error) {
    throw withLog(error, logFile(host, "etcd"));
  }
}

async function bootstrapped(host: HostName): Promise<void> {
  try {
    const what = `${host} to bootstrap the cluster`;
    await waitForTruth((truth) => truth.leaderKey === host && truth.writable.includes(host), {
      deadlineMs: 60_000,
      what,
    });
  } catch (error) {
    throw withLog(error, logFile(host, "patroni"));
  }
}

function withLog(error: unknown, file: string): unknown {
  if (isLabError(error)) error.message += `\n${logTail(file, 25)}`;
  return error;
}

async function firstBackup(leader: HostName, report: (line: string) => void): Promise<number> {
  const started = Date.now();
  report(`full backup from ${leader}`);
  await execAsPostgres(leader, FULL_BACKUP, { deadlineMs: 180_000 });
  const seconds = (Date.now() - started) / 1000;
  report(`full backup done in ${seconds.toFixed(1)} s`);
  return seconds;
}
