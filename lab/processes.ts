import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { SERVICES, type ServiceName } from "./settings";

/** One line of the process table, numbers as the root namespace sees them. */
export interface ProcessRow {
  pid: number;
  parent: number;
  comm: string;
  /** `R`, `S`, `D`, `T` (stopped), `Z` (zombie) … */
  state: string;
  startTicks: number;
}

/** Fields of `/proc/PID/stat`; the command may hold spaces and brackets, so the last bracket ends it. */
export function parseStat(text: string): ProcessRow | null {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open < 0 || close < open) return null;
  const rest = text.slice(close + 2).split(" ");
  return {
    pid: Number(text.slice(0, open)),
    parent: Number(rest[1]),
    comm: text.slice(open + 1, close),
    state: rest[0] ?? "?",
    startTicks: Number(rest[19]),
  };
}

function readStat(pid: number): ProcessRow | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return null;
  }
}

/** Start time of a process in clock ticks since boot, or null when it is gone. Pid and this together are unique. */
export function startTicks(pid: number): number | null {
  const row = readStat(pid);
  return row === null || row.state === "Z" ? null : row.startTicks;
}

export function listPids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Inode of a process's pid namespace; `""` when the process is gone. */
export function pidNamespace(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return "";
  }
}

const namespaceCache = new Map<string, string>();

/**
 * The whole process table, grouped by pid namespace. Truth asks for it several times a second, so it
 * costs one small read a process: kernel threads are skipped, namespaces (which never change) cached.
 */
export function processesByNamespace(): Map<string, ProcessRow[]> {
  const groups = new Map<string, ProcessRow[]>();
  const seen = new Set<string>();
  for (const pid of listPids()) {
    const row = readStat(pid);
    if (row === null || row.pid === 2 || row.parent === 2) continue;
    const key = `${row.pid}:${row.startTicks}`;
    const namespace = namespaceCache.get(key) ?? pidNamespace(pid);
    if (namespace === "") continue;
    seen.add(key);
    namespaceCache.set(key, namespace);
    const group = groups.get(namespace);
    if (group === undefined) groups.set(namespace, [row]);
    else group.push(row);
  }
  for (const key of namespaceCache.keys()) if (!seen.has(key)) namespaceCache.delete(key);
  return groups;
}

/** Processes of each service in one host: those named after it and everything below them. */
export function classify(rows: readonly ProcessRow[]): Record<ServiceName, ProcessRow[]> {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const result: Record<ServiceName, ProcessRow[]> = {
    etcd: [],
    patroni: [],
    postgres: [],
    pgbouncer: [],
    haproxy: [],
    keepalived: [],
  };
  for (const row of rows) {
    if (row.state === "Z") continue;
    const service = ownerOf(row, byPid);
    if (service !== null) result[service].push(row);
  }
  return result;
}

/** Nearest ancestor (or self) that bears a service's name. The postmaster under Patroni is thus `postgres`. */
function ownerOf(row: ProcessRow, byPid: Map<number, ProcessRow>): ServiceName | null {
  for (
    let at: ProcessRow | undefined = row, depth = 0;
    at !== undefined && depth < 64;
    at = byPid.get(at.parent), depth++
  ) {
    const service = serviceOf(at.comm);
    if (service !== null) return service;
  }
  return null;
}

/** Keepalived names its children `keepalived_vrrp`; all other services keep their own name. */
function serviceOf(comm: string): ServiceName | null {
  if (comm.startsWith("keepalived")) return "keepalived";
  return SERVICES.find((service) => service === comm) ?? null;
}

export type ServiceState = "running" | "stopped" | "frozen";

/** A service is frozen when its first process is stopped by a signal. */
export function serviceState(rows: readonly ProcessRow[]): ServiceState {
  if (rows.length === 0) return "stopped";
  const own = new Set(rows.map((row) => row.pid));
  const roots = rows.filter((row) => !own.has(row.parent));
  return roots.some((row) => row.state === "T") ? "frozen" : "running";
}

/** Value of one variable in a process's environment, or null. */
export function environmentOf(pid: number, name: string): string | null {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
    const found = entries.find((entry) => entry.startsWith(`${name}=`));
    return found === undefined ? null : found.slice(name.length + 1);
  } catch {
    return null;
  }
}
