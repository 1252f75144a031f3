// Plain JavaScript without dependencies: it runs before anything is installed.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Debian packages that the lab and the browser tests need, by the program each must bring. */
const PROGRAMS = {
  debootstrap: "debootstrap",
  ip: "iproute2",
  nsenter: "util-linux",
  chromium: "chromium",
  // Two holders of one VIP are only seen by asking the network aloud.
  arping: "iputils-arping",
};

/** Runs a program with our own terminal; resolves to its exit code (128 + n when ended by a signal). */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", ...options });
    options.onChild?.(child);
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on("exit", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

/**
 * To be called first by whatever has something to clean up: whoever reads what it prints may leave before it (a closed terminal, a pipe
 * that ends), and an error on the way there would end it at once.
 */
export function goOnUnheard() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

/** Takes the lab down; it prints by way of us, so that it comes to its end where nobody reads it either. */
export function takeLabDown() {
  return run("npx", ["--no-install", "tsx", "lab/cli.ts", "down"], {
    stdio: ["ignore", "pipe", "pipe"],
    onChild(child) {
      child.stdout.on("data", (chunk) => process.stdout.write(chunk));
      child.stderr.on("data", (chunk) => process.stderr.write(chunk));
    },
  });
}

/** What stops the lab from working on this machine, in words; empty when nothing does. */
export function obstacles() {
  const found = [];
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 9)) found.push(`Node.js 20.9 or newer (this is ${process.versions.node})`);
  if (process.platform !== "linux") found.push(`Linux (this is ${process.platform})`);
  else if (process.getuid?.() !== 0) found.push("root: the lab makes network namespaces and mounts (try sudo)");
  return found;
}

const has = (program) =>
  (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, program))) ||
  ["/usr/sbin", "/sbin"].some((folder) => existsSync(join(folder, program)));

/** Two programs are called arping; the other one, of Debian's package "arping", does not know our options. */
const isOurs = (program) =>
  program !== "arping" || (spawnSync("arping", ["-V"], { encoding: "utf8" }).stdout ?? "").includes("iputils");

/** Installs what is missing from Debian's packages; false, with a message, when that is not possible. */
export async function ensurePrograms(programs) {
  const missing = programs.filter((program) => !has(program) || !isOurs(program)).map((program) => PROGRAMS[program]);
  if (missing.length === 0) return true;
  if (!has("apt-get")) {
    console.error(
      `Missing: ${missing.join(", ")}. They are installed by themselves on Debian only; please install them.`,
    );
    return false;
  }
  console.log(`Installing from Debian's packages: ${missing.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
  if ((await run("apt-get", ["update", "-qq"], quiet)) !== 0)
    console.error("apt-get update failed; trying the lists that are here");
  const code = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], quiet);
  if (code !== 0) console.error(`apt-get could not install ${missing.join(", ")}`);
  return code === 0;
}

/**
 * Installs the npm packages of the lock file when they are absent or older than it. Not by `npm ci`: it insists on the optional
 * packages of every other platform, which a mirror need not carry.
 */
export async function ensureModules() {
  const stamp = join(ROOT, "node_modules", ".package-lock.json");
  const lock = join(ROOT, "package-lock.json");
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return true;
  console.log("Installing npm packages");
  return (await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"])) === 0;
}

/** Builds the app unless the build at hand is of this very tree. */
export async function ensureBuild() {
  const id = treeId();
  const mark = join(ROOT, ".next", "built-from");
  if (id && existsSync(mark) && readFileSync(mark, "utf8") === id) return true;
  if ((await run("npm", ["run", "--silent", "build"])) !== 0) return false;
  if (id) {
    const { writeFileSync } = await import("node:fs");
    writeFileSync(mark, id);
  }
  return true;
}

/** Names the tree's content when everything is committed; null when it is not, or outside git. */
function treeId() {
  try {
    const git = (...args) =>
      execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return git("status", "--porcelain").trim() === "" ? git("rev-parse", "HEAD^{tree}").trim() : null;
  } catch {
    return null;
  }
}
