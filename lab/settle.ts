import { LabError, messageOf } from "./errors";
import { heal, service } from "./faults";
import { execAsPostgres, insidePath, logFile, logTail } from "./host";
import { ensureFence, isLinkUp } from "./network";
import { askHaproxy } from "./probes/haproxy";
import { callPatroni, clearIntentions } from "./rest";
import { HAPROXY_SOCKET } from "./services/haproxy";
import type { HostName } from "./settings";
import { READ_POOL, WRITE_POOL } from "./settings";
import { readCluster } from "./state";
import { followTruth } from "./truth";
import type { Truth, TruthHost } from "./truth-types";
import { unsettled } from "./verdict";

export interface SettleOptions {
  deadlineMs?: number;
  onProblem?: (problem: string) => void;
}

/**
 * Repairs everything and waits until nothing is left to repair: links, frozen and dead services, a pause,
 * a scheduled switchover, servers taken out of HAProxy, paused PgBouncers, and at half time a replica that
 * will not stream is copied anew.
 */
export async function settle(options: SettleOptions = {}): Promise<Truth> {
  const deadlineMs = options.deadlineMs ?? 120_000;
  const end = Date.now() + deadlineMs;
  await ensureFence();
  await repairHosts();
  await Promise.all(readCluster().hosts.map(undoAdministration));
  for (;;) {
    const truth = await observe(Math.max(1000, end - Date.now()), options.onProblem, repairer(end - deadlineMs / 2));
    const [leader] = truth.writable;
    // A pause disturbs nothing that truth can see, so a healthy lab is asked once more.
    if (leader === undefined || !(await clearIntentions(leader))) return truth;
    options.onProblem?.("took back a pause or a scheduled switchover");
  }
}

/** Repairs again every few seconds while a sample still shows trouble; copies replicas anew once, after `copyAfter`. */
function repairer(copyAfter: number): (truth: Truth) => void {
  let copied = false;
  let busy = false;
  let last = Date.now();
  return (truth) => {
    if (busy || Date.now() - last < 3000) return;
    const copy = !copied && Date.now() > copyAfter;
    busy = true;
    copied ||= copy;
    void repairAgain(truth, copy).finally(() => {
      busy = false;
      last = Date.now();
    });
  };
}

async function repairHosts(): Promise<void> {
  await Promise.all(
    readCluster().hosts.map(async (host) => {
      if (!isLinkUp(host)) await heal(host);
      await service("thaw", host, "all");
      await service("start", host, "all");
    }),
  );
}

/** What may turn up only later: a service that died on starting, a pause that had no Patroni to be told about. */
async function repairAgain(truth: Truth, wantsCopy: boolean): Promise<void> {
  const dead = Object.values(truth.hosts).some((host) =>
    Object.entries(host.services).some(([name, state]) => name !== "postgres" && state !== "running"),
  );
  if (dead) await repairHosts().catch(() => undefined);
  const leader = truth.writable[0];
  if (leader === undefined) return;
  await clearIntentions(leader).catch(() => false);
  for (const [host, seen] of Object.entries(truth.hosts) as [HostName, TruthHost][]) {
    await readyServers(host, seen).catch(() => undefined);
    if (wantsCopy && host !== leader && seen.receiverStreaming !== true) {
      await callPatroni(host, "POST", "/reinitialize", { force: true }, 10_000).catch(() => undefined);
    }
  }
}

/** Servers set to MAINT or DRAIN by hand are given back; a check alone would never do that. */
async function readyServers(host: HostName, seen: TruthHost): Promise<void> {
  for (const [pool, servers] of [
    [WRITE_POOL, seen.haproxy?.write ?? {}],
    [READ_POOL, seen.haproxy?.read ?? {}],
  ] as const) {
    for (const [server, status] of Object.entries(servers)) {
      if (!/MAINT|DRAIN/.test(status)) continue;
      await askHaproxy(insidePath(host, HAPROXY_SOCKET), `set server ${pool}/${server} state ready`, 2000);
    }
  }
}

/** `RESUME` on a PgBouncer that is not paused is an error, and the wanted state all the same. */
async function undoAdministration(host: HostName): Promise<void> {
  const console = ["psql", "-X", "-w", "-p", "6432", "-U", "pgbouncer", "-d", "pgbouncer", "-c", "RESUME"];
  await execAsPostgres(host, console, { allowFailure: true, deadlineMs: 5000 }).catch(() => undefined);
}

/** Samples until nothing is wrong twice in a row; the error names what was, with the logs of the host it names. */
function observe(
  deadlineMs: number,
  onProblem: SettleOptions["onProblem"],
  onTroubled: (truth: Truth) => void,
): Promise<Truth> {
  return new Promise((resolve, reject) => {
    let problem = "no sample";
    let calm = 0;
    const stop = followTruth(250, (truth) => {
      const now = unsettled(truth);
      if (now === null) {
        calm += 1;
        if (calm < 2) return;
        clearTimeout(timer);
        stop();
        return resolve(truth);
      }
      calm = 0;
      if (now !== problem) onProblem?.(now);
      problem = now;
      onTroubled(truth);
    });
    const timer = setTimeout(() => {
      stop();
      reject(new LabError("timeout", `not settled within ${deadlineMs / 1000} s: ${problem}\n${logsFor(problem)}`));
    }, deadlineMs);
  });
}

function logsFor(problem: string): string {
  const hosts = readCluster().hosts;
  const host = hosts.find((name) => problem.includes(name)) ?? hosts[0];
  if (host === undefined) return "";
  const named = (["etcd", "pgbouncer", "haproxy", "keepalived"] as const).find((name) =>
    problem.toLowerCase().includes(name),
  );
  const vip = problem.startsWith("VIP") ? "keepalived" : undefined;
  try {
    return logTail(logFile(host, named ?? vip ?? "patroni"));
  } catch (error) {
    return messageOf(error);
  }
}
