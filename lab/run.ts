import { type ChildProcess, spawn } from "node:child_process";
import { LabError } from "./errors";
import { WORLD, worldName } from "./settings";

/**
 * Every process of the lab carries this in its environment. It is how leftovers of a killed `up`
 * are found: names and pid files would go stale, an environment cannot.
 */
export const MARK = "MATRIARCH_LAB_ROLE";

/** What a marked process is for; the value of `MARK`. */
export type Role = "host" | "tree" | "tool";

export interface RunOptions {
  deadlineMs?: number;
  input?: string;
  env?: Record<string, string>;
  role?: Role;
  /** A non-zero exit is an answer, not an error. */
  allowFailure?: boolean;
  onLine?: (line: string) => void;
  /** Ends the command early, as the deadline would. */
  signal?: AbortSignal;
}

export interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** A small, fixed environment: hosts must not see the caller's locale, proxies or secrets. */
export function cleanEnv(role: Role, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const env: Record<string, string> = {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    HOME: "/root",
    TERM: "dumb",
    [MARK]: role,
    [WORLD]: worldName(),
    ...extra,
  };
  // Next's types demand a NODE_ENV in every environment; hosts have no use for one.
  return env as NodeJS.ProcessEnv;
}

/** Runs a command to its end, or kills its whole process group at the deadline. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const deadlineMs = options.deadlineMs ?? 30_000;
  const child = spawnGroup(argv, options);
  return new Promise((resolve, reject) => {
    const output = { stdout: "", stderr: "" };
    collect(child, output, options.onLine);
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      killGroup(child);
    }, deadlineMs);
    options.signal?.addEventListener("abort", () => killGroup(child), { once: true });
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new LabError("missing", `cannot run ${argv[0]}: ${error.message}`, { cause: error }));
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (expired) return reject(new LabError("timeout", `${brief(argv)} did not end within ${deadlineMs} ms`));
      const result = { code: code ?? 128, ...output };
      if (result.code === 0 || options.allowFailure === true) return resolve(result);
      const detail = tail(`${output.stderr}\n${output.stdout}`, 12);
      reject(new LabError("command-failed", `${brief(argv)} failed (${signal ?? `exit ${result.code}`})\n${detail}`));
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

function spawnGroup(argv: readonly string[], options: RunOptions): ChildProcess {
  const [command, ...args] = argv;
  if (command === undefined) throw new LabError("usage", "no command given");
  return spawn(command, args, { env: cleanEnv(options.role ?? "tool", options.env), detached: true });
}

function collect(child: ChildProcess, output: { stdout: string; stderr: string }, onLine?: (line: string) => void) {
  for (const name of ["stdout", "stderr"] as const) {
    let rest = "";
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      output[name] += chunk;
      if (onLine === undefined) return;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

function brief(argv: readonly string[]): string {
  const text = argv.join(" ");
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

/** The last lines of a text, for an error message. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks until the answer is not `undefined`, and fails naming `what` at the deadline. */
export async function until<T>(
  what: string,
  deadlineMs: number,
  ask: () => Promise<T | undefined> | T | undefined,
  everyMs = 100,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() >= end) throw new LabError("timeout", `${what}: not within ${Math.round(deadlineMs / 1000)} s`);
    await sleep(everyMs);
  }
}
