import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { ensureUp } from "./lifecycle";
import { type RunResult, run } from "./run";
import { stateDir } from "./settings";
import { readTruth } from "./truth";

const NAME = "test-world";
const inWorld = (script: string): Promise<RunResult> =>
  run(["npx", "--no-install", "tsx", "lab/cli.ts", "world", NAME, "--", "bash", "-ec", script], {
    deadlineMs: 200_000,
    allowFailure: true,
    env: { PATH: process.env.PATH ?? "" },
  });

test("a second lab with the same addresses stands beside the first, neither sees the other, and it ends with its command", async () => {
  await ensureUp();
  const before = await readTruth();
  const second = await inWorld(`
    ip -br link | wc -l
    npx --no-install tsx lab/cli.ts up --no-backup >&2
    npx --no-install tsx lab/cli.ts stop node1 all >&2
    npx --no-install tsx lab/cli.ts truth
    exit 7`);
  expect(second.code, second.stderr).toBe(7);
  const [links, ...lines] = second.stdout.split("\n");
  expect(links).toBe("1");
  expect(JSON.parse(lines.join("\n"))).toMatchObject({ hosts: { node1: { services: { etcd: "stopped" } } } });
  const after = await readTruth();
  expect(after.hosts.node1?.services.etcd).toBe("running");
  expect(after.writable).toEqual(before.writable);
  expect(existsSync(`${stateDir()}.${NAME}`)).toBe(false);
  const left = await run(["pgrep", "-fc", `matriarch-lab.${NAME}/`], { allowFailure: true });
  expect(left.stdout.trim()).toBe("0");
});

test("a world's name is checked before anything is made", async () => {
  const refused = await run(["npx", "--no-install", "tsx", "lab/cli.ts", "world", "../x", "true"], {
    allowFailure: true,
    env: { PATH: process.env.PATH ?? "" },
  });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("a world's name is");
});
