import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Accounts } from "@/e2e/support/accounts";
import { freePort, START_FILE } from "@/e2e/support/dashboard";
import { until } from "@/e2e/support/until";
import { environmentOf, scopeOf, titleOf } from "./wall-scenes";

const LISTENS_MS = 30_000;

/** Runs the built dashboard while `use` runs, configured with `count` clusters, none of which is there. */
export async function onFleet(
  count: number,
  accounts: Accounts,
  use: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "wall-fleet-"));
  const configPath = join(folder, "matriarch.yaml");
  const clusters = Array.from({ length: count }, (_, index) => ({
    scope: scopeOf(index),
    title: titleOf(index),
    ...(environmentOf(index) === null ? {} : { environment: environmentOf(index) }),
    dcs: { kind: "none" },
    patroni: { seeds: ["http://127.0.0.1:9"] },
  }));
  const store = { url: `sqlite:${join(folder, "matriarch.db")}` };
  // JSON is YAML.
  writeFileSync(configPath, JSON.stringify({ auth: accounts.auth, store, clusters }), { mode: 0o600 });
  const port = await freePort();
  const env = { ...process.env, NODE_ENV: "production" as const, MATRIARCH_CONFIG: configPath, PORT: String(port) };
  const child = spawn(process.execPath, [START_FILE], { env, stdio: ["ignore", "ignore", "inherit"] });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  try {
    const baseUrl = `http://127.0.0.1:${port}`;
    const alive = async () => ((await fetch(`${baseUrl}/api/healthz`).catch(() => null))?.ok ? true : undefined);
    await until(alive, { deadlineMs: LISTENS_MS, what: "the dashboard to listen" });
    await use(baseUrl);
  } finally {
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Which process of the dashboard answers; frames of another one make a wall load anew. */
export async function bootOf(baseUrl: string, { token }: Accounts): Promise<string> {
  const answer = await fetch(`${baseUrl}/api/v1/clusters`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { boot: string }).boot;
}
