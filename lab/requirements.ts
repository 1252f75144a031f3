import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { LabError, messageOf } from "./errors";
import { run } from "./run";

/** Debian package of each command that the lab runs on the machine itself. */
const PACKAGE_OF: Record<string, string> = {
  ip: "iproute2",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  mount: "mount",
  debootstrap: "debootstrap",
};

const DIRECTORIES = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Installs what is missing where apt can, and otherwise says which package to install. */
export async function ensureCommands(commands: readonly string[]): Promise<void> {
  const missing = commands.filter((command) => !onPath(command));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((command) => PACKAGE_OF[command] ?? command))];
  const advice = `missing ${missing.join(", ")}: apt-get install ${packages.join(" ")}`;
  if (!onPath("apt-get")) throw new LabError("missing", advice);
  console.error(`lab: installing ${packages.join(" ")}`);
  try {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run(["apt-get", "-q", "update"], { env, deadlineMs: 180_000, allowFailure: true });
    await run(["apt-get", "-q", "install", "-y", "--no-install-recommends", ...packages], { env, deadlineMs: 300_000 });
  } catch (error) {
    throw new LabError("missing", `${advice} (tried, and it failed: ${messageOf(error)})`, { cause: error });
  }
}

function onPath(command: string): boolean {
  return DIRECTORIES.some((directory) => existsSync(path.join(directory, command)));
}

/** Fails with one message that names everything this machine lacks. */
export async function checkRequirements(): Promise<void> {
  if (process.platform !== "linux") throw new LabError("missing", `the lab needs Linux, this is ${process.platform}`);
  if (process.getuid?.() !== 0) throw new LabError("missing", "the lab needs root: namespaces, mounts and a bridge");
  await ensureCommands(["ip", "unshare", "nsenter", "setpriv", "mount"]);
  const lacking = await missingKernelFeatures();
  if (lacking.length > 0) throw new LabError("missing", `this machine's kernel lacks: ${lacking.join(", ")}`);
}

async function missingKernelFeatures(): Promise<string[]> {
  const lacking: string[] = [];
  if (!hasOverlay()) {
    await run(["modprobe", "overlay"], { allowFailure: true }).catch(() => undefined);
    if (!hasOverlay()) lacking.push("overlayfs");
  }
  const namespaces = await run(["unshare", "-muipn", "--fork", "true"], { allowFailure: true });
  if (namespaces.code !== 0) return [...lacking, "network, mount, pid, uts and ipc namespaces"];
  // In a network namespace of its own, so that the probe cannot touch the machine's links.
  const probe = "ip link add b0 type bridge || echo bridges; ip link add v0 type veth peer name v1 || echo veth pairs";
  const links = await run(["unshare", "-n", "sh", "-c", probe], { allowFailure: true });
  return [...lacking, ...links.stdout.split("\n").filter((line) => line !== "")];
}

function hasOverlay(): boolean {
  return /\boverlay\b/.test(readFileSync("/proc/filesystems", "utf8"));
}
