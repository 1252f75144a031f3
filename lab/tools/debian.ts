import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { LabError } from "../errors";
import { cleanEnv, type RunOptions, type RunResult, run } from "../run";
import { cacheDir } from "../settings";

/** Programs that tests run on the machine itself, beside the lab's hosts. They are unpacked, never installed: no service, no conflict. */
const PACKAGES = ["prometheus", "prometheus-alertmanager", "exim4-daemon-light"];
const KEY = createHash("sha256").update(PACKAGES.join(" ")).digest("hex").slice(0, 12);

const PROGRAMS = {
  promtool: "usr/bin/promtool",
  alertmanager: "usr/bin/prometheus-alertmanager",
  exim: "usr/sbin/exim4",
} as const;
export type Tool = keyof typeof PROGRAMS;

export type Tools = {
  programOf(tool: Tool): string;
  /** Where their libraries are, for those that this machine lacks. */
  readonly libraryPath: string;
  /** Their `/usr/share`. */
  readonly shareDir: string;
};

/** Debian's packages of {@link PACKAGES} with what they need, unpacked once into the lab's cache. */
export async function ensureTools(): Promise<Tools> {
  const target = path.join(cacheDir(), `tools-${KEY}`);
  if (!existsSync(target)) await unpack(target);
  const folders = ["usr/lib", "lib"].map((folder) => path.join(target, folder));
  const libraries = folders.filter(existsSync).flatMap((folder) => [
    folder,
    ...readdirSync(folder)
      .filter((name) => name.endsWith("-linux-gnu"))
      .map((name) => path.join(folder, name)),
  ]);
  return {
    programOf: (tool) => path.join(target, PROGRAMS[tool]),
    libraryPath: libraries.join(":"),
    shareDir: path.join(target, "usr", "share"),
  };
}

async function unpack(target: string): Promise<void> {
  const building = `${target}.building-${process.pid}`;
  const debs = path.join(cacheDir(), "debs", "tools");
  mkdirSync(path.join(debs, "partial"), { recursive: true });
  mkdirSync(building, { recursive: true });
  try {
    await download(debs);
    const files = readdirSync(debs).filter((name) => name.endsWith(".deb"));
    for (const file of files) await run(["dpkg", "-x", path.join(debs, file), building], { deadlineMs: 60_000 });
    renameSync(building, target);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    throw new LabError("missing", `cannot unpack ${PACKAGES.join(", ")} from Debian's packages`, { cause: error });
  }
}

/** `--reinstall` fetches what is installed already too, for only what is fetched is unpacked. */
async function download(debs: string): Promise<void> {
  const apt = ["apt-get", "-q", "-y", "--no-install-recommends", "--reinstall", "--download-only"];
  const fetch = [...apt, "-o", `Dir::Cache::archives=${debs}`, "install", ...PACKAGES];
  const options: RunOptions = { env: { DEBIAN_FRONTEND: "noninteractive", ...proxyEnv() }, deadlineMs: 300_000 };
  const first = await run(fetch, { ...options, allowFailure: true });
  if (first.code === 0) return;
  await run(["apt-get", "-q", "update"], { ...options, allowFailure: true });
  await run(fetch, options);
}

function proxyEnv(): Record<string, string> {
  const names = ["http_proxy", "https_proxy", "no_proxy"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** Runs `promtool` to its end; a refusal is an answer. */
export async function promtool(args: readonly string[], input = ""): Promise<RunResult> {
  const { programOf } = await ensureTools();
  return run([programOf("promtool"), ...args], { input, allowFailure: true, deadlineMs: 60_000 });
}

export const toolEnv = ({ libraryPath }: Tools): NodeJS.ProcessEnv =>
  cleanEnv("tool", { LD_LIBRARY_PATH: libraryPath });
