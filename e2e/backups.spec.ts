import { execAsPostgres, type HostName, readTruth, SCOPE, settle } from "@/lab/index";
import type { Snapshot } from "@/lib/domain/snapshot";
import { BackupsPage } from "./pages/backups-page";
import { SignInPage } from "./pages/sign-in-page";
import { type Dashboard, makeDashboard } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { holdBackup, makeBackup, readInfo } from "./support/pgbackrest";
import { expectReadable, expectReadableByAnybody } from "./support/readable";
import type { StreamRecorder } from "./support/stream-recorder";
import { until } from "./support/until";
import { word } from "./support/words";

/** The figures are those of `pgbackrest info`, read by the test itself; the repository is asked once a second, to save time. */
test.describe.configure({ timeout: 120_000 });
test.use({ storageState: NOBODY });

const BACKUPS = [{ kind: "pgbackrest", stanza: SCOPE, via: "sql", interval: "1s" }];

let dashboard: Dashboard;
let recorder: StreamRecorder;
let leader: HostName;

test.beforeAll(async ({ accounts }) => {
  const truth = await settle();
  if (truth.leaderKey === null) throw new Error("the settled lab has no leader");
  leader = truth.leaderKey as HostName;
  dashboard = await makeDashboard({ name: "backups", accounts, cluster: { backups: BACKUPS } });
  await dashboard.start();
  await dashboard.ready();
  recorder = dashboard.record();
});
test.afterAll(async () => {
  recorder.stop();
  await dashboard.stop();
});

