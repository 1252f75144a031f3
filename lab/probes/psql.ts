import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { asUser, enter } from "../host";
import { cleanEnv } from "../run";

export interface PostgresFacts {
  inRecovery: boolean;
  timeline: number | null;
  receiverStreaming: boolean;
  lsn: string | null;
}

/**
 * On a primary the timeline is read off the current WAL file's name: `pg_control_checkpoint()` still says
 * the old one until the first checkpoint after a promotion. A replica without a receiver knows only the
 * timeline it last wrote down, which may lag behind what it has replayed.
 */
const QUERY = `SELECT json_build_object(
 'inRecovery', pg_is_in_recovery(),
 'timeline', CASE WHEN pg_is_in_recovery() THEN greatest((SELECT received_tli FROM pg_stat_wal_receiver),
   (SELECT min_recovery_end_timeline FROM pg_control_recovery()), (SELECT timeline_id FROM pg_control_checkpoint()))
   ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END,
 'receiverStreaming', coalesce((SELECT status = 'streaming' FROM pg_stat_wal_receiver), false),
 'lsn', CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END)`;

const RESPAWN_MS = 300;

/**
 * One long-lived psql inside a host, on the unix socket, as the `postgres` user. A sample is one line to
 * its input, not a new process. It is asked again only after it has answered: a frozen server holds up
 * its own probe and nobody else's.
 */
export class PsqlProbe {
  private child: ChildProcessWithoutNullStreams | null = null;
  private waiting: ((facts: PostgresFacts | null) => void) | null = null;
  private startedAt = 0;
  private rest = "";
  /** The answer's line, kept until the END line that may come in a later chunk. */
  private facts: PostgresFacts | null = null;
  private readonly pid: number;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** Facts, or null when PostgreSQL cannot be reached. May stay open as long as PostgreSQL is frozen. */
  ask(): Promise<PostgresFacts | null> {
    const child = this.child ?? this.start();
    if (child === null) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.waiting = resolve;
      child.stdin.write(`${QUERY.replaceAll("\n", " ")};\n\\echo END\n`);
    });
  }

  close(): void {
    const child = this.child;
    this.child = null;
    // Its whole group: nsenter forks to enter the pid namespace, and only its child is psql.
    if (child?.pid !== undefined) killQuietly(-child.pid);
    this.answer(null);
  }

  private start(): ChildProcessWithoutNullStreams | null {
    if (Date.now() - this.startedAt < RESPAWN_MS) return null;
    this.startedAt = Date.now();
    const psql = asUser("postgres", ["psql", "-X", "-q", "-A", "-t", "-w", "-d", "postgres"]);
    const [command = "nsenter", ...args] = enter(this.pid, psql);
    const env = cleanEnv("tool", { PGAPPNAME: "lab-truth", PGOPTIONS: "-c log_min_duration_statement=-1" });
    const child = spawn(command, args, { env, detached: true });
    this.child = child;
    this.rest = "";
    this.facts = null;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => this.read(chunk));
    child.stderr.resume();
    child.stdin.on("error", () => undefined);
    const gone = () => {
      if (this.child !== child) return;
      this.child = null;
      this.answer(null);
    };
    child.once("error", gone);
    child.once("exit", gone);
    return child;
  }

  private read(chunk: string): void {
    const lines = (this.rest + chunk).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "END") this.answer(this.facts);
      else this.facts = parseFacts(line);
    }
  }

  private answer(facts: PostgresFacts | null): void {
    const waiting = this.waiting;
    this.waiting = null;
    this.facts = null;
    waiting?.(facts);
  }
}

export function parseFacts(line: string): PostgresFacts | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as PostgresFacts;
  } catch {
    return null;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}
