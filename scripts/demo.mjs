// `npm run demo`: a real three-host cluster and the dashboard on it, from one command, cleaned up by Ctrl-C.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  ensureBuild,
  ensureModules,
  ensurePrograms,
  goOnUnheard,
  obstacles,
  ROOT,
  run,
  takeLabDown,
} from "./setup/prepare.mjs";

const port = process.env.PORT ?? "3000";
const folder = join(ROOT, "data", "demo");
const configPath = join(folder, "matriarch.yaml");
let dashboard = null;
let leaving = false;
/** The cluster's start, from when it is begun; resolves to its exit code. */
let labStart = null;

function say(text) {
  console.log(`\n▸ ${text}`);
}

async function leave(code) {
  if (leaving) return;
  leaving = true;
  if (dashboard || labStart) say("Cleaning up: dashboard, then the cluster");
  if (dashboard) {
    const gone = new Promise((resolve) => dashboard.once("exit", resolve));
    dashboard.kill("SIGTERM");
    await gone;
  }
  if (labStart) {
    // Ctrl-C reaches the start too and ends it; any other signal reaches us alone, and two lab commands cannot be at work at once.
    await labStart;
    await takeLabDown();
  }
  process.exit(code);
}

async function untilReady(deadlineMs) {
  const end = Date.now() + deadlineMs;
  while (Date.now() < end && !leaving) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => null,
    );
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

async function main() {
  const missing = obstacles();
  if (missing.length > 0) {
    console.error(`npm run demo needs: ${missing.join("; ")}`);
    return 2;
  }
  say("Packages");
  if (!(await ensureModules()) || !(await ensurePrograms(["debootstrap", "ip", "nsenter", "arping"]))) return 1;
  say("Building the app");
  if (!(await ensureBuild())) return 1;
  say("Starting a real cluster of three hosts (the first time builds a Debian tree: some minutes)");
  labStart = run("npx", ["--no-install", "tsx", "lab/cli.ts", "up"]);
  if ((await labStart) !== 0) return 1;
  if (leaving) return 1;

  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const accounts = JSON.parse(
    execFileSync("npx", ["--no-install", "tsx", "scripts/setup/demo-config.ts", configPath], {
      cwd: ROOT,
      encoding: "utf8",
    }),
  );

  say("Starting the dashboard");
  const env = { ...process.env, MATRIARCH_CONFIG: configPath, PORT: port, NODE_ENV: "production" };
  void run(process.execPath, [".next/start.mjs"], {
    env,
    onChild: (child) => {
      dashboard = child;
      child.once("exit", (code) => {
        dashboard = null;
        if (!leaving) {
          console.error(`The dashboard ended by itself (exit ${code})`);
          void leave(1);
        }
      });
    },
  });
  if (!(await untilReady(30_000))) {
    if (!leaving) console.error("The dashboard did not become ready within 30 s");
    return 1;
  }
  console.log(`
  Open      http://127.0.0.1:${port}
${accounts.map(({ name, password, role }) => `  Sign in   ${name}  ${password}   (${role})`).join("\n")}

  Try       npm run lab -- truth                 what the hosts themselves say
            npm run lab -- kill node1 all        a power cut
            npm run lab -- start node1 all       … and back
            npm run lab -- load --seconds 60     work for it to do
  Ctrl-C    stops everything and leaves nothing behind
`);
  return null;
}

goOnUnheard();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void leave(0));
const code = await main();
if (code !== null) await leave(code);
