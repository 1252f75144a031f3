// `npm test`: everything, in a fresh clone, with nothing installed but Node, root and the package registries.
import { spawn } from "node:child_process";
import { ensureModules, ensurePrograms, obstacles, ROOT, run } from "./setup/prepare.mjs";

const began = performance.now();
const seconds = (from) => `${Math.round((performance.now() - from) / 1000)} s`;
const counts = { passed: 0, failed: 0, flaky: 0 };
let current = null;
let interrupted = false;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Runs a step, shows what it prints, and counts the tests that its runner reports. */
function step(name, command, args, env = {}) {
  const from = performance.now();
  console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
    current = child;
    let text = "";
    child.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      text += chunk;
    });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on("close", (code) => {
      current = null;
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

async function main() {
  const missing = obstacles();
  if (missing.length > 0) {
    console.error(`npm test needs: ${missing.join("; ")}`);
    return false;
  }
  if (!(await ensureModules())) return false;
  const npx = (name, ...args) => step(name, "npx", ["--no-install", ...args]);
  const quick =
    (await npx("lint", "biome", "ci", ".")) &&
    (await step("types", "npm", ["run", "--silent", "types"])) &&
    (await npx("unit", "vitest", "run", "--project", "unit", "--project", "component"));
  if (!quick) return false;
  if (!(await step("build", "npm", ["run", "--silent", "build"]))) return false;
  if (!(await ensurePrograms(["debootstrap", "ip", "nsenter", "chromium"]))) return false;
  try {
    return (
      (await npx("lab", "tsx", "lab/cli.ts", "up", "--fresh")) &&
      (await npx("integration", "vitest", "run", "--project", "lab")) &&
      (await npx("end to end", "playwright", "test"))
    );
  } finally {
    if (process.env.MATRIARCH_KEEP_LAB !== "1") await run("npx", ["--no-install", "tsx", "lab/cli.ts", "down"]);
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupted = true;
    current?.kill(signal);
  });
}

const good = await main();
console.log(`\nnpm test: ${good ? "everything passed" : "FAILED"} in ${seconds(began)}`);
console.log(
  `${counts.passed} passed, ${Math.max(counts.failed, good ? 0 : 1)} failed${counts.flaky > 0 ? `, ${counts.flaky} flaky` : ""}`,
);
process.exit(good ? 0 : 1);
