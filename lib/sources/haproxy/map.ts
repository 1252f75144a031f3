import type { HaproxyFacts, Pool, PoolCounters, PoolServer, PoolServerStatus } from "@/lib/domain/facts";
import type { CsvRow } from "./csv";

/** Statistics rows grouped by proxy. A `listen` section has a FRONTEND and a BACKEND row; servers are rows of neither. */
export function toHaproxyFacts(rows: readonly CsvRow[]): HaproxyFacts {
  const proxies = new Map<string, CsvRow[]>();
  for (const row of rows) {
    const name = row.pxname ?? "";
    proxies.set(name, [...(proxies.get(name) ?? []), row]);
  }
  return {
    pools: [...proxies].map(([name, own]) => toPool(name, own)),
    counters: rows.filter(hasCounters).map(toCounters),
  };
}

/** The whole of a pool is its backend; a bare frontend has no checks and no servers behind it. */
const hasCounters = (row: CsvRow): boolean => row.svname === "BACKEND" || isServer(row);

function toCounters(row: CsvRow): PoolCounters {
  return {
    pool: row.pxname ?? "",
    server: row.svname === "BACKEND" ? null : (row.svname ?? ""),
    sessionsMax: count(row.smax),
    sessionsLimit: count(row.slim),
    sessionsTotal: count(row.stot),
    sessionsPerSecond: count(row.rate),
    bytesIn: count(row.bin),
    bytesOut: count(row.bout),
    queueMax: count(row.qmax),
    queueMs: count(row.qtime),
    connectMs: count(row.ctime),
    connectionErrors: count(row.econ),
    checkMs: count(row.check_duration),
    failedChecks: count(row.chkfail),
    wentDown: count(row.chkdown),
    downtimeSeconds: count(row.downtime),
  };
}

function toPool(name: string, rows: readonly CsvRow[]): Pool {
  const frontend = rows.find(({ svname }) => svname === "FRONTEND");
  const backend = rows.find(({ svname }) => svname === "BACKEND");
  const counters = backend ?? frontend;
  return {
    name,
    status: poolStatus(frontend?.status, backend?.status),
    servers: rows.filter(isServer).map(toServer),
    sessions: count(counters?.scur),
    queue: count(counters?.qcur),
  };
}

/** Type 3 rows are listening sockets (`option socket-stats`), not servers. */
const isServer = ({ svname, type }: CsvRow): boolean => svname !== "FRONTEND" && svname !== "BACKEND" && type !== "3";

/** A pool whose front is closed takes nobody in, whatever is behind it. FULL is open, and at its limit. */
function poolStatus(frontend: string | undefined, backend: string | undefined): Pool["status"] {
  if (frontend === "STOP" || frontend === "PAUSED") return "down";
  if (backend !== undefined) return backend === "UP" ? "up" : backend === "DOWN" ? "down" : "unknown";
  return frontend === "OPEN" || frontend === "FULL" ? "open" : "unknown";
}

function toServer(row: CsvRow): PoolServer {
  const rawStatus = row.status ?? "";
  return {
    name: row.svname ?? "",
    status: serverStatus(rawStatus),
    rawStatus,
    // A leading asterisk says that a check is running now; the status is that of the last one.
    checkStatus: row.check_status?.replace(/^\* /, "") || null,
    checkCode: count(row.check_code),
    lastCheck: row.last_chk || null,
    backup: row.bck === "1",
    weight: count(row.weight),
    lastChangeSeconds: count(row.lastchg),
    sessions: count(row.scur),
    queue: count(row.qcur),
    address: row.addr || null,
  };
}

const STATUS = /^(UP|DOWN|NOLB|DRAIN|MAINT|no check)\b(?: (\d+\/\d+))?/;

/**
 * `UP 1/3` is still up and failing checks, `DOWN 1/2` still down and passing them; what stands in brackets (`agent`, `via px/srv`,
 * `resolution`) is kept in the raw status only. A value that we do not know is unknown.
 */
export function serverStatus(raw: string): PoolServerStatus {
  const [, word, progress] = STATUS.exec(raw) ?? [];
  switch (word) {
    case "UP":
      return progress ? "going-down" : "up";
    case "DOWN":
      return progress ? "going-up" : "down";
    case "NOLB":
      return "nolb";
    case "DRAIN":
      return "drain";
    case "MAINT":
      return "maint";
    case "no check":
      return "no-check";
    default:
      return "unknown";
  }
}

/** An empty field is "not reported". */
const count = (text: string | undefined): number | null => (text && /^-?\d+$/.test(text) ? Number(text) : null);
