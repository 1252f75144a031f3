import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTruth } from "@/lab/index";
import type { SeriesAnswer } from "@/lib/contract/series";
import { ClusterPage } from "./pages/cluster-page";
import { SignInPage } from "./pages/sign-in-page";
import { type Dashboard, makeDashboard } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { until } from "./support/until";

test.use({ storageState: NOBODY });

const FILL_BYTES = 16 * 1024 * 1024;
/** Longer than three looks and the waiting room of the writer: the record must lose something for a hole to be there. */
const BLIND_MS = 12_000;

/** Takes all the room that is left. */
function fillUp(disk: string): void {
  try {
    writeFileSync(join(disk, "hog"), Buffer.alloc(FILL_BYTES));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

async function ask<T>(dashboard: Dashboard, path: string): Promise<T> {
  const answer = await fetch(`${dashboard.baseUrl}${path}`, {
    headers: { authorization: `Bearer ${dashboard.accounts.token}` },
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

test("a store on a full disk: the live page goes on and says so, and the record goes on when there is room", async ({
  browser,
  accounts,
}) => {
  const disk = mkdtempSync(join(tmpdir(), "store-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
  const dashboard = await makeDashboard({ name: "store", accounts, storeUrl: `sqlite:${join(disk, "store.db")}` });
  const context = await browser.newContext({ baseURL: dashboard.baseUrl, locale: "en-GB" });
  const page = await context.newPage();
  try {
    await dashboard.start();
    await dashboard.ready();
    await new SignInPage(page).signInFor(dashboard.clusterPath, accounts.users.viewer);
    const cluster = new ClusterPage(page);
    const { leaderKey } = await readTruth();
    await cluster.showsHealthy(leaderKey ?? "", 15_000);
    const banner = page.locator("[data-store]");
    await expect(banner).toHaveCount(0);

    fillUp(disk);
    await expect(banner).toHaveAttribute("data-store", "failing", { timeout: 60_000 });
    await expect(banner).toContainText("History is not being written");
    await expect(banner).toContainText("no room left");
    const ready = await fetch(`${dashboard.baseUrl}/api/healthz`);
    expect(ready.status).toBe(200);
    const version = async () => Number(await cluster.main.getAttribute("data-version"));
    const before = await version();
    await until(async () => ((await version()) >= before + 5 ? true : undefined), {
      deadlineMs: 15_000,
      what: "five more pictures on the page while the disk is full",
    });
    await cluster.showsHealthy(leaderKey ?? "", 5_000);

    const killed = Date.now();
    await dashboard.kill();
    rmSync(join(disk, "hog"));
    await new Promise((resolve) => setTimeout(resolve, BLIND_MS));
    await dashboard.start();
    const back = Date.now();
    await dashboard.ready();
    await cluster.showsHealthy(leaderKey ?? "", 15_000);
    await expect(banner).toHaveCount(0);

    const path = `/api/v1${dashboard.clusterPath}/series?metric=wal-bytes-per-second&points=900`;
    const written = await until(
      async () => {
        const answer = await ask<SeriesAnswer>(dashboard, `${path}&from=${killed - 60_000}&to=${Date.now()}`);
        const newest = answer.lines[0]?.points.filter(({ mean }) => mean !== null).at(-1);
        return newest && newest.at > back ? answer : undefined;
      },
      { deadlineMs: 20_000, what: "the record to go on" },
    );
    for (const { points } of written.lines) {
      const hole = points.filter(({ at }) => at > killed + 2_000 && at < back - 2_000);
      expect(hole.length).toBeGreaterThan(0);
      expect(hole.every(({ min, mean, max }) => min === null && mean === null && max === null)).toBe(true);
    }
  } finally {
    await context.close();
    await dashboard.stop();
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
