import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { LabError } from "./errors";
import { stateDir, WORLD, worldName } from "./settings";

/** The first process of the world: it stays, since whatever loses its parent in there is its to bury. */
const ENTER = `mount -t sysfs sysfs /sys && ip link set lo up || exit 125
"$@"
exit $?`;

/**
 * Runs a command on a machine of its own: network, processes and mounts that nobody else sees, so that a second lab with the very
 * same addresses can stand beside the first. It reaches nothing outside, shares the cached trees, and ends with the command: whatever
 * that left running is killed and its lab's folder removed.
 *
 * @returns the command's exit code, 128 + n when a signal ended it.
 */
export async function runInWorld(name: string, argv: readonly string[]): Promise<number> {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name))
    throw new LabError("usage", "a world's name is a letter, then letters, digits and hyphens");
  if (worldName() !== "") throw new LabError("usage", `this is the world ${worldName()} already`);
  const state = `${stateDir()}.${name}`;
  // Whoever kills this process kills the world with it.
  const tied = ["setpriv", "--pdeathsig", "KILL", "unshare", "--kill-child=SIGKILL", "--propagation", "private"];
  const namespaces = ["--mount", "--net", "--pid", "--ipc", "--fork", "--mount-proc"];
  const [program = "", ...rest] = [...tied, ...namespaces, "sh", "-c", ENTER, "world", ...argv];
  const child = spawn(program, rest, {
    stdio: "inherit",
    env: { ...process.env, [WORLD]: name, MATRIARCH_LAB_STATE: state },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, forward);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
    });
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, forward);
    for (const left of [state, `${state}.lock`]) rmSync(left, { recursive: true, force: true });
  }
}
