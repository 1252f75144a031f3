import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { LabError } from "./errors";
import { labLinks, removeFence, removeLinks } from "./network";
import { environmentOf, listPids, startTicks } from "./processes";
import { MARK, until } from "./run";
import { stateDir, WORLD, worldName } from "./settings";
import { readClusterOrNull } from "./state";
import { dropUnfinished } from "./tree";

/**
 * Processes that hold a lab up: each host's first process, the `unshare` above it, and an unfinished tree
 * build. They are found by their environment, so the ones of an `up` that was killed are found as well.
 */
export function labProcesses(): number[] {
  return listPids().filter((pid) => {
    const role = environmentOf(pid, MARK);
    return (role === "host" || role === "tree") && (environmentOf(pid, WORLD) ?? "") === worldName();
  });
}

/** Removes everything a lab may have left, in whatever state it is; the cached trees stay. */
export async function clean(): Promise<void> {
  const killed = labProcesses().map((pid) => ({ pid, ticks: startTicks(pid) }));
  // A host's first process takes its pid namespace along, and that the mounts and the inner link.
  for (const { pid } of killed) kill(pid);
  // A host's last process leaves only when what the host wrote is on the disk: unmounting an overlay flushes it.
  await until("the lab's processes to be gone", 90_000, () => {
    const left = killed.filter(({ pid, ticks }) => ticks !== null && startTicks(pid) === ticks);
    return left.length === 0 && labProcesses().length === 0 ? true : undefined;
  });
  await removeLinks();
  dropUnfinished();
  removeState();
}

/** The folder is emptied of what the lab itself writes; a folder with anything else in it stays. */
function removeState(): void {
  for (const name of ["hosts", "repository", "cluster.json", "cluster.json.new"]) {
    rmSync(`${stateDir()}/${name}`, { recursive: true, force: true });
  }
  if (existsSync(stateDir()) && readdirSync(stateDir()).length === 0) rmdirSync(stateDir());
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone with its host.
  }
}

/** True when there is nothing of a lab on this machine. */
export function isClean(): boolean {
  return labProcesses().length === 0 && labLinks().length === 0 && readClusterOrNull() === null;
}

/** Cleans, and takes the unreachable route away last, when no host is left that could be spoken to. */
export async function cleanAndOpen(): Promise<void> {
  await clean();
  if (!isClean()) throw new LabError("command-failed", `something of the lab is left: ${labLinks().join(", ")}`);
  await removeFence();
}