test.beforeEach(async ({ page }) => {
  const path = `${dashboard.clusterPath}/backups`;
  await page.goto(`${dashboard.baseUrl}/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  await new SignInPage(page).signIn(dashboard.accounts.users.viewer);
  await page.goto(`${dashboard.baseUrl}${path}`);
  await expect(new BackupsPage(page).source).toHaveAttribute("data-trust", "fresh");
});

const sourceOf = (snapshot: Snapshot) => snapshot.backups.sources[0];

test("a full, a diff and an incr backup appear with the figures of pgbackrest info", async ({ page }) => {
  const backups = new BackupsPage(page);
  const made = [await makeBackup(leader, "full"), await makeBackup(leader, "diff"), await makeBackup(leader, "incr")];
  expect(made.map(({ type }) => type)).toEqual(["full", "diff", "incr"]);
  const last = made.at(-1);
  await expect(backups.row(last?.label ?? "")).toBeVisible({ timeout: 15_000 });
  const { backup: all } = await readInfo(leader);
  await expect(backups.rows).toHaveCount(all.length);
  expect(await backups.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-backup")))).toEqual(
    all.map(({ label }) => label).toReversed(),
  );
  for (const { label, type, timestamp, info, archive, lsn, error, prior, reference } of all) {
    await expect(backups.cell(label, "type")).toContainText(word(`backups.type.${type}`));
    await expect(backups.cell(label, "stopped").locator("time")).toHaveAttribute(
      "datetime",
      new Date(timestamp.stop * 1_000).toISOString(),
    );
    const seconds = timestamp.stop - timestamp.start;
    await expect(backups.cell(label, "duration")).toContainText(seconds === 0 ? "0.0 s" : `${seconds} s`);
    expect(await backups.bytes(label, "database")).toBe(info.size);
    expect(await backups.bytes(label, "delta")).toBe(info.delta);
    expect(await backups.bytes(label, "repo")).toBe(info.repository.delta);
    for (const text of [archive.start, archive.stop, lsn.start, lsn.stop])
      await expect(backups.cell(label, "wal")).toContainText(text);
    await expect(backups.cell(label, "state").locator("[data-error]")).toHaveAttribute("data-error", String(error));
    for (const needed of new Set([...(reference ?? []), ...(prior ? [prior] : [])]))
      await expect(backups.cell(label, "depends")).toContainText(needed);
  }
  await expect(backups.source.locator('[data-figure="last"]')).toContainText(last?.label ?? "");
  await expect(backups.source.locator("[data-window]")).not.toHaveAttribute("data-window", "none");
  await expect(backups.source.locator("[data-place]")).toHaveCount(3);
});

test("a backup that is killed is seen running, and then called failed", async ({ page }) => {
  const backups = new BackupsPage(page);
  const { backup: before } = await readInfo(leader);
  const held = await holdBackup(leader);
  try {
    await expect(backups.source.locator("[data-running]")).toHaveAttribute("data-running", leader, { timeout: 15_000 });
    await expect(backups.source.getByRole("progressbar")).toBeVisible();
  } finally {
    await held.kill();
  }
  await expect(backups.source.locator("[data-ended]")).toHaveAttribute("data-ended", "failed", { timeout: 15_000 });
  await expect(backups.source.locator('[data-remark="failed"]')).toBeVisible();
  const labels = before.map(({ label }) => label);
  expect(
    (await readInfo(leader)).backup.map(({ label }) => label),
    "nothing came of it",
  ).toEqual(labels);
  await expect(backups.rows).toHaveCount(labels.length);
  const { snapshot } = await recorder.waitFor(
    (one) => one.findings.some(({ id }) => id === "backup:pgbackrest/failed"),
    { deadlineMs: 5_000, what: "the failed backup to be a finding" },
  );
  expect(sourceOf(snapshot)?.ended).toMatchObject({ outcome: "failed", place: leader, label: null });
  const next = await makeBackup(leader, "incr");
  await expect(backups.row(next.label)).toBeVisible({ timeout: 15_000 });
  await expect(backups.source.locator('[data-remark="failed"]')).toHaveCount(0);
});

const sql = (text: string) => execAsPostgres(leader, ["psql", "-XAtqc", text]);

test("an archive_command that breaks shows within 60 s, with since when", async ({ page }) => {
  const { archiving } = new BackupsPage(page);
  await expect(archiving).toHaveAttribute("data-archiving", "ok", { timeout: 20_000 });
  await sql("ALTER SYSTEM SET archive_command = 'false'");
  try {
    await sql("SELECT pg_reload_conf()");
    await sql("CREATE TABLE IF NOT EXISTS e2e_wal (at timestamptz); INSERT INTO e2e_wal VALUES (now())");
    await sql("SELECT pg_switch_wal()");
    const brokenAt = Date.now();
    await expect(archiving).toHaveAttribute("data-archiving", "failing", { timeout: 60_000 });
    console.log(`    archive_command broken, on the page after ${((Date.now() - brokenAt) / 1_000).toFixed(1)} s`);
    const failed = (await sql("SELECT last_failed_wal FROM pg_stat_archiver")).stdout.trim();
    await expect(archiving).toContainText(failed);
    await expect(archiving).toContainText(word("backups.archiving.failingFor"));
    await expectReadable(page, "backups-archiving-fails");
  } finally {
    await sql("ALTER SYSTEM RESET archive_command");
    await sql("SELECT pg_reload_conf()");
    await sql("DROP TABLE IF EXISTS e2e_wal");
  }
  // The archiver tries again when it is woken, and a switch wakes it.
  await until(
    async () => {
      await sql("SELECT pg_switch_wal()");
      const well = await sql(
        "SELECT last_archived_time > coalesce(last_failed_time, '-infinity') FROM pg_stat_archiver",
      );
      return well.stdout.trim() === "t" ? true : undefined;
    },
    { deadlineMs: 70_000, what: "the archive to work again", everyMs: 1_000 },
  );
  await expect(archiving).toHaveAttribute("data-archiving", "ok", { timeout: 30_000 });
  expect((await readTruth()).leaderKey).toBe(leader);
});

test("the backups page can be read by anybody", async ({ page }) => {
  const show = async () => {
    await page.reload();
    await expect(new BackupsPage(page).rows.first()).toBeVisible();
  };
  await expectReadableByAnybody(page, dashboard.baseUrl, [{ name: "backups", show }]);
});
