import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isLabError, LabError } from "./errors";
import { asUser, bootHost, enter, logTail } from "./host";
import { connectHost, createBridge, ensureFence, labLinks } from "./network";
import { startTicks } from "./processes";
import { checkRequirements } from "./requirements";
import { type RunResult, run, until } from "./run";
import { type HostName, hostAddress, hostDir, NETWORK, PORTS } from "./settings";
import { readClusterOrNull, withLock } from "./state";
import { ensureTree, treePath } from "./tree";

/**
 * A host with one PostgreSQL that belongs to no cluster: the dashboard's own database, for tests and benches. It is the tenth host of
 * the range, started on demand, in no list of hosts, and neither `truth` nor `settle` know of it; `down` ends it with the rest.
 *
 *     const url = await ensureStoreHost();
 *     await storeService("kill");
 */
const STORE_HOST: HostName = "node10";
const DATA = "/var/lib/postgresql/store";
const USER = "matriarch";

type StoreState = { pid: number; startTicks: number; bin: string; password: string; dataMb: number | null };

export interface StoreHostOptions {
  /** Puts the data on a file system of this size; default: as much as the machine has. */
  dataMb?: number;
}

const stateFile = () => hostDir(STORE_HOST, "store.json");

function readState(): StoreState | null {
  try {
    const state = JSON.parse(readFileSync(stateFile(), "utf8")) as StoreState;
    return startTicks(state.pid) === state.startTicks ? state : null;
  } catch {
    return null;
  }
}

function stateOrFail(): StoreState {
  const state = readState();
  if (state === null) throw new LabError("not-up", "the store host is not up: ensureStoreHost()");
  return state;
}

/** The store host, up and answering; one that runs is taken as it is, whatever the size of its file system. Gives {@link storeUrl}. */
export async function ensureStoreHost(options: StoreHostOptions = {}): Promise<string> {
  await checkRequirements();
  await untilFree(async () => {
    if (readState() === null) await build(options);
    await storeService("start");
  });
  return storeUrl();
}

/** Tests of two files may want it at once; the lab's lock refuses, so ask again. */
function untilFree(work: () => Promise<void>): Promise<true> {
  return until("the lab to be free", 120_000, async () => {
    try {
      await withLock(work);
      return true;
    } catch (error) {
      if (isLabError(error, "busy")) return undefined;
      throw error;
    }
  });
}

async function build({ dataMb }: StoreHostOptions): Promise<void> {
  const release = readClusterOrNull()?.release ?? "trixie";
  await ensureTree(release);
  await ensureFence();
  if (!labLinks().includes(NETWORK.bridge)) await createBridge();
  const init = await bootHost(STORE_HOST, treePath(release));
  await connectHost(STORE_HOST, init.pid);
  const state = { ...init, bin: binaries(release), password: randomBytes(12).toString("hex"), dataMb: dataMb ?? null };
  try {
    await initialise(state);
  } catch (error) {
    process.kill(init.pid, "SIGKILL");
    throw error;
  }
  writeFileSync(stateFile(), JSON.stringify(state), { mode: 0o600 });
}

function binaries(release: Parameters<typeof treePath>[0]): string {
  const root = path.join(treePath(release), "usr/lib/postgresql");
  const [newest] = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  if (newest === undefined) throw new LabError("missing", `no PostgreSQL in the ${release} tree`);
  return `/usr/lib/postgresql/${newest}/bin`;
}

