// `npm test`: everything, in a fresh clone, with nothing installed but Node, root and the package registries.
import { spawn } from "node:child_process";
import { ensureModules, ensurePrograms, goOnUnheard, obstacles, ROOT, takeLabDown } from "./setup/prepare.mjs";

const began = performance.now();
const seconds = (from) => `${Math.round((performance.now() - from) / 1000)} s`;
const counts = { passed: 0, failed: 0, flaky: 0 };
const running = new Set();
let interrupted = false;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * Runs a step, shows what it prints, and counts the tests that its runner reports. `aside`: it runs beside others, so what it prints
 * is kept until it has ended.
 */
function step(name, command, args, { aside = false } = {}) {
  const from = performance.now();
  if (!aside) console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      // A process group of its own, so that an interruption reaches what npx and npm have started too.
      detached: true,
      env: { ...process.env, NO_COLOR: "1" },
    });
    running.add(child);
    let text = "";
    child.stdout.on("data", (chunk) => {
      if (!aside) process.stdout.write(chunk);
      text += chunk;
    });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on("close", (code) => {
      running.delete(child);
      if (aside) process.stdout.write(`\n── ${name}\n${text}`);
      count(text.replace(COLOURS, ""));
      console.log(`── ${name}: ${code === 0 ? "ok" : `FAILED (exit ${code})`} in ${seconds(from)}`);
      resolve(code === 0 && !interrupted);
    });
  });
}

/** Vitest: `Tests  3 failed | 12 passed (15)`; Playwright: `  12 passed (1.2m)` and `  1 failed`. */
function count(text) {
  for (const line of text.split("\n")) {
    if (!/^\s*(Tests\s|\d+ (passed|failed|flaky)(\s\(|\s*$))/.test(line)) continue;
    for (const kind of ["passed", "failed", "flaky"]) {
      const found = new RegExp(`(\\d+) ${kind}`).exec(line);
      if (found) counts[kind] += Number(found[1]);
    }
  }
}

function end({ pid }, signal) {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // It has left by itself.
  }
}

async function main() {
  const missing = obstacles();
  if (missing.length > 0) {
    console.error(`npm test needs: ${missing.join("; ")}`);
    return false;
  }
  if (!(await ensureModules())) return false;
  const npx = (name, ...args) => step(name, "npx", ["--no-install", ...args]);
  const beside = (name, ...args) => step(name, "npx", ["--no-install", ...args], { aside: true });
  const simple = (await npx("lint", "biome", "ci", ".")) && (await step("types", "npm", ["run", "--silent", "types"]));
  if (!simple) return false;
  // A lab whose Debian tree is not cached yet is mostly downloads, and its tests mostly wait for hosts: time that the unit tests can
  // use, as long as they stand back for whatever measures time.
  const programs = ensurePrograms(["debootstrap", "ip", "nsenter", "chromium", "arping"]);
  const lab = programs.then((there) => there && beside("lab", "tsx", "lab/cli.ts", "up", "--fresh"));
  const unit = step("unit", "nice", ["-n", "19", "npm", "run", "--silent", "unit"], { aside: true });
  try {
    const built = await step("build", "npm", ["run", "--silent", "build"]);
    if (!(await lab) || !built) return false;
    const quick = await Promise.all([
      npx("integration", "vitest", "run", "--project", "lab"),
      beside("integration apart from the cluster", "vitest", "run", "--project", "apart"),
      unit,
    ]);
    return quick.every(Boolean) && (await npx("end to end", "playwright", "test"));
  } finally {
    await Promise.all([lab, unit]);
    if (process.env.MATRIARCH_KEEP_LAB !== "1") await takeLabDown();
  }
}

goOnUnheard();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) end(child, signal);
  });
}

const good = await main();
console.log(`\nnpm test: ${good ? "everything passed" : "FAILED"} in ${seconds(began)}`);
console.log(
  `${counts.passed} passed, ${Math.max(counts.failed, good ? 0 : 1)} failed${counts.flaky > 0 ? `, ${counts.flaky} flaky` : ""}`,
);
process.exit(good ? 0 : 1);
