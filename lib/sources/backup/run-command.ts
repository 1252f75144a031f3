import { spawn } from "node:child_process";
import { ok, type Result } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";

export type CommandOptions = {
  /** The program and its arguments; no shell sees them. */
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  readonly outputMaxBytes: number;
  readonly signal: AbortSignal;
};

export type CommandAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string };

const STDERR_MAX_BYTES = 16 * 1024;

/**
 * Runs a program to its end and takes what it prints. Whatever its exit code, it is an answer. Its whole process group is killed when
 * the time is up, when it prints too much, or when the caller gives up.
 *
 * Failures: `unsupported` (no such program), `insufficient-privilege` (may not be run), `timeout`, `too-large`, `aborted`, `failed`.
 */
export function runCommand({
  argv,
  timeoutMs,
  outputMaxBytes,
  signal,
}: CommandOptions): Promise<Result<CommandAnswer>> {
  const [program = "", ...args] = argv;
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ ok: false, failure: failureText("aborted") });
    const child = spawn(/* turbopackIgnore: true */ program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      // A tool must not speak the reader's language: its words are looked at.
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    let size = 0;
    let complained = 0;

    const end = (result: Result<CommandAnswer>) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      resolve(result);
      if (!result.ok) killGroup(child.pid);
    };
    const onAbort = () => end({ ok: false, failure: failureText("aborted") });
    const timer = setTimeout(() => end({ ok: false, failure: failureText("timeout", `${timeoutMs} ms`) }), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });

    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > outputMaxBytes)
        return end({ ok: false, failure: failureText("too-large", `${outputMaxBytes} bytes`) });
      output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (complained < STDERR_MAX_BYTES) complaints.push(chunk);
      complained += chunk.length;
    });
    child.once("error", (error: NodeJS.ErrnoException) => end({ ok: false, failure: spawnFailure(error, program) }));
    child.once("close", (code) => end(ok({ code: code ?? 128, stdout: textOf(output), stderr: textOf(complaints) })));
  });
}

function spawnFailure(error: NodeJS.ErrnoException, program: string) {
  if (error.code === "ENOENT") return failureText("unsupported", `no program ${JSON.stringify(program)} on this host`);
  if (error.code === "EACCES" || error.code === "EPERM")
    return failureText("insufficient-privilege", `${JSON.stringify(program)} may not be run`);
  return failureOf(error);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");
