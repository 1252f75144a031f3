import { LabError } from "./errors";
import { logFile, logTail } from "./host";
import { planOf, startService } from "./launch";
import { dropVip, linkDown, linkUp } from "./network";
import { classify, type ProcessRow, pidNamespace, processesByNamespace, serviceState } from "./processes";
import { until } from "./run";
import { servicesOf } from "./services/index";
import { type HostName, SERVICES, type ServiceName } from "./settings";
import { hostPid } from "./state";

export const ACTIONS = ["start", "stop", "kill", "freeze", "thaw"] as const;
export type ServiceAction = (typeof ACTIONS)[number];

const STOP_DEADLINE_MS = 60_000;

/** Live processes of each service on a host, numbered as the root namespace sees them. */
export function hostProcesses(host: HostName): Record<ServiceName, ProcessRow[]> {
  return classify(processesByNamespace().get(pidNamespace(hostPid(host))) ?? []);
}

/** Does one thing to one service, or to all of a host, and returns when it has taken effect. */
export async function service(action: ServiceAction, host: HostName, name: ServiceName | "all"): Promise<void> {
  const own = servicesOf(host, planOf());
  const targets = name === "all" ? own : own.filter((each) => each === name);
  if (targets.length === 0) throw new LabError("usage", `${host} has no ${name}`);
  switch (action) {
    case "start":
      return startAll(host, targets, name === "all");
    case "stop":
      return stopAll(host, targets);
    case "kill":
      return killAll(host, targets, name === "all");
    case "freeze":
      return signalUntil(host, targets, "SIGSTOP", (row) => row.state !== "T");
    case "thaw":
      return signalUntil(host, targets, "SIGCONT", (row) => row.state === "T");
  }
}

async function startAll(host: HostName, targets: readonly ServiceName[], whole: boolean): Promise<void> {
  const plan = planOf();
  for (const target of targets) {
    const state = serviceState(hostProcesses(host)[target]);
    if (state === "frozen") throw new LabError("usage", `${target} on ${host} is frozen: thaw it`);
    if (state === "running") continue;
    if (target === "postgres") {
      if (whole) continue;
      // Patroni starts its postmaster by itself; without Patroni nobody should.
      if (serviceState(hostProcesses(host).patroni) !== "running") {
        throw new LabError("usage", `postgres on ${host} is Patroni's to start: start patroni`);
      }
      await until(`postgres on ${host} to be started by Patroni`, 30_000, () => present(host, "postgres"));
      continue;
    }
    await startService(target, host, plan);
    await until(`${target} on ${host} to start\n${logTail(logFile(host, target))}`, 5000, () => present(host, target));
  }
}

function present(host: HostName, name: ServiceName): true | undefined {
  return hostProcesses(host)[name].length > 0 ? true : undefined;
}

/** In reverse starting order: the VIP and the proxies leave before what they point at. */
async function stopAll(host: HostName, targets: readonly ServiceName[]): Promise<void> {
  const order: ServiceName[] = ["keepalived", "haproxy", "pgbouncer", "patroni", "postgres", "etcd"];
  for (const target of order.filter((each) => targets.includes(each))) {
    const rows = hostProcesses(host)[target];
    const own = new Set(rows.map((row) => row.pid));
    // SIGINT is PostgreSQL's fast shutdown, and what Debian's unit sends PgBouncer; SIGTERM would wait for every client to leave.
    const signal = target === "postgres" || target === "pgbouncer" ? "SIGINT" : "SIGTERM";
    const roots = rows.filter((row) => !own.has(row.parent));
    for (const row of roots) {
      send(row.pid, signal);
      send(row.pid, "SIGCONT");
    }
    // Its own processes only: Patroni may have started another postmaster by the time this one is gone.
    await until(`${target} on ${host} to stop`, STOP_DEADLINE_MS, () => {
      const left = hostProcesses(host)[target].some((row) => roots.some((root) => sameProcess(root, row)));
      return left ? undefined : true;
    });
  }
}

function sameProcess(a: ProcessRow, b: ProcessRow): boolean {
  return a.pid === b.pid && a.startTicks === b.startTicks;
}

/**
 * SIGKILL to every process of the targets, again until none is left. Patroni goes before its postmaster,
 * or it would start another. A whole host killed is a host without power, so its VIP goes too;
 * Keepalived killed alone leaves the address behind, as it does in life.
 */
async function killAll(host: HostName, targets: readonly ServiceName[], whole: boolean): Promise<void> {
  const pid = hostPid(host);
  const last =
    targets.length === 1 && targets[0] === "postgres"
      ? new Set(hostProcesses(host).postgres.map((row) => row.pid))
      : null;
  await until(
    `${targets.join(", ")} on ${host} to be gone`,
    10_000,
    () => {
      const now = hostProcesses(host);
      const rows = SERVICES.filter((each) => targets.includes(each)).flatMap((each) => now[each]);
      const left = last === null ? rows : rows.filter((row) => last.has(row.pid));
      // Stopped first, so that all die at one moment: Keepalived's child tidies the VIP away once it sees its parent die.
      for (const row of left) send(row.pid, "SIGSTOP");
      for (const row of left) send(row.pid, "SIGKILL");
      return left.length === 0 ? true : undefined;
    },
    10,
  );
  if (whole) await dropVip(pid);
}

/** Signals each process that still needs it, parents first, until none does: a tree may fork in between. */
async function signalUntil(
  host: HostName,
  targets: readonly ServiceName[],
  signal: "SIGSTOP" | "SIGCONT",
  needs: (row: ProcessRow) => boolean,
): Promise<void> {
  await until(
    `${signal} to take effect on ${targets.join(", ")} of ${host}`,
    5000,
    () => {
      const now = hostProcesses(host);
      const left = targets.flatMap((target) => now[target]).filter(needs);
      for (const row of left) send(row.pid, signal);
      return left.length === 0 ? true : undefined;
    },
    10,
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

/** Pulls a host's cable. Its processes go on; only nobody reaches them. */
export async function cut(host: HostName): Promise<void> {
  hostPid(host);
  await linkDown(host);
}

/** Plugs a host's cable back in. */
export async function heal(host: HostName): Promise<void> {
  await linkUp(host, hostPid(host));
}