async function initialise({ bin, password, dataMb, pid }: StoreState): Promise<void> {
  const inside = (argv: readonly string[], input?: string) =>
    run(enter(pid, argv), { deadlineMs: 60_000, ...(input === undefined ? {} : { input }) });
  await inside(["install", "-d", "-o", "postgres", "-g", "postgres", "-m", "700", DATA]);
  if (dataMb !== null) await inside(["mount", "-t", "tmpfs", "-o", `size=${dataMb}m,mode=700`, "tmpfs", DATA]);
  await inside(["chown", "postgres:postgres", DATA]);
  // Through `cat`: a socket, which is what our own input is, cannot be opened by name.
  const init = `cat | ${bin}/initdb -D ${DATA} -A scram-sha-256 -U ${USER} --pwfile=/dev/stdin -E UTF8 --locale=C.UTF-8`;
  await inside(asUser("postgres", ["sh", "-c", init]), `${password}\n`);
  const settings = `listen_addresses = '*'\nport = ${PORTS.postgres}\nmax_wal_size = 256MB\nmin_wal_size = 32MB\nmax_connections = 50\n`;
  await inside(asUser("postgres", ["tee", "-a", `${DATA}/postgresql.conf`]), settings);
  await inside(
    asUser("postgres", ["tee", "-a", `${DATA}/pg_hba.conf`]),
    `host all all ${NETWORK.subnet} scram-sha-256\n`,
  );
}

export type StoreAction = "start" | "stop" | "kill" | "freeze" | "thaw";

/** `kill` takes the whole server away at once; `freeze` lets its connections stand and answer nothing. */
export async function storeService(action: StoreAction): Promise<void> {
  const state = stateOrFail();
  if (action === "start" || action === "stop") {
    const ctl = `${state.bin}/pg_ctl`;
    const running = (await asPostgres(state, [ctl, "-D", DATA, "status"], true)).code === 0;
    if (running === (action === "start")) return;
    const log = "/var/log/lab/store.log";
    const verb = action === "start" ? ["start", "-w", "-t", "30", "-l", log] : ["stop", "-w", "-m", "fast"];
    const answer = await asPostgres(state, [ctl, "-D", DATA, ...verb], true);
    if (answer.code === 0) return;
    throw new LabError(
      "command-failed",
      `the store did not ${action}\n${logTail(hostDir(STORE_HOST, "log", "store.log"))}`,
    );
  }
  const signal = { kill: "KILL", freeze: "STOP", thaw: "CONT" }[action];
  // In the host's own process namespace there is no other program of postgres'.
  await run(enter(state.pid, ["pkill", `-${signal}`, "-u", "postgres"]), { allowFailure: true });
  if (action === "kill") await untilNoneLeft(state);
}

/** A killed server that its host's init has not buried yet still counts as running, for `pg_ctl` too: a start would do nothing. */
function untilNoneLeft({ pid }: StoreState): Promise<true> {
  return until("the killed store to be gone", 10_000, async () => {
    const { code } = await run(enter(pid, ["pgrep", "-u", "postgres"]), { allowFailure: true });
    return code === 1 ? true : undefined;
  });
}

/** A new, empty database on the store host; its URL. */
export async function newStoreDatabase(name: string): Promise<string> {
  const state = stateOrFail();
  const psql = (sql: string) =>
    run(enter(state.pid, [`${state.bin}/psql`, storeUrl(), "-v", "ON_ERROR_STOP=1", "-qc", sql]), {
      deadlineMs: 30_000,
    });
  await psql(`drop database if exists ${name} with (force)`);
  await psql(`create database ${name}`);
  return storeUrl(name);
}

/** What `store.url` takes. */
export function storeUrl(database = "postgres"): string {
  const { password } = stateOrFail();
  return `postgres://${USER}:${password}@${hostAddress(STORE_HOST)}:${PORTS.postgres}/${database}`;
}

/** Runs a command on the store host as root. */
export function storeExec(argv: readonly string[]): Promise<RunResult> {
  return run(enter(stateOrFail().pid, argv), { allowFailure: true });
}

/** Where the server keeps its data, on the store host. */
export const STORE_DATA = DATA;

function asPostgres(state: StoreState, argv: readonly string[], allowFailure: boolean): Promise<RunResult> {
  const env = { HOME: "/var/lib/postgresql" };
  return run(enter(state.pid, asUser("postgres", argv)), { deadlineMs: 60_000, allowFailure, env });
}
